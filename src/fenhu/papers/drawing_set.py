"""图纸: a set of drawing sheets as one PDF, true to scale, its lines and words kept as such."""

from __future__ import annotations

from collections.abc import Sequence

import pylopdf_fonts_zh_cn
import typst

from fenhu.design.sheets.values import Sheet
from fenhu.drawing.svg import svg
from fenhu.wording import text

_PAGES = """
#set document(title: sys.inputs.title, date: none)
#set page(width: 420mm, height: 297mm, margin: 0mm)
#for n in range(int(sys.inputs.sheets)) {
  if n > 0 { pagebreak() }
  let named(key) = sys.inputs.at(key + str(n))
  [#metadata(named("name")) #place(top + left,
    image(bytes(named("sheet")), format: "svg", width: 420mm, height: 297mm, alt: named("name")))]
}
"""


def drawing_set_pdf(sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as a PDF, an A3 page each, in the current language.

    The Chinese font is that of a package, so the pages look the same on every machine; the same sheets give
    the same bytes.

    Parameters
    ----------
    sheets : the sheets, as ``fenhu.design.sheets.drawing_set`` draws them.
    """
    inputs = {"title": str(text("Drawings of the conversion")), "sheets": str(len(sheets))}
    for number, sheet in enumerate(sheets):
        inputs[f"sheet{number}"] = svg(sheet.drawing)
        inputs[f"name{number}"] = str(sheet.drawing.title)
    made = typst.compile(
        _PAGES.encode(), format="pdf", sys_inputs=inputs, timestamp=0,
        font_paths=typst.Fonts(False, False, [pylopdf_fonts_zh_cn.sans_path().parent]),
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made
