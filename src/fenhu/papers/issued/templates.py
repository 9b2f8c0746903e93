"""The template files of papers: those of the package, and an office's own of the same name before them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fenhu.papers.issued.faults import template_fault
from fenhu.wording import text

PACKAGED = Path(__file__).parent.parent / "templates" / "issued"
_SUFFIXES = (".typ", ".svg")


def typst_files(folder: Path | None) -> dict[str, bytes]:
    """Return every template and drawing by name; other pictures are read where they lie.

    Raises
    ------
    TemplateFault
        If one is not in UTF-8.
    """
    return _packaged() | (_read(folder) if folder else {})


def template_path(name: str, folder: Path | None) -> Path:
    """Return where a template stands: in the office's folder, or else in the package."""
    own = folder / name if folder else PACKAGED / name
    return own if own.is_file() else PACKAGED / name


def packaged_template(name: str) -> bytes:
    """Return a template of the package, to start one's own from; the name is one the package has."""
    return (PACKAGED / name).read_bytes()


@cache
def _packaged() -> dict[str, bytes]:
    return _read(PACKAGED)


def _read(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        return {}
    files = {one.name: one.read_bytes() for one in sorted(folder.iterdir()) if one.suffix in _SUFFIXES}
    for name, content in files.items():
        _check_encoding(name, content)
    return files


def _check_encoding(name: str, content: bytes) -> None:
    try:
        content.decode()
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise template_fault(file=name, line=line, said=text("the file is not in UTF-8")) from None
