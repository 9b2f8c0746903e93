"""What an operator copies (units, container file, proxy, alerts) names only what exists."""

import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml
from django.urls import get_resolver
from prometheus_client.core import CollectorRegistry

from fenhu.cli.main import build_parser
from fenhu.web.environment import VARIABLES
from fenhu.web.jobs.queries import WorkFigures
from fenhu.web.keeping.last import LastBackup
from fenhu.web.watching import figures, requests

DEPLOY = Path(__file__).parents[2] / "deploy"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
UNITS = sorted((DEPLOY / "systemd").iterdir())
COMMAND = re.compile(r"(?:/opt/fenhu/bin/)?\bfenhu ([a-z]+(?: [^\s'\"`]+)*)")
VARIABLE = re.compile(r"\b(FENHU_[A-Z_]+|DATABASE_URL)\b")


def unit(path):
    """Return a unit's sections; a key that stands twice keeps all its values."""

    class Several(dict):
        def __setitem__(self, key, value):
            super().__setitem__(key, [*self.get(key, []), *value] if isinstance(value, list) else value)

    parser = ConfigParser(interpolation=None, strict=False, dict_type=Several)
    parser.optionxform = str
    parser.read_string(path.read_text(encoding="utf-8"))
    return {name: dict(parser[name]) for name in parser.sections()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_variable_named_is_a_setting(path):
    named = set(VARIABLE.findall(path.read_text(encoding="utf-8")))
    assert named - {variable.name for variable in VARIABLES} == set()


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_every_command_of_a_unit_is_a_command(path):
    text = path.read_text(encoding="utf-8")
    lines = [line.partition("=")[2] for line in text.splitlines() if line.startswith("ExecStart=")]
    for line in lines:
        for words in re.findall(r"/opt/fenhu/bin/fenhu ([^']+)", line):
            asked = shlex.split(words)
            build_parser(asked).parse_args(asked)
    assert lines or path.suffix in (".socket", ".timer")


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_has_its_sections_and_runs_nothing_as_root(path):
    found = unit(path)
    kind = {"service": "Service", "socket": "Socket", "timer": "Timer"}[path.suffix[1:]]
    assert {"Unit", kind} <= found.keys()
    if kind == "Service":
        assert found["Service"]["User"] == "fenhu"
        assert found["Service"]["NoNewPrivileges"] == "yes"
    if kind == "Timer":
        assert path.with_suffix(".service").exists()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_finds_no_fault_in_the_units(tmp_path):
    program = tmp_path / "fenhu"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    copies = [tmp_path / path.name.replace("@", "@one") for path in UNITS]
    for path, copy in zip(UNITS, copies, strict=True):
        said = path.read_text(encoding="utf-8").replace("/opt/fenhu/bin/fenhu", str(program))
        copy.write_text(said, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, copies)], capture_output=True, text=True, check=False
    )
    assert [line for line in done.stderr.splitlines() if str(tmp_path) in line or "fenhu" in line] == []


def test_the_container_runs_as_nobody_in_particular_and_says_whether_it_lives():
    said = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    last = said.rpartition("\nFROM ")[2]
    users = re.findall(r"^USER (\S+)$", last, re.MULTILINE)
    assert users == ["fenhu"]
    asked = re.findall(r"http://127\.0\.0\.1:8000/(\S+?)'", last)
    assert asked
    for path in asked:
        get_resolver().resolve(f"/{path}")
    (words,) = re.findall(r'^CMD \["(\w+)"\]$', last, re.MULTILINE)
    build_parser([words]).parse_args([words])
    for copied in re.findall(r"requirements/\S+", said):
        assert (DEPLOY.parent / copied).exists()


def told_names(monkeypatch):
    """Return the name of every figure there is, of a product with work and a backup."""
    now = figures.timezone.now()
    monkeypatch.setattr(figures, "work_figures", lambda: WorkFigures(
        waiting=1, running=1, failed=1, longest_wait_s=1.0))  # fmt: skip
    monkeypatch.setattr(figures, "last_backup", lambda: LastBackup(made_at=now, size_bytes=1))
    monkeypatch.setattr(figures.beats, "silence", lambda: figures.timezone.timedelta(seconds=1))
    registry = CollectorRegistry(auto_describe=False)
    registry.register(figures.Figures())
    families = [*registry.collect(), *requests.REGISTRY.collect()]
    ends = ("", "_total", "_info", "_bucket", "_count", "_sum")
    return {f"{family.name}{end}" for family in families for end in ends}


@pytest.mark.django_db
@pytest.mark.parametrize("page", [DEPLOY / "alerts.yml", DEPLOY.parent / "docs/operators/monitor.md"])
def test_every_figure_named_is_told(page, monkeypatch):
    named = set(re.findall(r"\bfenhu_[a-z_]+", page.read_text(encoding="utf-8")))
    assert named
    assert named - told_names(monkeypatch) == set()


@pytest.mark.django_db
def test_every_figure_told_is_explained(monkeypatch):
    page = (DEPLOY.parent / "docs/operators/monitor.md").read_text(encoding="utf-8")
    registry = CollectorRegistry(auto_describe=False)
    told_names(monkeypatch)
    registry.register(figures.Figures())
    families = [*registry.collect(), *requests.REGISTRY.collect()]
    assert [family.name for family in families if f"`{family.name}" not in page] == []


def test_every_alert_says_what_it_means_and_how_urgent_it_is():
    rules = yaml.safe_load((DEPLOY / "alerts.yml").read_text(encoding="utf-8"))["groups"][0]["rules"]
    assert len(rules) >= 8
    for rule in rules:
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert len(rule["annotations"]["summary"]) > 15
