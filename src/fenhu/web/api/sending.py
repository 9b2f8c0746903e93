"""One call to another system: to the judged address alone, short, without redirects, its answer capped."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping
from typing import Any

import httpcore
import httpx

from fenhu.errors import FenhuError
from fenhu.web.api.judging import Target, judged
from fenhu.wording import text

logger = logging.getLogger(__name__)
CONNECT_S, WHOLE_S = 5.0, 15.0
MOST_BYTES = 64 * 1024


class Unreached(FenhuError):
    """The other system did not answer as it should have."""

    code = "unreached"


def send(url: str, body: bytes, headers: Mapping[bytes | str, bytes | str]) -> int:
    """Return the status another system answers with.

    Raises
    ------
    InputFault
        If the address may not be called.
    Unreached
        If there is no answer within the time, more of it than is read, or it cannot be sent at all.
    """
    target = judged(url)
    until = time.monotonic() + WHOLE_S
    limits = {"connect": CONNECT_S, "read": WHOLE_S, "write": WHOLE_S, "pool": CONNECT_S}
    try:
        with (
            httpcore.ConnectionPool(
                ssl_context=httpx.create_ssl_context(), network_backend=_Pinned(target, until), retries=0
            ) as pool,
            pool.stream("POST", url, headers=headers, content=body, extensions={"timeout": limits}) as answer,
        ):
            _read_a_little(answer.iter_stream())
            return answer.status
    except Unreached:
        raise
    except (httpcore.TimeoutException, TimeoutError) as fault:
        raise Unreached(text("No answer within {seconds} seconds", seconds=int(WHOLE_S))) from fault
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as fault:
        raise Unreached(text("No connection ({kind})", kind=type(fault).__name__)) from fault
    except Exception as fault:
        logger.exception("a message could not be sent")
        raise Unreached(text(
            "The program could not send it ({kind}); tell the operator", kind=type(fault).__name__
        )) from fault  # fmt: skip


def _read_a_little(chunks: Iterable[bytes]) -> None:
    left = MOST_BYTES
    for chunk in chunks:
        left -= len(chunk)
        if left < 0:
            raise Unreached(text("The answer is longer than {most} kB", most=MOST_BYTES // 1024))


class _Pinned(httpcore.NetworkBackend):
    """Connects to the judged address, whatever the name stands for by now."""

    def __init__(self, target: Target, until: float) -> None:
        self._target, self._until = target, until
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to the judged address."""
        stream = self._plain.connect_tcp(
            self._target.address, self._target.port, _left(self._until, timeout), local_address,
            socket_options,
        )  # fmt: skip
        return _Timed(stream, self._until)


class _Timed(httpcore.NetworkStream):
    """A connection whose every read and write ends when the whole call's time is over."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream, self._until = stream, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what came."""
        return self._stream.read(max_bytes, _left(self._until, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send something."""
        self._stream.write(buffer, _left(self._until, timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Return the connection, encrypted; the certificate is held against the name that was asked for."""
        left = _left(self._until, timeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, left), self._until)

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection says of itself."""
        return self._stream.get_extra_info(info)


def _left(until: float, timeout: float | None) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return min(left, timeout) if timeout is not None else left
