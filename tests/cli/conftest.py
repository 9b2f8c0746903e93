"""Run the command line as a person does, in this process and with what it printed kept apart."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from fenhu.cli import main
from fenhu.register import synthetic_city, write_register


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    def json(self):
        return json.loads(self.out)


@pytest.fixture
def fenhu(capsys, monkeypatch):
    monkeypatch.setenv("FENHU_LANG", "en")

    def run(*words):
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as stopped:
            code = stopped.code
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def small_city(tmp_path_factory):
    path = tmp_path_factory.mktemp("city") / "register.xlsx"
    write_register(synthetic_city(20, 7), path)
    return path
