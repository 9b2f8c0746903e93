"""A real ``fenhu serve`` on a city of the fault tests, asked over the wire."""

import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

TOKEN = "f" * 32
WAIT_S = 90


class Serving:
    """Serves a city at a port of its own from ``with`` to its end; long work is done by others."""

    def __init__(self, environment):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._environment = environment | {"FENHU_WORKERS": "0"}

    def __enter__(self):
        program = Path(sys.executable).with_name("fenhu")
        self._process = subprocess.Popen(
            [program, "serve", "--port", str(self.port)], env=self._environment, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        end = time.monotonic() + WAIT_S
        while not self._answers():
            assert time.monotonic() < end, "the server did not open its door"
            time.sleep(0.1)
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(30)

    def get(self, address):
        """Return the status and the words of a page."""
        return self._asked("GET", address)

    def post(self, address, session, **fields):
        """Return the status and the words of the answer to a form, sent by whom ``session`` is."""
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        return self._asked("POST", address, urlencode(fields), headers)

    def _asked(self, method, address, body=None, headers=None):
        line = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(method, address, body, {"Accept-Language": "en"} | (headers or {}))
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def _answers(self):
        try:
            return self.get("/healthz")[0] == 200
        except (OSError, HTTPException):
            return False
