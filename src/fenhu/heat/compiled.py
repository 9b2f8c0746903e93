"""The one way a function of the kernel is compiled: cached, without the interpreter's lock, NaN-safe."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

_Function = TypeVar("_Function", bound=Callable[..., object])

# "nnan" and "ninf" are left out on purpose: with them a NaN would pass every check unseen.
_SAFE_MATH = {"contract", "arcp", "reassoc", "nsz"}


def compiled(function: _Function) -> _Function:
    """Return ``function`` compiled to machine code."""
    return cast(_Function, njit(cache=True, nogil=True, error_model="numpy", fastmath=_SAFE_MATH)(function))
