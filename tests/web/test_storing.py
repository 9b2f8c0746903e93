"""Stored files: whole or not there, and none in another's place."""

import errno
import os
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError

from fenhu.web.storing import DRAFTS, clear_drafts, is_out_of_room


def stored(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_file_stands_where_it_was_to_be_readable_by_its_owner_alone(settings):
    name = default_storage.save("papers/一.pdf", ContentFile(b"one"))
    assert (name, stored(settings.MEDIA_ROOT)) == ("papers/一.pdf", {"papers/一.pdf": b"one"})
    assert os.stat(default_storage.path(name)).st_mode & 0o777 == 0o600


def test_two_of_one_name_stand_beside_each_other(settings):
    names = {default_storage._save("a.pdf", ContentFile(content)) for content in (b"one", b"two")}
    assert len(names) == 2
    assert sorted(stored(settings.MEDIA_ROOT).values()) == [b"one", b"two"]


def test_what_cannot_be_written_to_its_end_is_not_there(settings):
    class Full(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="full"):
        default_storage.save("a.pdf", Full(b"whole"))
    assert stored(settings.MEDIA_ROOT) == {}


def test_what_a_killed_product_was_writing_long_ago_is_removed(settings):
    drafts = settings.MEDIA_ROOT / DRAFTS
    drafts.mkdir(parents=True)
    for name in ("old", "new"):
        (drafts / name).touch()
    long_ago = time.clock_gettime(time.CLOCK_REALTIME) - 2 * 24 * 3600
    os.utime(drafts / "old", (long_ago, long_ago))
    clear_drafts()
    assert [path.name for path in drafts.iterdir()] == ["new"]


@pytest.mark.parametrize(
    ("fault", "full"),
    [
        (OSError(errno.ENOSPC, "full"), True),
        (OSError(errno.EACCES, "no"), False),
        (OperationalError("database or disk is full"), True),
        (OperationalError("database is locked"), False),
        (None, False),
    ],
)
def test_a_full_disk_is_told_from_other_faults(fault, full):
    assert is_out_of_room(fault) is full
    if fault is not None:
        outer = ValueError()
        outer.__cause__ = fault
        assert is_out_of_room(outer) is full
