"""The layers of a drawing sheet, as a CAD file names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SUPPLY, RETURN, EQUIPMENT, NOTES, FRAME = "supply", "return", "equipment", "notes", "frame"


@dataclass(frozen=True, slots=True)
class CadLayer:
    """A layer of the file: its name, colour by index, line weight in 1/100 mm, and whether it is dashed."""

    name: str
    colour: int
    weight: int
    dashed: bool = False


CAD_LAYERS: Mapping[str, CadLayer] = {
    SUPPLY: CadLayer("采暖-供水管", 1, 50),
    RETURN: CadLayer("采暖-回水管", 5, 50, dashed=True),
    EQUIPMENT: CadLayer("采暖-设备", 3, 25),
    NOTES: CadLayer("采暖-标注", 7, 18),
    FRAME: CadLayer("图框", 7, 35),
}
"""The layers by the keys that shapes carry."""
