"""PDF by typesetting: a page as a template, its data beside it, so that names stay words and never markup."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pylopdf_fonts_zh_cn
import typst

from fenhu.papers.sheet import safe

FONT = "Noto Sans SC"
_PRELUDE = f"""
#let data = json(bytes(sys.inputs.data))
#let picture(n) = bytes(sys.inputs.at("picture" + str(n)))
#set text(font: "{FONT}", lang: "zh")
"""


def typeset(template: str, data: Mapping[str, object], pictures: Sequence[str] = ()) -> bytes:
    """Return the PDF of a template that reads its values from ``data``.

    The font is that of a package, so the pages look the same on every machine; the same data give the same
    bytes.

    Parameters
    ----------
    template : typst source; ``data`` is bound before it.
    data : what JSON can hold, with all words in the language they are to be read in.
    pictures : SVG as ``fenhu.drawing`` writes it; the template finds the n-th by ``picture(n)``.
    """
    inputs = {"data": json.dumps(_legal(data), ensure_ascii=False)}
    inputs |= {f"picture{number}": svg for number, svg in enumerate(pictures)}
    made = typst.compile(
        (_PRELUDE + template).encode(), format="pdf", sys_inputs=inputs,
        timestamp=0, font_paths=typst.Fonts(False, False, [pylopdf_fonts_zh_cn.sans_path().parent]),
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made


def _legal(value: object) -> object:
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, Mapping):
        return {key: _legal(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_legal(held) for held in value]
    return value
