"""Read a register for a command that goes on to work with it."""

from __future__ import annotations

from pathlib import Path

from fenhu.cli.check import finding_line, has_errors, summary
from fenhu.cli.console import tell
from fenhu.records import Register
from fenhu.register import read_register
from fenhu.wording import text


def sound_register(path: Path) -> Register | None:
    """Return the register, its findings told on stderr; None when an error stops the work."""
    tell(text("Reading {path} …", path=path))
    reading = read_register(path)
    for finding in reading.findings:
        tell(text("{finding}", finding=finding_line(finding)))
    if has_errors(reading.findings):
        tell(summary(reading))
        return None
    return reading.register
