"""Why the operating system refused, in the reader's language."""

import errno
import os

import pytest

from fenhu.errors import reason_of
from fenhu.wording import ENGLISH

KNOWN = ("ENOENT", "EACCES", "EPERM", "EISDIR", "ENOTDIR", "EEXIST", "ENOSPC", "EROFS")


@pytest.mark.parametrize("name", KNOWN)
def test_a_usual_refusal_of_the_system_is_told_in_chinese_and_in_its_own_english(name):
    number = getattr(errno, name)
    reason = reason_of(OSError(number, os.strerror(number)))
    assert reason.in_language(ENGLISH) == os.strerror(number)
    assert not str(reason).isascii()


@pytest.mark.parametrize(("fault", "said"), [
    (OSError(errno.EMFILE, "Too many open files"), "Too many open files"),
    (OSError("the disk {sda} hums"), "the disk {sda} hums"),
    (OSError(), "OSError"),
    (ValueError("no number"), "no number"),
])  # fmt: skip
def test_any_other_is_told_as_it_came(fault, said):
    assert str(reason_of(fault)) == reason_of(fault).in_language(ENGLISH) == said
