"""Setting a paper by an office's own templates in a process of its own, within limits of time and memory."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fenhu.wording import Text, text

MEMORY_MB, SECONDS = 512, 20
_PATIENCE_S = 3 * SECONDS
_CHILD = Path(__file__).with_name("typesetting_child.py")
_NOWHERE = "http://127.0.0.1:9"
_TOO_LONG = (-signal.SIGXCPU, -signal.SIGKILL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why there is no paper: the typesetter's message, diagnosis and hints, or ``said`` in our words."""

    message: str = ""
    diagnostic: str = ""
    hints: tuple[str, ...] = ()
    said: Text | None = None


def set_apart(
    files: Mapping[str, bytes], data: str, *, root: Path, fonts: Sequence[Path], timestamp: int
) -> bytes | Refused:
    """Return a PDF, or why there is none; what the templates do cannot harm the caller.

    The process sees the files it is given, what lies in ``root`` and the typefaces; it has no secrets, writes
    nothing and reaches no network.

    Parameters
    ----------
    files : typst sources and drawings by name, among them ``main``.
    data : the values as JSON.
    root : the office's template folder.
    fonts : folders of typefaces.
    timestamp : seconds since 1970 that stand in the document.
    """
    order = {
        "files": {name: base64.b64encode(held).decode() for name, held in files.items()}, "data": data,
        "root": str(root), "fonts": [str(one) for one in fonts], "timestamp": timestamp,
        "memory_bytes": MEMORY_MB * 2**20, "seconds": SECONDS,
    }  # fmt: skip
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_CHILD)], input=json.dumps(order).encode(), capture_output=True,
            env=_environment(root), timeout=_PATIENCE_S, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Refused(said=_too_long())
    return _answer(json.loads(done.stdout)) if done.returncode == 0 else Refused(said=_died(done))


def _environment(root: Path) -> dict[str, str]:
    """Return an environment without secrets, in which no package of anybody's is found or fetched."""
    homes = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"), str(root))
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"), _NOWHERE)
    return {"PATH": os.defpath, "RUST_BACKTRACE": "0", **homes, **proxies}


def _answer(found: Mapping[str, Any]) -> bytes | Refused:
    if "pdf" in found:
        return base64.b64decode(found["pdf"])
    return Refused(
        message=found["message"], diagnostic=found["diagnostic"], hints=tuple(map(str, found["hints"]))
    )


def _died(done: subprocess.CompletedProcess[bytes]) -> Text:
    if done.returncode in _TOO_LONG:
        return _too_long()
    return text(
        "setting it takes more than {most} MB of memory; look for values that grow without end",
        most=MEMORY_MB,
    )


def _too_long() -> Text:
    return text("setting it takes more than {most} seconds; look for a loop that does not end", most=SECONDS)
