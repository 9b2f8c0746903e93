"""Holding whoever knocks back for a moment: the kernel drops his packets, and he sends them again by himself.

A server that ends hangs up on whom it has let in and not yet read. So before it is told to end, nobody new is
let in, and everybody inside is read.
"""

from __future__ import annotations

import ctypes
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# From Linux's asm-generic/socket.h and linux/filter.h: a program of one step that keeps nothing of a packet.
_ATTACH_FILTER, _DETACH_FILTER = 26, 27
_KEEP_NOTHING = struct.pack("HBBI", 0x06, 0, 0, 0)


@contextmanager
def held_back(listening: socket.socket) -> Iterator[None]:
    """Let nobody new through a listening socket; on systems other than Linux, everybody."""
    if sys.platform != "linux":
        yield
        return
    step = ctypes.create_string_buffer(_KEEP_NOTHING, len(_KEEP_NOTHING))
    listening.setsockopt(socket.SOL_SOCKET, _ATTACH_FILTER, struct.pack("HP", 1, ctypes.addressof(step)))
    try:
        yield
    finally:
        let_in(listening)


def let_in(listening: socket.socket) -> None:
    """Let everybody through again, also where an earlier process was killed before it could."""
    if sys.platform == "linux":
        with suppress(FileNotFoundError):
            listening.setsockopt(socket.SOL_SOCKET, _DETACH_FILTER, 0)
