"""The typefaces papers are set in: the package's, and before them those of an office's folder."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from fontTools.ttLib import TTCollection, TTFont

_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
_Stamp = tuple[tuple[str, int], ...]


def typefaces(folder: Path | None) -> tuple[typst.Fonts, frozenset[int]]:
    """Return the fonts for the typesetter, and every code point one of them can print.

    Parameters
    ----------
    folder : an office's template folder; fonts in its ``fonts`` are used where a template asks for them.
    """
    return _loaded(tuple((str(one), one.stat().st_mtime_ns) for one in _own(folder)))


def font_folders(folder: Path | None) -> list[Path]:
    """Return the folders typefaces are looked for in."""
    return [pylopdf_fonts_zh_cn.sans_path().parent, *{one.parent for one in _own(folder)}]


def _own(folder: Path | None) -> list[Path]:
    found = sorted((folder / "fonts").iterdir()) if folder and (folder / "fonts").is_dir() else []
    return [one for one in found if one.suffix.lower() in _SUFFIXES]


@lru_cache(maxsize=8)
def _loaded(stamp: _Stamp) -> tuple[typst.Fonts, frozenset[int]]:
    packaged = pylopdf_fonts_zh_cn.sans_path().parent
    files = [Path(name) for name, _ in stamp]
    folders = [packaged, *{one.parent for one in files}]
    faces = [pylopdf_fonts_zh_cn.sans_path(), pylopdf_fonts_zh_cn.serif_path(), *files]
    return typst.Fonts(False, False, folders), frozenset().union(*map(_code_points, faces))


def _code_points(path: Path) -> frozenset[int]:
    if path.suffix.lower() in (".ttc", ".otc"):
        with TTCollection(path, lazy=True) as collection:
            return frozenset().union(*(one.getBestCmap() for one in collection.fonts))
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())
