"""The frame of an A3 sheet: trimming edge, frame with its binding edge, title block, mark of demo data."""

from __future__ import annotations

from fenhu.design.sheets.pens import BODY, HEAD, THICK, TITLE, box, thin, write
from fenhu.design.sheets.values import Sheet, TitleBlock
from fenhu.drawing.cad_layers import FRAME
from fenhu.drawing.measure import writing_width
from fenhu.drawing.model import Drawing, Shape, Wording
from fenhu.wording import Text, text

WIDTH, HEIGHT = 420.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 25.0, 415.0, 5.0, 292.0
"""The frame: 25 mm to bind at the left, 5 mm elsewhere."""

BLOCK_WIDTH, BLOCK_HEIGHT = 180.0, 36.0
BLOCK_LEFT, BLOCK_TOP = RIGHT - BLOCK_WIDTH, BOTTOM - BLOCK_HEIGHT
_CSS_PIXELS_PER_MM = 96.0 / 25.4


def framed(shapes: list[Shape], title: Text, number: str, of: int, block: TitleBlock) -> Sheet:
    """Return a sheet with its frame, its title block and what is drawn on it."""
    drawing = Drawing(
        width=WIDTH, height=HEIGHT, title=text("{number} {title}", number=number, title=title),
        desc=text("Drawing sheet, A3; all values are listed in the other papers of the design."),
        shapes=(*_frame(), *_block(title, number, of, block), *shapes), layer="drawing sheet",
        scale=_CSS_PIXELS_PER_MM,
    )  # fmt: skip
    return Sheet(number=number, title=title, drawing=drawing)


def named(x: float, y: float, name: Wording, scale: Wording = "") -> list[Shape]:
    """Return the name of a drawing below it, underlined, as is the custom."""
    label = write(x, y, name, size=HEAD, anchor="middle", bold=True, width=190.0)
    half = writing_width(str(label.content), HEAD) / 2 + 3.0
    return [
        label, thin(x - half, y + 2.0, x + half, y + 2.0, width=THICK),
        thin(x - half, y + 3.2, x + half, y + 3.2),
        *([write(x + half + 2.0, y, scale)] if str(scale) else []),
    ]  # fmt: skip


def _frame() -> list[Shape]:
    return [
        box(0.0, 0.0, WIDTH, HEIGHT, layer=FRAME),
        box(LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP, layer=FRAME, pen=1.0),
    ]


def _block(title: Text, number: str, of: int, block: TitleBlock) -> list[Shape]:
    """Three columns: who stands for it, whose building it is, which sheet this is."""
    x, y = BLOCK_LEFT, BLOCK_TOP
    signed, middle, row = 52.0, 84.0, BLOCK_HEIGHT / 4
    shapes: list[Shape] = [
        box(x, y, BLOCK_WIDTH, BLOCK_HEIGHT, layer=FRAME, pen=0.7),
        thin(x + signed, y, x + signed, BOTTOM, layer=FRAME),
        thin(x + signed + middle, y, x + signed + middle, BOTTOM, layer=FRAME),
        thin(x + 20.0, y + row, x + 20.0, BOTTOM, layer=FRAME),
        *(thin(x, y + row * n, x + signed, y + row * n, layer=FRAME) for n in (1, 2, 3)),
        *(thin(x + signed, y + row * n, RIGHT, y + row * n, layer=FRAME) for n in (1, 2, 3)),
        write(x + signed / 2, y + 5.8, block.office, anchor="middle", width=signed - 3.0, layer=FRAME),
    ]
    for n, who in enumerate((text("Designed"), text("Proofread"), text("Reviewed")), start=1):
        shapes.append(write(x + 10.0, y + row * n + 5.8, who, anchor="middle", layer=FRAME))
    fields: tuple[tuple[Wording, Wording], ...] = (
        (text("Project name"), block.building), (text("Address"), block.address),
        (text("Drawing title"), title), (text("Project no."), block.project),
    )  # fmt: skip
    for n, (name, value) in enumerate(fields):
        shapes += _field(x + signed, y + row * n, middle, name, value, 18.0)
    dated = block.on.isoformat() if block.on else ""
    fields = (
        (text("Sheet no."), number),
        (text("Scale"), block.scale or text("Diagram")), (text("Date"), dated),
        (text("Sheets"), str(of)),
    )  # fmt: skip
    for n, (name, value) in enumerate(fields):
        shapes += _field(x + signed + middle, y + row * n, BLOCK_WIDTH - signed - middle, name, value, 14.0)
    if block.synthetic:
        shapes.append(
            write(RIGHT - 4.0, TOP + 9.0, text("Demo data"), size=TITLE, anchor="end", bold=True, layer=FRAME)
        )
    return shapes


def _field(x: float, y: float, width: float, name: Wording, value: Wording, split: float) -> list[Shape]:
    return [
        thin(x + split, y, x + split, y + BLOCK_HEIGHT / 4, layer=FRAME),
        write(x + split / 2, y + 5.8, name, anchor="middle", width=split - 1.0, layer=FRAME),
        write(x + split + 1.5, y + 5.8, value, size=BODY, width=width - split - 3.0, layer=FRAME),
    ]
