"""Bringing the product up and down: what the operator reads, and that nothing outlives it."""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from fenhu.errors import InputFault
from fenhu.web.pages import listener
from fenhu.wording import speaking

pytestmark = pytest.mark.own_database
WAIT_S = 60


def a_free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


MAIN = "from fenhu.cli import main; raise SystemExit(main())"


def serve(folder, port, *, main=MAIN, handed=(), **more):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("FENHU_")}
    environment |= {"FENHU_DATA_DIR": str(folder), "DATABASE_URL": "", "FENHU_LANG": "en",
                    "PYTHONPATH": os.pathsep.join(sys.path)} | more  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-c", main, "serve", "--port", str(port)], env=environment,
        stderr=subprocess.PIPE, text=True, start_new_session=True, pass_fds=handed,
    )  # fmt: skip


def answers(port):
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.read() == b"ok"
    except OSError:
        return False


def until(holds):
    end = time.monotonic() + WAIT_S
    while not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)


def children_of(pid):
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(child) for child in children]


def lives(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.fixture
def served(tmp_path):
    port = a_free_port()
    process = serve(tmp_path, port)
    until(lambda: answers(port) or process.poll() is not None)
    yield process, port
    if process.poll() is None:
        process.kill()
    process.wait()
    process.stderr.close()


def test_ctrl_c_ends_pages_and_workers(served):
    process, port = served
    family = children_of(process.pid)
    assert len(family) == 2
    process.send_signal(signal.SIGINT)
    said = process.stderr.read()
    assert process.wait(WAIT_S) == 0
    assert not answers(port)
    until(lambda: not any(lives(pid) for pid in family))
    assert f"http://127.0.0.1:{port}/" in said.splitlines()[0]
    assert "Nobody can sign in yet" in said
    assert "Traceback" not in said


def test_a_worker_ends_when_its_server_was_killed(served):
    process, _ = served
    family = children_of(process.pid)
    process.kill()
    process.wait()
    (worker,) = [pid for pid in family if "working" in Path(f"/proc/{pid}/cmdline").read_text()]
    until(lambda: not lives(worker))
    for pid in family:
        if lives(pid):
            os.kill(pid, signal.SIGKILL)


def refusal(process):
    said = process.communicate(timeout=WAIT_S)[1]
    assert process.returncode == 2
    assert "Traceback" not in said
    return said


def test_a_taken_port_is_named_with_what_helps(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"Port {port} is taken; choose another with --port" in refusal(serve(tmp_path, port))


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "fenhu.sqlite3").write_text("this is no database, it only has its name")
    said = refusal(serve(tmp_path, a_free_port()))
    assert "file is not a database" in said
    assert "FENHU_DATA_DIR" in said


def test_a_database_nobody_answers_for_is_refused(tmp_path):
    url = f"postgres://nobody:nothing@127.0.0.1:{a_free_port()}/fenhu"
    assert "cannot be used" in refusal(serve(tmp_path, a_free_port(), DATABASE_URL=url))


@pytest.mark.parametrize(("name", "value", "word"), [
    ("FENHU_POLICY", "atlantis-1999", "atlantis-1999"),
    ("FENHU_RETENTION", "/nowhere/retention.toml", "/nowhere/retention.toml"),
])  # fmt: skip
def test_rules_that_are_wrong_stop_the_start_before_the_greeting(tmp_path, name, value, word):
    said = refusal(serve(tmp_path, a_free_port(), **{name: value}))
    assert word in said
    assert "is served at" not in said


@pytest.mark.parametrize("address", ["192.0.2.1", "no.such.host.invalid"])
def test_an_address_of_another_machine_is_named_with_its_setting(tmp_path, address):
    said = refusal(serve(tmp_path, a_free_port(), FENHU_BIND=address))
    assert f"{address} is no address of this machine; check FENHU_BIND" in said


@pytest.mark.parametrize("port", [-1, 65536, "eighty"])
def test_a_port_that_is_none_is_refused(tmp_path, port):
    assert f"{port} is no port; give 0 to 65535" in refusal(serve(tmp_path, port))


def test_a_port_for_which_rights_are_missing_is_named(monkeypatch):
    def refused(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket, "create_server", refused)
    with speaking("en"), pytest.raises(InputFault, match="Port 80 is not permitted; choose one from 1024 up"):
        listener("127.0.0.1", 80)
