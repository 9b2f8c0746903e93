"""The one way a function of the kernel is compiled: cached, without the interpreter's lock, NaN-safe."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import njit

_Function = TypeVar("_Function", bound=Callable[..., object])
_OPTIONS: dict[str, Any] = {
    "cache": True, "nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True,
}  # fmt: skip


def compiled(function: _Function) -> _Function:
    """Return ``function`` compiled to machine code, from the cache if no source of this package has changed.

    Arithmetic stays strict (no ``fastmath``): the same network gives the same bits whether the code was
    compiled just now or read from the cache, and a NaN passes no check unseen.
    """
    dispatcher = njit(**_OPTIONS)(function)
    _forget_if_stale(Path(str(dispatcher.stats.cache_path)))
    return cast(_Function, dispatcher)


@cache
def _forget_if_stale(folder: Path) -> None:
    """Empty the cache after a change of any module: the compiler itself looks at the caller's file only."""
    digest = sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    stamp = folder / "fenhu-heat.stamp"
    with suppress(OSError):
        if stamp.exists() and stamp.read_text() == digest.hexdigest():
            return
        for kept in (*folder.glob("*.nbi"), *folder.glob("*.nbc")):
            kept.unlink(missing_ok=True)
        folder.mkdir(parents=True, exist_ok=True)
        stamp.write_text(digest.hexdigest())
