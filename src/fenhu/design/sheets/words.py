"""Marks and short words on the sheets: sizes, risers, heights, flows, radiators."""

from __future__ import annotations

from collections.abc import Mapping

from fenhu import tables
from fenhu.building import Loop
from fenhu.design.values import Action, Place, RadiatorDesign, RiserDesign, Segment
from fenhu.records import SystemForm
from fenhu.wording import Text, bilingual, text

FORM_NAMES: Mapping[SystemForm, Text] = {
    SystemForm.VERTICAL_SINGLE_BYPASS: text("vertical single-pipe with bypass"),
    SystemForm.VERTICAL_DOUBLE: text("vertical double-pipe"),
    SystemForm.HOUSEHOLD_DOUBLE: text("per-household double-pipe"),
}
LOOP_NAMES: Mapping[Loop, Text] = {
    Loop.DOUBLE_PIPE: text("two pipes inside the flat"),
    Loop.SINGLE_BYPASS: text("one pipe with bypasses inside the flat"),
    Loop.RADIAL: text("radial pipes from a manifold"),
    Loop.FLOOR_COIL: text("coils in the floor"),
}
PLACE_NAMES: Mapping[Place, Text] = {
    Place.TRENCH: text("in the trench"),
    Place.TOP: text("above the top storey"),
}
_ACTIONS: Mapping[Action, Text | str] = {
    Action.KEEP: "",
    Action.EXTEND: bilingual("加", "+"),
    Action.REPLACE: bilingual("换", "R"),
    Action.NEW: bilingual("新", "N"),
}


def size_mark(segment: Segment) -> str:
    """Return a pipe's size: DN for steel, De (its outer diameter) for plastic."""
    return f"DN{segment.dn}" if segment.material == "steel" else f"De{segment.dn}"


def material_name(material: str) -> Text:
    """Return what a pipe is made of."""
    row = tables.load("pipes")["material"][material]
    return bilingual(row["name"], row["name_en"])


def radiator_name(kind: str) -> Text:
    """Return the name of a kind of radiator."""
    row = tables.load("radiators")["radiator"].get(kind)
    return bilingual(row["name"], row["name_en"]) if row else bilingual(kind, kind)


def riser_marks(riser: RiserDesign, form: SystemForm) -> tuple[str, str]:
    """Return the marks of a riser's two pipes, NGL-1 and NHL-1; a single one is NL-1."""
    number = riser.id.removeprefix("N")
    if form is SystemForm.VERTICAL_SINGLE_BYPASS:
        return f"NL-{number}", ""
    return f"NGL-{number}", f"NHL-{number}"


def height_mark(height_m: float) -> str:
    """Return a height above the ground floor, as drawings write it."""
    return "±0.000" if abs(height_m) < 0.0005 else f"{height_m:+.3f}".removeprefix("+")


def flow_mark(flow_kg_s: float) -> str:
    """Return a flow in kg/h."""
    return f"{flow_kg_s * 3600.0:.0f} kg/h"


def slope_mark() -> str:
    """Return the slope of the mains."""
    return f"i={tables.load('design')['lengths']['main_slope_ratio']:g}"


def sections_mark(radiator: RadiatorDesign) -> Text:
    """Return how many sections a radiator has."""
    return bilingual(f"{radiator.sections}片", f"{radiator.sections}")


def radiator_mark(radiator: RadiatorDesign, preset: str) -> str:
    """Return what stands above a radiator: the preset of its valve, and what becomes of it."""
    return f"{preset} {_ACTIONS[radiator.action]}".strip()
