"""The whole set of drawings of a design, numbered and framed, and all of it as one drawing for CAD."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fenhu.design.quantities import MaterialRow
from fenhu.design.sheets.detail_sheets import detail_sheets
from fenhu.design.sheets.frame import HEIGHT, WIDTH, framed
from fenhu.design.sheets.held import Held
from fenhu.design.sheets.inlet_sheet import inlet_sheet
from fenhu.design.sheets.mains_sheets import mains_sheets
from fenhu.design.sheets.material_sheets import material_sheets
from fenhu.design.sheets.notes_sheets import notes_sheets
from fenhu.design.sheets.plan_sheets import plan_sheets
from fenhu.design.sheets.riser_sheets import riser_sheets
from fenhu.design.sheets.stack_sheets import stack_sheets
from fenhu.design.sheets.values import Sheet, TitleBlock
from fenhu.design.values import Design
from fenhu.drawing.model import Drawing, Group, Shape
from fenhu.records import SystemForm
from fenhu.wording import Text, bilingual, text

_ABREAST, _BETWEEN = 6, 30.0


def drawing_set(
    design: Design, title_block: TitleBlock, material_rows: Sequence[MaterialRow] = ()
) -> tuple[Sheet, ...]:
    """Return the drawings of a design in the current language, in the order in which a set is bound.

    Notes and legend, plans, the system diagrams of mains and risers, the detail of a flat, the inlet, the
    list of materials.

    Parameters
    ----------
    design : the design; every number on the sheets is its.
    title_block : what stands in the title blocks.
    material_rows : the list of materials, ``fenhu.design.quantities.material_rows`` of the bill.
    """
    drawn = list(_drawn(Held(design), title_block, material_rows))
    return tuple(
        framed(shapes, title, str(_number(n)), len(drawn), title_block)
        for n, (title, shapes) in enumerate(drawn, start=1)
    )


def one_drawing(sheets: Sequence[Sheet]) -> Drawing:
    """Return all sheets side by side as one drawing, as offices keep them in one CAD file."""
    rows = -(-len(sheets) // _ABREAST)
    return Drawing(
        width=(WIDTH + _BETWEEN) * min(len(sheets), _ABREAST), height=(HEIGHT + _BETWEEN) * rows,
        title=text("Drawings of the conversion"), desc="",
        shapes=tuple(
            Group(
                shapes=sheet.drawing.shapes, dx=(WIDTH + _BETWEEN) * (n % _ABREAST),
                dy=(HEIGHT + _BETWEEN) * (n // _ABREAST),
            )
            for n, sheet in enumerate(sheets)
        ),
    )  # fmt: skip


def _drawn(
    held: Held, block: TitleBlock, materials: Sequence[MaterialRow]
) -> Iterator[tuple[Text, list[Shape]]]:
    yield from notes_sheets(held, block)
    yield from plan_sheets(held)
    yield from mains_sheets(held)
    household = held.design.form is SystemForm.HOUSEHOLD_DOUBLE
    yield from riser_sheets(held) if household else stack_sheets(held)
    yield from detail_sheets(held)
    yield inlet_sheet(held)
    if materials:
        yield from material_sheets(materials)


def _number(n: int) -> Text:
    return bilingual(f"暖施-{n:02d}", f"H-{n:02d}")
