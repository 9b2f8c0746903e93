"""The server of pages: granian on a socket that outlives it, so that no request is lost between two of them.

The socket is systemd's, an earlier process's, or our own; while nobody accepts, who knocks waits in a queue.
"""

from __future__ import annotations

import errno
import os
import socket
import time
from typing import Any

from granian._granian import SocketHolder
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import MPServer

from fenhu.errors import InputFault
from fenhu.web.environment import given_socket
from fenhu.web.holding_back import held_back, let_in
from fenhu.web.watching.logs import logging_settings
from fenhu.wording import Text, text

BACKLOG = 1024
# The longest answer, a city's workbook, is through by then.
DRAIN_S = 30
# How long somebody may be connected and say nothing before he is handed to a server.
SILENCE_S = 30
# Within this time everybody a server has let in is read, even on a busy machine.
READ_S = 0.3


def listener(address: str, port: int) -> socket.socket:
    """Return the socket that was handed to this process, else a new one.

    Raises
    ------
    InputFault
        If the port is taken or not permitted, or the address is none of this machine.
    """
    given = given_socket()
    opened = _new(address, port) if given is None else socket.socket(fileno=given)
    let_in(opened)
    # A server that ends hangs up on whoever has not asked yet; the queue keeps him for the next.
    if hasattr(socket, "TCP_DEFER_ACCEPT"):
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, SILENCE_S)
    return opened


def _new(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family, backlog=BACKLOG)
    except OSError as fault:
        raise InputFault(_not_opened(address, str(port), fault)) from fault


def _not_opened(address: str, port: str, fault: OSError) -> Text:
    """Return why a socket could not be opened, and what helps."""
    if fault.errno == errno.EADDRINUSE:
        return text("Port {port} is taken; choose another with --port", port=port)
    if fault.errno == errno.EACCES:
        return text("Port {port} is not permitted; choose one from 1024 up with --port", port=port)
    return text("{address} is no address of this machine; check FENHU_BIND", address=address)


class Pages(MPServer):
    """Serves pages on a socket until it is told to stop (``SIGTERM``) or to begin again (``SIGHUP``)."""

    def __init__(self, socket_: socket.socket, *, log: str, processes: int) -> None:
        loggers = {"_granian": {"handlers": ["console"], "propagate": False}}
        address, port = socket_.getsockname()[:2]
        super().__init__(
            "fenhu.web.wsgi:application", address=address, port=port, interface=Interfaces.WSGI,
            workers=processes, blocking_threads=4, backlog=BACKLOG,
            respawn_failed_workers=True, workers_kill_timeout=DRAIN_S,
            log_level=LogLevels.warning, log_dictconfig=logging_settings(log) | {"loggers": loggers},
        )  # fmt: skip
        self._own = socket_
        self.again = False

    def _init_shared_socket(self) -> None:
        number = os.dup(self._own.fileno())
        holder: Any = SocketHolder(number, False, BACKLOG)  # type: ignore[call-arg]
        self.__dict__ |= {"_sfd": number, "_shd": holder, "_sso": socket.socket(fileno=number)}

    def signal_handler_reload(self, *_: Any) -> None:
        """Stop as for the end, and note that it is none."""
        self.again = True
        self.signal_handler_interrupt()

    def _stop_workers(self) -> None:
        with held_back(self._own):
            time.sleep(READ_S)
            super()._stop_workers()
