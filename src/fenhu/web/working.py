"""The worker ``serve`` keeps beside its pages: it works as long as the server that started it lives."""

from __future__ import annotations

import os
import signal
import threading

import django
from django.core.management import call_command

LOOK_EVERY_S = 1.0


def main() -> None:
    """Work off jobs until told to stop, or until the server is gone, however it went."""
    threading.Thread(target=_stop_without, args=(os.getppid(),), daemon=True).start()
    django.setup()
    call_command("worker", verbosity=0, interval=0.5)


def _stop_without(server: int) -> None:
    """Ask this process to stop as soon as ``server`` is no longer its parent."""
    gone = threading.Event()
    while os.getppid() == server:
        gone.wait(LOOK_EVERY_S)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
