"""The city of a previous release, as ``tools/previous.py`` stored it with that release's own program."""

import io
import lzma
import os
import sqlite3
import subprocess
import tarfile
from contextlib import closing
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "data" / "previous"
SQLITE, POSTGRES, MEDIA = (FOLDER / f"{name}.xz" for name in ("sqlite.sql", "postgresql.sql", "media.tar"))


def put_into(folder, url):
    """Put the previous release's city into a data folder and, where there is an address, its database."""
    with tarfile.open(fileobj=io.BytesIO(lzma.decompress(MEDIA.read_bytes()))) as tar:
        tar.extractall(folder, filter="data")
    if url:
        subprocess.run(
            ["psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={url}"], check=True, capture_output=True,
            input=lzma.decompress(POSTGRES.read_bytes()), env=os.environ,
        )  # fmt: skip
        return
    with closing(sqlite3.connect(folder / "fenhu.sqlite3")) as file:
        file.executescript(lzma.decompress(SQLITE.read_bytes()).decode())
