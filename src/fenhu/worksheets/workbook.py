"""A workbook read by a process of its own, within the memory and time a table of its size needs.

A fast reader believes what cells say of where they stand and allocates the whole rectangle; one cell can so
end the process, and with it everybody's page.
"""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from pathlib import Path

from fenhu.errors import UnreadableFile
from fenhu.wording import text
from fenhu.worksheets.container import open_archive, unreadable
from fenhu.worksheets.decoding import OUT_OF_MEMORY
from fenhu.worksheets.raw import RawSheet

MIB = 1024**2
# What an honest workbook takes, with much to spare: the reader itself, and more for every byte it unpacks to.
BASE_BYTES, BYTES_PER_BYTE, MOST_BYTES = 256 * MIB, 16, 4096 * MIB
BASE_S, S_PER_MIB = 20, 1
DECODE = "from fenhu.worksheets.decoding import main; main({path!r}, {memory_bytes}, {seconds})"
EXHAUSTED = (OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGKILL, -signal.SIGXCPU)


def read_workbook(path: Path) -> tuple[RawSheet, ...]:
    """Return the sheets of a workbook, every cell as a plain value.

    Raises
    ------
    UnreadableFile
        If it is no workbook we may open, a damaged one, or one that takes too much to open
        (``too-demanding``).
    """
    with open_archive(path) as archive:
        unpacked = sum(info.file_size for info in archive.infolist())
    memory_bytes = min(BASE_BYTES + BYTES_PER_BYTE * unpacked, MOST_BYTES)
    seconds = BASE_S + S_PER_MIB * (unpacked // MIB)
    decode = DECODE.format(path=str(path), memory_bytes=memory_bytes, seconds=seconds)
    read = subprocess.run([sys.executable, "-P", "-c", decode], capture_output=True, check=False)
    if read.returncode in EXHAUSTED:
        raise _too_demanding(path)
    if read.returncode:
        raise RuntimeError(read.stderr.decode("utf-8", "replace"))
    answer: tuple[RawSheet, ...] | UnreadableFile = pickle.loads(read.stdout)
    if isinstance(answer, UnreadableFile):
        raise answer
    return answer


def _too_demanding(path: Path) -> UnreadableFile:
    return unreadable(
        "too-demanding",
        text(
            "{file} takes more memory or time to open than a table of its size does: a cell lies far outside "
            "its table. Delete the rows and columns outside the tables, or copy the tables into a new file",
            file=path.name,
        ),
    )
