"""The drawings of a design as files: one PDF to print, one DXF to go on with, an SVG a sheet to look at."""

from __future__ import annotations

from pathlib import Path

from fenhu.design.quantities import material_rows
from fenhu.design.sheets import TitleBlock, drawing_set, one_drawing
from fenhu.drawing.svg import svg
from fenhu.papers import drawing_set_pdf
from fenhu.study.designing import DesignStudy

DRAWINGS, CAD, PICTURES = "图纸.pdf", "图纸.dxf", "图纸"


def write_drawings(study: DesignStudy, folder: Path, block: TitleBlock) -> tuple[str, ...]:
    """Write the drawings of a design into a folder and return their names; existing ones are replaced.

    Parameters
    ----------
    study : the design with its bill, whose materials the last sheet lists.
    folder : an existing folder; the pictures go into a folder of their own inside it.
    block : what stands in the title blocks.
    """
    # It takes half a second to load, and nothing but drawings needs it.
    from fenhu.drawing.dxf import dxf_bytes

    sheets = drawing_set(study.design, block, material_rows(study.bill))
    (folder / DRAWINGS).write_bytes(drawing_set_pdf(sheets))
    (folder / CAD).write_bytes(dxf_bytes(one_drawing(sheets)))
    pictures = folder / PICTURES
    pictures.mkdir(exist_ok=True)
    for old in pictures.glob("*.svg"):
        old.unlink()
    for sheet in sheets:
        (pictures / f"{sheet.number}.svg").write_text(svg(sheet.drawing), encoding="utf-8")
    return (DRAWINGS, CAD, f"{PICTURES}/")
