"""Restarted while people work: not one request is lost, however the server is told to begin again."""

import errno
import os
import signal
import socket
import threading
import time
from http.client import HTTPException
from urllib.request import urlopen

import pytest
from tests.web.test_serving import MAIN, a_free_port, answers, serve, until

from fenhu.web.holding_back import held_back, let_in

pytestmark = [pytest.mark.slow, pytest.mark.own_database]
CLIENTS, RESTARTS, PATIENCE_S = 5, 3, 90
HEAD = b"""POST /i18n/setlang/ HTTP/1.1\r
Host: 127.0.0.1\r
Connection: close\r
Content-Type: application/x-www-form-urlencoded\r
Content-Length: 11\r
\r
"""


class Visitors:
    """Several clients that ask for a page again and again, and remember what went wrong."""

    def __init__(self, port):
        self.address, self.answered, self.lost = f"http://127.0.0.1:{port}/public/data/", 0, []
        self._gone = threading.Event()
        self._threads = [threading.Thread(target=self._ask_on) for _ in range(CLIENTS)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._gone.set()
        for thread in self._threads:
            thread.join()

    def _ask_on(self):
        while not self._gone.is_set():
            try:
                with urlopen(self.address, timeout=PATIENCE_S) as answer:
                    assert b"</html>" in answer.read()
                self.answered += 1
            except (OSError, HTTPException, AssertionError) as fault:
                self.lost.append(repr(fault))
            time.sleep(0.02)

    def were_answered(self, more=30):
        enough = self.answered + more
        until(lambda: self.answered >= enough or self.lost)


def read_on(process):
    """Read what a server says, so that it never waits for a reader; return the lines so far."""
    said = []

    def read():
        with process.stderr as lines:
            for line in lines:
                said.append(line)

    threading.Thread(target=read, daemon=True).start()
    return said


def starts(said):
    return sum("is served at" in line for line in said)


@pytest.fixture
def serving(tmp_path):
    """Start servers on one folder of data; none outlives its test."""
    begun = []

    def start(port, **how):
        begun.append(serve(tmp_path, port, **how))
        return begun[-1], read_on(begun[-1])

    yield start
    for process in begun:
        process.terminate()
        process.wait(PATIENCE_S)


def ended(process):
    process.terminate()
    return process.wait(PATIENCE_S)


@pytest.mark.parametrize("processes", ["1", "2"])
def test_nothing_is_lost_when_the_server_is_told_to_begin_again(serving, processes):
    port = a_free_port()
    process, said = serving(port, FENHU_SERVERS=processes)
    until(lambda: answers(port))
    with Visitors(port) as visitors:
        for number in range(1, RESTARTS + 1):
            visitors.were_answered()
            process.send_signal(signal.SIGHUP)
            until(lambda number=number: starts(said) == number + 1)
        visitors.were_answered()
    assert visitors.lost == []
    assert process.poll() is None
    assert ended(process) == 0


def test_nothing_is_lost_when_systemd_keeps_the_socket_between_two_servers(serving):
    with socket.create_server(("127.0.0.1", 0), backlog=128) as kept:
        port, number = kept.getsockname()[1], kept.fileno()
        handing = (
            f"import os; os.dup2({number}, 3); os.environ |= "
            f"{{'LISTEN_FDS': '1', 'LISTEN_PID': str(os.getpid())}}\n{MAIN}"
        )
        process, said = serving(a_free_port(), main=handing, handed=(number,))
        with Visitors(port) as visitors:
            for _ in range(RESTARTS):
                visitors.were_answered()
                assert ended(process) == 0
                process, said = serving(a_free_port(), main=handing, handed=(number,))
            visitors.were_answered()
        assert ended(process) == 0
        assert visitors.lost == []
        assert f"http://127.0.0.1:{port}/" in said[0]


def test_who_has_knocked_and_not_yet_asked_is_answered_by_the_server_that_begins(serving):
    port = a_free_port()
    process, said = serving(port)
    until(lambda: answers(port))
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as visitor:
        time.sleep(0.5)  # a server that takes up silent connections has this one by now
        process.send_signal(signal.SIGHUP)
        until(lambda: starts(said) == 2 and answers(port))
        visitor.sendall(HEAD + b"language=en")
        assert visitor.recv(64).startswith(b"HTTP/1.1 ")
    assert ended(process) == 0


def test_who_knocks_while_a_server_ends_is_held_back_and_let_in_by_the_next():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        with held_back(listening):
            with pytest.raises(TimeoutError):
                socket.create_connection(listening.getsockname(), timeout=1)
            knocking = socket.socket()
            knocking.setblocking(False)
            assert knocking.connect_ex(listening.getsockname()) == errno.EINPROGRESS
            listening.settimeout(0.5)
            with pytest.raises(TimeoutError):
                listening.accept()
        listening.settimeout(PATIENCE_S)
        with knocking, listening.accept()[0] as inside:
            assert inside.getpeername() == knocking.getsockname()


def test_what_a_killed_server_left_shut_is_opened_by_the_next():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        shut = held_back(listening)
        shut.__enter__()
        let_in(listening)
        with socket.create_connection(listening.getsockname(), timeout=5):
            pass
        shut.__exit__(None, None, None)


def test_a_request_under_way_is_answered_before_the_server_ends(serving):
    port = a_free_port()
    process, _ = serving(port)
    until(lambda: answers(port))
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as visitor:
        visitor.sendall(HEAD)
        time.sleep(1)  # the server has read the head and waits for the rest
        os.kill(process.pid, signal.SIGTERM)
        time.sleep(1)
        visitor.sendall(b"language=en")
        assert visitor.recv(64).startswith(b"HTTP/1.1 ")
    assert process.wait(PATIENCE_S) == 0
