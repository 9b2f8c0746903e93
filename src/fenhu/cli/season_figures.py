"""A season's figures as the tables of ``fenhu season`` show them, of one building or of many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fenhu.wording import Text, text

Totals = Mapping[str, Any]
Figure = tuple[Text, Callable[[Totals], str]]

HEAT: Figure = (text("heat used GJ"), lambda one: f"{one['heat_gj']:.1f}")
HEAT_PER_AREA: Figure = (text("heat used GJ/m²"), lambda one: f"{one['heat_gj_m2']:.3f}")
FLATS_BELOW_18: Figure = (text("flats below 18 ℃ at times"), lambda one: f"{one['flats_below_18']}")
COLDEST_FLAT: Figure = (
    text("mean of the coldest flat ℃"), lambda one: f"{one['coldest_flat_mean_c']:.1f}"
)  # fmt: skip
