"""A folder for what is being made, gone when it is done."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fenhu.errors import InputFault, reason_of
from fenhu.wording import text


@contextmanager
def workroom(folder: Path, prefix: str) -> Iterator[Path]:
    """Hold a new folder in ``folder`` for the block.

    Raises
    ------
    InputFault
        If ``folder`` cannot be written.
    """
    try:
        made = tempfile.TemporaryDirectory(dir=folder, prefix=prefix)
    except OSError as fault:
        raise InputFault(
            text("{path} cannot be written ({reason})", path=str(folder), reason=reason_of(fault))
        ) from fault
    with made as name:
        yield Path(name)
