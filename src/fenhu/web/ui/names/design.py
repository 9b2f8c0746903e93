"""Designs: their versions, and the parts they are made of."""

from __future__ import annotations

from collections.abc import Mapping

from fenhu.wording import Text, text

DESIGN_STATES: Mapping[str, Text] = {
    "draft": text("Draft"),
    "submitted": text("Submitted for review"),
    "returned": text("Returned"),
    "approved": text("Approved"),
}
DESIGN_ORIGINS: Mapping[str, Text] = {
    "automatic": text("worked out from the register"),
    "edited": text("changed by hand"),
    "entered": text("made elsewhere"),
}
RADIATOR_ACTIONS: Mapping[str, Text] = {
    "keep": text("stays"),
    "extend": text("more sections"),
    "replace": text("is replaced"),
    "new": text("is new"),
}
LOOPS: Mapping[str, Text] = {
    "double_pipe": text("double-pipe along the walls"),
    "single_bypass": text("one line with a bypass at each radiator"),
    "radial": text("pairs of pipes from a manifold"),
    "floor_coil": text("coils in the floor"),
}
MAINS: Mapping[str, Text] = {
    "direct": text("direct return"),
    "reverse": text("reverse return"),
}
DEVICES: Mapping[str, Text] = {
    "trv": text("Thermostatic radiator valve"),
    "lock_valve": text("Lock valve of the flat"),
    "household_strainer": text("Strainer of the flat"),
    "household_meter": text("Heat meter of the flat"),
    "meter_spool": text("Place for the flat's heat meter"),
    "riser_gate": text("Shut-off valve of the riser"),
    "riser_balancing": text("Balancing valve of the riser"),
    "drain": text("Drain"),
    "vent": text("Automatic vent"),
    "inlet_gate": text("Shut-off valve of the inlet"),
    "inlet_bypass": text("Bypass of the inlet"),
    "inlet_strainer": text("Strainer of the inlet"),
    "building_meter": text("Heat meter of the building"),
    "building_balancing": text("Balancing valve of the building"),
    "pressure_controller": text("Differential-pressure controller"),
    "thermometer": text("Thermometer"),
    "gauge": text("Pressure gauge"),
}
