"""What a set of drawings is made of: the title block and the sheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fenhu.drawing.model import Drawing
from fenhu.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleBlock:
    """What stands in the title block besides a sheet's own title and number, 图签.

    The boxes of those who design, check and approve stay empty: people sign there. ``synthetic`` marks every
    sheet as made from demo data.
    """

    building: str
    address: str = ""
    office: str = ""
    project: str = ""
    scale: str = ""
    on: date | None = None
    synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A drawing sheet, A3 landscape: its number (暖施-01), its title and its drawing in millimetres."""

    number: str
    title: Text
    drawing: Drawing
