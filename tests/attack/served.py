"""A city served by a real ``fenhu serve``, and the plain HTTP by which somebody outside speaks to it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import urlencode

from tests.attack.state import Database

from fenhu.web.asking import API
from fenhu.web.environment import for_child

WAIT_S = 120
TOKEN = "a" * 32
MAX_UPLOAD_MB = 1
THREADS = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back over the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def words(self) -> str:
        """Return the body as text, empty where it is packed."""
        return "" if self.body.startswith(b"PK") else self.body.decode(errors="replace")

    @property
    def to_sign_in(self) -> bool:
        """Return whether the reader was sent to sign in."""
        return self.status == 302 and self.headers.get("location", "").startswith("/login/?next=")


# What is left of a request whose line the server cut, as it may where a body is larger than it takes.
HUNG_UP = Answer(0, {}, b"")


@dataclass(slots=True)
class Target:
    """The served city: where it is, what stands at its addresses, who is signed in how."""

    port: int
    folder: Path
    objects: Mapping[str, Mapping[str, Any]]
    posted: Mapping[str, Mapping[str, Any]]
    sessions: Mapping[str, str]
    tokens: Mapping[str, str]
    database: Database
    _kept: threading.local = field(default_factory=threading.local)
    _lines: list[HTTPConnection] = field(default_factory=list)

    def ask(
        self, method: str, path: str, *, reader: str = "public", form: Mapping[str, Any] | None = None,
        body: bytes | None = None, headers: Mapping[str, str] | None = None, token: bool = True,
        session: str | None = None,
    ) -> Answer:  # fmt: skip
        """Return the answer to one request: to a page with a session, to the API with the reader's token."""
        if path.startswith(API):
            sent = {"Authorization": f"Bearer {self.tokens[reader]}", "Idempotency-Key": token_hex(8)}
            sent |= {"Content-Type": "application/json"} if form is not None else {}
            body = json.dumps(form, default=str).encode() if form is not None else body
        else:
            sent = self._headers(reader, token, session)
        sent |= dict(headers or {})
        if form is not None and not path.startswith(API):
            body = urlencode(form, doseq=True).encode()
            sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
        try:
            return self._once(method, path, body, sent)
        except (HTTPException, OSError):
            self._kept.line.close()
        try:
            return self._once(method, path, body, sent)
        except (HTTPException, OSError):
            self._kept.line.close()
            return HUNG_UP

    def close(self) -> None:
        """Hang up."""
        for line in self._lines:
            line.close()
        self.database.close()

    def together(self, work: Any, many: Any) -> list[Any]:
        """Return what ``work`` gives for each of ``many``, several at a time."""
        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(work, many))

    def _headers(self, reader: str, token: bool, session: str | None) -> dict[str, str]:
        session = self.sessions[reader] if session is None else session
        cookies = {"sessionid": session} if session else {}
        if token:
            cookies["csrftoken"] = TOKEN
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
        return sent | ({"X-CSRFToken": TOKEN} if token else {})

    def _once(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        if getattr(self._kept, "line", None) is None:
            self._kept.line = HTTPConnection("127.0.0.1", self.port, timeout=60)
            self._lines.append(self._kept.line)
        line: HTTPConnection = self._kept.line
        line.request(method, path, body, headers)
        found = line.getresponse()
        read = found.read()
        return Answer(found.status, {key.lower(): value for key, value in found.getheaders()}, read)


@contextmanager
def served_city(folder: Path) -> Iterator[Target]:
    """Serve the cast's city from ``folder`` within the block; the server is a child of this process."""
    port = a_free_port()
    environment = _environment(folder)
    told = json.loads(_run([sys.executable, "-m", "tests.attack.city"], environment))
    command = [sys.executable, "-c", "from fenhu.cli import main; raise SystemExit(main())"]
    with (folder / "server.log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [*command, "serve", "--port", str(port)], env=environment, stderr=log, stdout=log,
            start_new_session=True,
        )  # fmt: skip
    try:
        _until_it_answers(server, port)
        database = Database(folder / "fenhu.sqlite3")
        with closing(Target(port=port, folder=folder, database=database, **told)) as target:
            yield target
    finally:
        _end(server)


def faults_logged(folder: Path) -> int:
    """Return how many requests the server answered with a fault of its own, as its log has them."""
    return (folder / "server.log").read_text(encoding="utf-8").count("status=500")


def a_free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _environment(folder: Path) -> dict[str, str]:
    more = {
        "FENHU_DATA_DIR": str(folder), "DATABASE_URL": "", "FENHU_LANG": "en", "FENHU_WORKERS": "0",
        "FENHU_MAX_UPLOAD_MB": str(MAX_UPLOAD_MB), "DJANGO_SETTINGS_MODULE": "fenhu.web.settings",
        "PYTHONPATH": os.pathsep.join([os.getcwd(), *sys.path]), "FENHU_DEMO": "0", "FENHU_DEBUG": "0",
    }  # fmt: skip
    return for_child(**more)


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def _until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end and server.poll() is None:
        line = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            line.request("GET", "/healthz")
            if line.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            line.close()
    raise RuntimeError(f"the server did not start ({server.poll()})")


def _end(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
