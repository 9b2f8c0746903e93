"""The wheel: everything the product reads is in it, and it runs from there without its checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
BUILD = "import sys; from tools.packaging import build_wheel; build_wheel(sys.argv[1])"
# What numba keeps beside the code is made again on every machine.
MADE_HERE = {"__pycache__"}
USE = """
import sys
from pathlib import Path
import fenhu
assert Path(fenhu.__file__).is_relative_to(sys.argv[1]), fenhu.__file__
import django
django.setup()
from django.conf import settings
from django.test import Client
from fenhu.papers import issued
from fenhu.policy import available
from fenhu.web.serving import migrate
from fenhu.wording import text
migrate()
assert text("Rewards").in_language("zh-hans") == "奖励"
assert len(available()) >= 6
assert issued.make(
    "building_notice", issued.sample("building_notice"), heading=issued.SAMPLE_HEADING
).startswith(b"%PDF")
reader = Client(headers={"accept-language": "zh-hans"})
assert "收款" in reader.get("/help/clerks/money/").content.decode()
for address in ("/", "/login/", "/static/ui/fenhu.css", "/static/portal/portal.css", "/static/docs/tour.png"):
    assert reader.get(address).status_code == 200, address
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one of two builds at once in one checkout made."""
    folders = [tmp_path_factory.mktemp("wheel") for _ in range(2)]
    builds = [subprocess.Popen([sys.executable, "-c", BUILD, str(folder)], cwd=ROOT) for folder in folders]
    assert [build.wait(timeout=300) for build in builds] == [0, 0]
    one, other = (next(folder.glob("*.whl")) for folder in folders)
    assert ZipFile(one).namelist() == ZipFile(other).namelist()
    return one


def test_everything_the_product_reads_is_in_the_wheel(wheel: Path) -> None:
    packed = set(ZipFile(wheel).namelist())
    source, docs = ROOT / "src", ROOT / "docs"
    read = {path.relative_to(source) for path in (source / "fenhu").rglob("*") if path.is_file()}
    read |= {Path("fenhu", "docs", path.relative_to(docs)) for path in docs.rglob("*") if path.is_file()}
    wanted = {path.as_posix() for path in read if not MADE_HERE & set(path.parts)}
    assert wanted - packed == set()
    assert "fenhu/docs/zh/clerks/money.md" in packed


def test_what_is_no_longer_in_the_source_is_not_in_the_wheel(wheel: Path) -> None:
    packed = {name for name in ZipFile(wheel).namelist() if name.startswith("fenhu/")}
    assert [name for name in packed if not (ROOT / "src" / name).exists()] == []


def test_it_runs_unpacked_far_from_its_checkout(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    ZipFile(wheel).extractall(installed)
    environment = os.environ | {
        "PYTHONPATH": str(installed), "DJANGO_SETTINGS_MODULE": "fenhu.web.settings", "DATABASE_URL": "",
        "FENHU_DATA_DIR": str(tmp_path / "data"), "FENHU_SECRET_KEY": "test", "FENHU_HOSTS": "testserver",
    }  # fmt: skip
    command = [sys.executable, "-c", USE, str(installed)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
