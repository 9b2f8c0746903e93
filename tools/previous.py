"""Make the city of a previous release, which tests bring up to today: a small demo, a year of it played.

``python -m tools.previous COMMIT`` runs that commit's own program and writes ``tests/data/previous/``: the
database as SQL and the files beside it. Under ``tools.with_postgres`` it writes PostgreSQL's SQL instead, of
the cast of that commit's tests: its demo did not stand on PostgreSQL.
"""

from __future__ import annotations

import io
import lzma
import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "data" / "previous"
BUILDINGS, YEAR = "60", "2011"
MAIN = "from fenhu.cli import main; raise SystemExit(main())"
CAST = """
import django; django.setup()
from fenhu.web.serving import migrate; migrate()
from tests.web.cast import everybody
from tests.web.works import steps
cast = everybody()
project = steps.a_project(cast, code="A2", year=2010)
supplier, kind = cast[steps.Role.HEAT_SUPPLIER], steps.REVIEWED[0]
steps.services.file_paper(supplier, project, kind=kind, title="图", file=steps.a_file())
"""


def main(commit: str) -> None:
    """Run the commit's program in a folder of its own and keep what it stored."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    url = os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory() as name:
        house, data = Path(name) / "house", Path(name) / "data"
        _unpack(commit, house)
        data.mkdir()
        if url:
            _run(house, data, CAST)
            command = ["pg_dump", "--no-owner", "--no-privileges", f"--dbname={url}"]
            _keep("postgresql.sql.xz", subprocess.run(command, check=True, capture_output=True).stdout)
        else:
            for words in (("demo_city", "--buildings", BUILDINGS), ("play_year", YEAR)):
                _run(house, data, MAIN, "manage", *words)
            _keep("sqlite.sql.xz", _sql_of(data / "fenhu.sqlite3"))
            _keep("media.tar.xz", _tar_of(data / "media"))


def _unpack(commit: str, house: Path) -> None:
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        tar.extractall(house, filter="data")


def _run(house: Path, data: Path, program: str, *words: str) -> None:
    environment = os.environ | {
        "PYTHONPATH": f"{house / 'src'}:{house}", "DJANGO_SETTINGS_MODULE": "fenhu.web.settings",
        "FENHU_DATA_DIR": str(data), "FENHU_DEMO": "1",
        "FENHU_SECRET_KEY": "of the previous release",
    }  # fmt: skip
    subprocess.run([sys.executable, "-c", program, *words], env=environment, cwd=house, check=True)


def _sql_of(path: Path) -> bytes:
    with closing(sqlite3.connect(path)) as file:
        return "\n".join(file.iterdump()).encode()


def _tar_of(folder: Path) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        tar.add(folder, arcname="media")
    return packed.getvalue()


def _keep(name: str, content: bytes) -> None:
    packed = lzma.compress(content, preset=9 | lzma.PRESET_EXTREME)
    (FOLDER / name).write_bytes(packed)
    print(f"{name}: {len(content)} bytes, packed {len(packed)}")


if __name__ == "__main__":
    main(sys.argv[1])
