"""The file of a backup: a zip of the database's copy, the stored files and a manifest that proves them."""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO

from fenhu.errors import InputFault, UnreadableFile, reason_of
from fenhu.web.keeping.manifest import Manifest, Member
from fenhu.wording import text

MANIFEST = "manifest.json"
DATABASE = "database"
# Papers and pictures are compressed already; the fastest level is for the database.
LEVEL = 1
CHUNK_BYTES = 1 << 20
# What reading a damaged zip raises, a bit set for “encrypted” or an unknown method included.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ValueError)


def write(path: Path, sources: Mapping[str, Path], described: Manifest) -> Manifest:
    """Write a backup whole or not at all, and return its manifest with every member's digest.

    Parameters
    ----------
    path : where it shall stand; read by its owner only.
    sources : each member's name in the backup and the file it is read from.
    described : the manifest without members.

    Raises
    ------
    InputFault
        If something stands there already, or it cannot be written.
    """
    refuse_taken(path)
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as zipped:
                members = {name: _add(zipped, name, source) for name, source in sources.items()}
                manifest = described.model_copy(update={"members": members})
                zipped.writestr(MANIFEST, manifest.model_dump_json(indent=1))
            os.fsync(file.fileno())
        prove(draft, manifest)
        os.link(draft, path)
    except OSError as fault:
        raise InputFault(
            text("{path} cannot be written ({reason})", path=str(path), reason=reason_of(fault))
        ) from fault
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def refuse_taken(path: Path) -> None:
    """Go on only where nothing stands at ``path``.

    Raises
    ------
    InputFault
        If something does.
    """
    if path.exists():
        raise InputFault(text("{path} is there already; a backup never overwrites one", path=str(path)))


def _add(zipped: zipfile.ZipFile, name: str, source: Path) -> Member:
    with source.open("rb") as read, zipped.open(name, "w", force_zip64=True) as written:
        return _copied(read, written)


def manifest_of(path: Path) -> Manifest:
    """Return what a backup says of itself.

    Raises
    ------
    UnreadableFile
        If it cannot be read at all, is no backup, or of a later format.
    """
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as zipped:
            return Manifest.model_validate_json(zipped.read(MANIFEST))
    except OSError as fault:
        raise UnreadableFile(
            text("{path} cannot be read: {why}", path=str(path), why=reason_of(fault))
        ) from fault
    except _DAMAGE as fault:
        raise UnreadableFile(text(
            "{path} is not a backup this version can read; it should be a file “fenhu backup” made",
            path=str(path),
        )) from fault  # fmt: skip


def prove(path: Path, manifest: Manifest) -> None:
    """Read every member of a backup and compare it with its digest.

    Raises
    ------
    UnreadableFile
        If a member is missing, damaged or not announced; it is named.
    """
    for _name, _read in _members(path, manifest):
        pass


def unpack(path: Path, manifest: Manifest, folder: Path) -> None:
    """Write every member of a backup below ``folder``, each compared with its digest.

    Raises
    ------
    UnreadableFile
        If a member is missing, damaged, not announced, or would lie outside the folder; it is named.
    """
    for name, read in _members(path, manifest, into=folder):
        assert read == manifest.members[name]


def unpack_one(path: Path, manifest: Manifest, name: str, folder: Path) -> None:
    """Write one member of a backup below ``folder``, compared with its digest.

    Raises
    ------
    UnreadableFile
        If it is missing or damaged.
    """
    with zipfile.ZipFile(path) as zipped:
        if _read(zipped, path, name, _place(path, name, folder)) != manifest.members[name]:
            raise _damaged(path, name)


def _members(path: Path, manifest: Manifest, *, into: Path | None = None) -> Iterator[tuple[str, Member]]:
    """Yield each member's name and what it really is, copied below ``into`` on the way."""
    with zipfile.ZipFile(path) as zipped:
        if set(zipped.namelist()) != {MANIFEST, *manifest.members}:
            raise _damaged(path, MANIFEST)
        for name, announced in manifest.members.items():
            found = _read(zipped, path, name, None if into is None else _place(path, name, into))
            if found != announced:
                raise _damaged(path, name)
            yield name, found


def _read(zipped: zipfile.ZipFile, path: Path, name: str, place: Path | None) -> Member:
    try:
        with zipped.open(name) as read:
            if place is None:
                return _copied(read, None)
            place.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
                return _copied(read, written)
    except _DAMAGE as fault:
        raise _damaged(path, name) from fault


def _place(path: Path, name: str, folder: Path) -> Path:
    parts = PurePosixPath(name).parts
    if not parts or PurePosixPath(name).is_absolute() or ".." in parts:
        raise _damaged(path, name)
    return folder.joinpath(*parts)


def _copied(read: IO[bytes], written: IO[bytes] | None) -> Member:
    digest, size = hashlib.sha256(), 0
    while chunk := read.read(CHUNK_BYTES):
        digest.update(chunk)
        size += len(chunk)
        if written is not None:
            written.write(chunk)
    return Member(size_bytes=size, sha256=digest.hexdigest())


def _damaged(path: Path, name: str) -> UnreadableFile:
    return UnreadableFile(text(
        "{path} is damaged: “{name}” is not what it was when the backup was made; take another copy of it",
        path=str(path), name=name,
    ))  # fmt: skip
