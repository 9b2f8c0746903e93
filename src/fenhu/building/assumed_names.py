"""What was assumed of a building, in words: names, values with their units."""

from __future__ import annotations

from collections.abc import Mapping

from fenhu.wording import Text, text

_NAMES: Mapping[str, tuple[Text, str]] = {
    "mains": (text("Layout of the mains"), ""),
    "main_dn": (text("Size of the mains"), ""),
    "riser_dn": (text("Size of the risers"), ""),
    "branch_dn": (text("Size of the branches"), ""),
    "storey_height_m": (text("Height of a storey"), "m"),
    "heat_load_w_m2": (text("Area heat load"), "W/m²"),
    "floor_u_w_m2k": (text("Heat passing through floors"), "W/(m²·K)"),
    "partition_u_w_m2k": (text("Heat passing through partitions"), "W/(m²·K)"),
    "gains_w_m2": (text("Heat gains within the flats"), "W/m²"),
    "window_ratio": (text("Share of windows in the front"), ""),
    "depth_m": (text("Depth of the building"), "m"),
    "radiator": (text("Radiator"), ""),
    "oversize_ratio": (text("Radiators larger than needed by the factor"), ""),
    "roughness_m": (text("Roughness of the pipes"), "mm"),
    "year_built": (text("Year built"), ""),
    "inlet_kpa": (text("Pressure difference at the inlet"), "kPa"),
    "supply_c": (text("Supply temperature"), "℃"),
    "outdoor_c": (text("Outdoor design temperature"), "℃"),
    "corrosion": (text("Corrosion grade"), ""),
    "flats": (text("Flats"), ""),
    "flats_per_floor": (text("Flats on a storey of a stairwell"), ""),
    "front": (text("Where the stairwells face"), ""),
    "heat_capacity_j_m2k": (text("Heat stored by the dwelling"), "J/(m²·K)"),
    "system_form": (text("Form before the conversion"), ""),
}
_VALUES: Mapping[str, Text] = {
    "direct": text("direct return"),
    "reverse": text("reversed return"),
    "by flow": text("sized by flow"),
    "vertical_single_series": text("vertical single-pipe, series"),
    "vertical_single_bypass": text("vertical single-pipe with bypass"),
    "horizontal_single": text("horizontal single-pipe"),
    "horizontal_double": text("horizontal double-pipe"),
    "unit_double": text("unit-type double-pipe"),
    "vertical_double": text("vertical double-pipe"),
    "household_double": text("per-household double-pipe"),
}


def assumed_words(key: str, value: object) -> tuple[Text | str, Text | str]:
    """Return what was assumed, in words where there are any, and its value with its unit."""
    name, unit = _NAMES.get(key, (key, ""))
    if isinstance(value, str):
        return name, _VALUES.get(value, value)
    shown = value * 1000 if unit == "mm" and isinstance(value, float) else value
    return name, f"{shown:g} {unit}".strip() if isinstance(shown, float | int) else str(shown)
