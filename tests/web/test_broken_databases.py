"""A database that is not there, is none, or was never set up: words and exit code 2, whatever the command."""

import json
import os
import socket
import subprocess
import sys

import pytest
from tests.fault.cities import drop_postgres, new_postgres

RUN = """
import contextlib, io, json, sys, traceback
from fenhu.cli import main

def ran(words):
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        try:
            code = main(words)
        except SystemExit as stopped:
            code = stopped.code
        except BaseException:
            code = 1
            traceback.print_exc()
    return code, said.getvalue()

json.dump([ran(words) for words in json.loads(sys.argv[1])], sys.stdout)
"""
READING = (
    ("manage", "reset_password", "li"),
    ("manage", "reset_second_factor", "li"),
    ("manage", "shut_out", "li"),
    ("manage", "forget"),
    ("manage", "forget", "--really"),
    ("manage", "remind"),
    ("verify",),
)
MAKING = (
    ("manage", "createsuperuser", "--noinput"),
    ("manage", "migrate"),
    ("manage", "showmigrations"),
    ("manage", "enrol", "li", "--role", "city_bureau"),
    ("manage", "demo_city"),
    ("manage", "play_year", "2010"),
    ("backup", "copy.fenhu"),
    ("upgrade",),
    ("serve", "--port", "0"),
)
WORKING = (("worker",),)


def ran(commands, folder, url="", **more):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("FENHU_")}
    environment |= {"FENHU_DATA_DIR": str(folder), "DATABASE_URL": url, "FENHU_LANG": "en", "FENHU_DEMO": "1",
                    "PYTHONPATH": os.pathsep.join(sys.path)} | more  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(commands)], cwd=folder, env=environment, timeout=120,
        capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return dict(zip(commands, json.loads(done.stdout), strict=True))


def unsound(answers, *words):
    """Return what was said by every command that did not end with 2 and words that hold ``words``."""
    return {
        command: said for command, (code, said) in answers.items()
        if code != 2 or "Traceback" in said or not all(word in said for word in words)
    }  # fmt: skip


@pytest.fixture
def unmigrated(tmp_path):
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield ""
        return
    url = new_postgres(server)
    yield url
    drop_postgres(url)


def test_a_database_without_tables_is_named_with_what_makes_them(tmp_path, unmigrated):
    answers = ran(READING + WORKING, tmp_path, unmigrated)
    name = unmigrated.rpartition("/")[2] or "fenhu.sqlite3"
    assert not unsound(answers, "fenhu upgrade", "fenhu serve", name)


def test_a_file_that_is_no_database_is_named(tmp_path):
    (tmp_path / "fenhu.sqlite3").write_text("this is no database, it only has its name")
    answers = ran(READING + MAKING + WORKING, tmp_path)
    assert not unsound(answers, "fenhu.sqlite3", "file is not a database", "DATABASE_URL")


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"postgres://nobody:nothing@127.0.0.1:{probe.getsockname()[1]}/city"
        answers = ran(READING + MAKING, tmp_path, url)
    assert not unsound(answers, "city", "127.0.0.1", "DATABASE_URL")
    assert not any("nothing" in said for _, said in answers.values())


@pytest.mark.parametrize("url", ["nonsense", "foo://x", "postgres://"])
def test_an_address_that_is_none_is_refused_by_its_setting(tmp_path, url):
    assert not unsound(ran((("verify",),), tmp_path, url), "DATABASE_URL")


def test_a_name_that_begins_like_an_option_is_a_name(tmp_path):
    commands = (("restore", "--", "-x"), ("import", "--", "-x.xlsx"), ("backup", "--", "-x/y"))
    assert not unsound(ran(commands, tmp_path), "-x")


@pytest.mark.parametrize("name", ["nosuch", "--nosuch"])
def test_a_management_command_that_is_none_is_named(tmp_path, name):
    answers = ran((("manage", name),), tmp_path)
    assert not unsound(answers, f"There is no management command {name}; fenhu manage help lists them all")


def test_a_worker_does_not_begin_under_a_policy_that_is_none(tmp_path):
    answers = ran(WORKING, tmp_path, FENHU_POLICY="atlantis-1999")
    assert not unsound(answers, "There is no policy atlantis-1999")
