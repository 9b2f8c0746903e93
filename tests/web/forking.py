"""Processes by the dozen: one that has the product loaded, and forks a child for every program it is given.

A child is a process like any other, killed like any other; it only does not load the product again.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path

LOAD = "import django; django.setup(); import {loaded}; from tests.web.forking import serve; serve()"
PATIENCE_S = 120


class Forked:
    """One child: what it printed, and how it ended."""

    def __init__(self, forker, pid, said):
        self.forker, self.pid, self.said = forker, pid, said

    def kill(self, how=signal.SIGKILL):
        """Send a signal to the child, if it still runs."""
        if self.pid not in self.forker.ended:
            os.kill(self.pid, how)

    def wait(self):
        """Return how the child ended: its exit code, or the negative of the signal that killed it."""
        self.forker.until(lambda: self.pid in self.forker.ended)
        return self.forker.ended[self.pid]

    @property
    def runs(self):
        """Return whether the child still runs."""
        self.forker.listen(0.0)
        return self.pid not in self.forker.ended

    def output(self):
        """Return what the child printed; it has to have ended well."""
        ended = self.wait()
        assert ended == 0, self.wrong()
        return self.said.read_text(encoding="utf-8").strip()

    def wrong(self):
        """Return what the child complained of."""
        return self.said.with_suffix(".err").read_text(encoding="utf-8")

    def was_killed(self):
        """Return whether the child was killed; anything else but a good end is told."""
        ended = self.wait()
        assert ended in (0, -signal.SIGKILL), self.wrong()
        return ended == -signal.SIGKILL


class Forker:
    """The process that forks, as the one who starts programs sees it."""

    def __init__(self, environment, folder, *, loaded="fenhu.web"):
        self.folder, self.ended, self.begun = Path(folder), {}, 0
        self.folder.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [sys.executable, "-c", LOAD.format(loaded=loaded)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._left = b""
        self._pids = []

    def start(self, program, **environment):
        """Start ``program`` in a child."""
        self.begun += 1
        said = self.folder / f"{self.begun}.out"
        order = {"program": program, "said": str(said), "environment": environment}
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        self.process.stdin.flush()
        self.until(lambda: self._pids)
        return Forked(self, self._pids.pop(), said)

    def run(self, program, **environment):
        """Run ``program`` to its end and return what it printed."""
        return self.start(program, **environment).output()

    def until(self, holds):
        """Listen until ``holds``."""
        end = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < end, "it took too long"
            self.listen(1.0)

    def listen(self, seconds):
        """Hear which children were begun and which ended."""
        readable, _, _ = select.select([self.process.stdout], [], [], seconds)
        if not readable:
            return
        heard = os.read(self.process.stdout.fileno(), 65536)
        assert heard, "the process that forks is gone"
        *lines, self._left = (self._left + heard).split(b"\n")
        for line in lines:
            word, pid, code = line.split()
            if word == b"begun":
                self._pids.append(int(pid))
            else:
                self.ended[int(pid)] = int(code)

    def stop(self):
        """End the process that forks."""
        self.process.stdin.close()
        self.process.wait(PATIENCE_S)
        self.process.stdout.close()


def serve():
    """Fork for every order until there are no more."""
    answers = os.dup(1)
    children = set()
    left = b""
    while True:
        readable, _, _ = select.select([0], [], [], 0.01 if children else 1.0)
        _tell_ends(children, answers)
        if not readable:
            continue
        heard = os.read(0, 65536)
        if not heard:
            return
        *lines, left = (left + heard).split(b"\n")
        for line in lines:
            children.add(_forked(json.loads(line), answers))


def _forked(order, answers):
    pid = os.fork()
    if pid == 0:
        _do(order, answers)
    os.write(answers, b"begun %d 0\n" % pid)
    return pid


def _tell_ends(children, answers):
    for pid in list(children):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            children.remove(pid)
            os.write(answers, b"ended %d %d\n" % (pid, os.waitstatus_to_exitcode(status)))


def _do(order, answers):
    """Be the child: its own output, its own end."""
    os.close(answers)
    os.environ.update(order["environment"])
    for number, place in ((1, order["said"]), (2, str(Path(order["said"]).with_suffix(".err")))):
        os.dup2(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    code = 0
    try:
        exec(compile(order["program"], "<program>", "exec"), {"__name__": "__main__"})
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001  whatever it was is told, and the child ends
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
