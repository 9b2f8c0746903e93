"""PDF by typesetting: a page as a template, its data beside it, so that names stay words and never markup."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pylopdf_fonts_zh_cn
import typst

from fenhu.papers.sheet import safe

FONT = "Noto Sans SC"


def typeset(template: str, data: Mapping[str, object]) -> bytes:
    """Return the PDF of a template that reads its values from ``data``.

    The font is that of a package, so the pages look the same on every machine; the same data give the same
    bytes.

    Parameters
    ----------
    template : typst source; ``data`` is bound before it.
    data : what JSON can hold, with all words in the language they are to be read in.
    """
    source = f'#let data = json(bytes(sys.inputs.data))\n#set text(font: "{FONT}", lang: "zh")\n{template}'
    made = typst.compile(
        source.encode(), format="pdf", sys_inputs={"data": json.dumps(_legal(data), ensure_ascii=False)},
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
