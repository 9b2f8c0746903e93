"""The key that signs sessions, made once and kept where only the operator can read it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def kept_in(path: Path) -> str:
    """Return the key kept in ``path``; made there, readable by its owner only, when the file is new."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        _publish(draft, path)
    return path.read_text()


def _publish(draft: Path, path: Path) -> None:
    """Move ``draft`` to ``path`` unless another process was faster; its key then counts."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
