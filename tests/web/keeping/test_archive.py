"""A backup's file: whole or not at all, and every byte of it proved."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fenhu.errors import InputFault, UnreadableFile
from fenhu.web.keeping import archive
from fenhu.web.keeping.backing_up import backup
from fenhu.web.keeping.manifest import Manifest
from fenhu.wording import speaking

DESCRIBED = Manifest(
    made_at=datetime(2011, 4, 11, tzinfo=UTC), database="sqlite", migrations=(("access", "0001_initial"),),
    rows={"access_user": 2}, members={},
)  # fmt: skip


@pytest.fixture(autouse=True)
def _in_english():
    with speaking("en"):
        yield


@pytest.fixture
def sources(tmp_path):
    found = {}
    for name, content in {
        "database": b"d" * 3_000_000,
        "media/papers/a.pdf": b"%PDF",
        "secret_key": b"k",
    }.items():
        path = tmp_path / "there" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        found[name] = path
    return found


@pytest.fixture
def made(tmp_path, sources):
    path = tmp_path / "city.fenhu"
    return path, archive.write(path, sources, DESCRIBED)


def test_what_went_in_comes_out(made, sources, tmp_path):
    path, manifest = made
    assert archive.manifest_of(path) == manifest
    archive.unpack(path, manifest, tmp_path / "out")
    assert {name: (tmp_path / "out" / name).read_bytes() for name in sources} == {
        name: source.read_bytes() for name, source in sources.items()
    }


def test_only_its_owner_reads_it(made):
    assert made[0].stat().st_mode & 0o777 == 0o600


def test_a_backup_never_overwrites_another(made, sources):
    before = made[0].read_bytes()
    with pytest.raises(InputFault, match="never overwrites"):
        archive.write(made[0], sources, DESCRIBED)
    assert made[0].read_bytes() == before


def test_a_file_that_cannot_be_read_leaves_no_half_backup(tmp_path, sources):
    with pytest.raises(InputFault, match="No such file"):
        archive.write(tmp_path / "city.fenhu", sources | {"media/gone": tmp_path / "gone"}, DESCRIBED)
    assert not list(tmp_path.glob("city.fenhu*"))


@given(place=st.floats(0.0, 1.0, exclude_max=True), flip=st.integers(1, 255))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_changed_byte_never_passes_for_the_data_it_was(made, tmp_path, place, flip):
    content = bytearray(made[0].read_bytes())
    content[int(place * len(content))] ^= flip
    damaged = tmp_path / "damaged.fenhu"
    damaged.write_bytes(content)
    try:
        manifest = archive.manifest_of(damaged)
        archive.prove(damaged, manifest)
    except UnreadableFile:
        return
    assert manifest == made[1]


@pytest.mark.parametrize("length", [0, 10, 1000])
def test_a_file_cut_short_is_no_backup(made, length):
    made[0].write_bytes(made[0].read_bytes()[:length])
    with pytest.raises(UnreadableFile, match="not a backup"):
        archive.manifest_of(made[0])


@pytest.mark.parametrize("name", ["../outside", "/outside", "media/../../outside"])
def test_no_file_is_written_outside_the_folder(tmp_path, name):
    path = tmp_path / "evil.fenhu"
    member = {"size_bytes": 1, "sha256": "x"}
    described = json.loads(DESCRIBED.model_dump_json()) | {"members": {name: member}}
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr(name, b"x")
        zipped.writestr("manifest.json", json.dumps(described))
    with pytest.raises(UnreadableFile, match="damaged"):
        archive.unpack(path, archive.manifest_of(path), tmp_path / "deep" / "out")
    assert not (tmp_path / "outside").exists()
    assert not (tmp_path / "deep" / "outside").exists()


@pytest.mark.parametrize(("name", "why"), [
    ("nowhere.fenhu", "No such file or directory"), ("", "Is a directory"),
])  # fmt: skip
def test_a_path_that_cannot_be_read_is_named_with_the_reason(tmp_path, name, why):
    with pytest.raises(UnreadableFile) as refused:
        archive.manifest_of(tmp_path / name)
    assert str(refused.value) == f"{tmp_path / name} cannot be read: {why}"


def test_a_folder_that_cannot_be_written_is_named_as_it_was_typed():
    with pytest.raises(InputFault) as refused:
        backup(Path("/proc/city.fenhu"))
    assert str(refused.value).startswith("/proc cannot be written (")
