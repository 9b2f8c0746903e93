"""Checks of inlet, meters, thermostatic valves, controllers, vents and drains."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from fenhu import tables
from fenhu.building import Loop
from fenhu.design.review.values import NOTHING, Outcome, Row, figure, not_applicable, percent
from fenhu.design.values import Design, Device, DeviceKind, RiserDesign
from fenhu.records import SystemForm
from fenhu.wording import Text, bilingual, text

_NOMINAL = re.compile(r"qp(\d+(?:\.\d+)?)")
_METER_SERIES = {
    DeviceKind.BUILDING_METER: "building_meter",
    DeviceKind.HOUSEHOLD_METER: "household_meter",
    DeviceKind.METER_SPOOL: "household_meter",
}


def inlet(design: Design, row: Row) -> Outcome:
    """The inlet has its gates, thermometers, gauges, strainer with bypass and meter."""
    has = Counter(device.kind.value for device in design.devices)
    missing = [one for one in row["device"] if has[one["kind"]] < one["least"]]
    return Outcome(
        holds=not missing,
        required=text(
            "on supply and return: shut-off valves, thermometers, gauges; strainer, bypass, heat meter"
        ),
        found=(
            text("missing: {devices}", devices=_listed(missing, has))
            if missing
            else text("complete: {devices}", devices=_listed(row["device"], has))
        ),
    )


def _listed(wanted: Sequence[Row], has: Mapping[str, int]) -> Text:
    chinese = "、".join(f"{one['name']}{has[one['kind']]}/{one['least']}" for one in wanted)
    english = ", ".join(f"{one['name_en']} {has[one['kind']]}/{one['least']}" for one in wanted)
    return bilingual(chinese, english)


def metering(design: Design, row: Row) -> Outcome:
    """The building is metered, and every radiator or heated floor is regulated."""
    has = Counter(device.kind for device in design.devices)
    bare = [one.id for one in design.radiators if not one.trv]
    return Outcome(
        holds=has[DeviceKind.BUILDING_METER] > 0 and not bare,
        required=text("a heat meter for the building and control of every room's temperature"),
        found=text(
            "{meters} building meters; {bare} of {radiators} radiators without thermostatic valve",
            meters=has[DeviceKind.BUILDING_METER],
            bare=len(bare),
            radiators=len(design.radiators),
        ),
        where=tuple(bare),
    )


def meter_size(design: Design, row: Row) -> Outcome:
    """Meters are chosen by 80 % of the design flow, and their loss is checked."""
    limit = row["limit"]
    required = text(
        "nominal flow about {share} % of the design flow, not less; at most {loss} kPa at the design flow",
        share=percent(limit["nominal_least_ratio"]),
        loss=figure(limit["most_loss_pa"] / 1000.0, 1),
    )
    meters = [one for one in design.devices if one.kind in _METER_SERIES and one.flow_kg_s > 0.0]
    if not meters:
        return not_applicable(required, text("no heat meters"))
    by_loss = sorted(meters, key=lambda one: one.loss_pa, reverse=True)
    least = limit["nominal_least_ratio"] * (1.0 - limit["rounding_ratio"])
    most_pa = limit["most_loss_pa"] * (1.0 + limit["rounding_ratio"])
    wrong = [one for one in by_loss if _nominal_ratio(one) < least or one.loss_pa > most_pa]
    worst = (wrong or by_loss)[0]
    return Outcome(
        holds=not wrong,
        required=required,
        found=text(
            "{meter}: nominal {nominal} m³/h for {flow} m³/h ({ratio} %), {loss} kPa at the design flow",
            meter=worst.id,
            nominal=figure(_nominal_m3_h(worst), 1),
            flow=figure(3.6 * worst.flow_kg_s, 2),
            ratio=percent(_nominal_ratio(worst)),
            loss=figure(worst.loss_pa / 1000.0, 1),
        ),
        where=tuple(one.id for one in wrong),
        note=_oversized(meters, limit["nominal_least_ratio"], limit["most_loss_pa"]),
    )


def _nominal_m3_h(meter: Device) -> float:
    """Return the nominal flow a meter is marked with (qp1.5), 0 where it has no mark."""
    mark = _NOMINAL.fullmatch(meter.preset)
    return float(mark[1]) if mark else 0.0


def _nominal_ratio(meter: Device) -> float:
    return _nominal_m3_h(meter) / (3.6 * meter.flow_kg_s)


def _oversized(meters: Sequence[Device], share: float, most_pa: float) -> Text:
    """Return for how many meters a smaller one would do, or is left for what it would lose."""
    smaller = sum(_smaller_exists(one, share, most_pa) for one in meters)
    if smaller:
        return text("{count} meters could be smaller", count=smaller)
    quieter = sum(_smaller_exists(one, share, float("inf")) for one in meters)
    return text("{count} meters are larger to lose less", count=quieter) if quieter else NOTHING


def _smaller_exists(meter: Device, share: float, most_pa: float) -> bool:
    """Return whether the series has a smaller meter that carries the flow and loses no more than it may."""
    flow_m3_h = 3.6 * meter.flow_kg_s
    return any(
        share * flow_m3_h <= size["nominal_m3_h"] < _nominal_m3_h(meter)
        and size["loss_pa"] * (flow_m3_h / size["nominal_m3_h"]) ** 2 <= most_pa
        for size in tables.load("valves")[_METER_SERIES[meter.kind]]
    )


def trv_kind(design: Design, row: Row) -> Outcome:
    """Double pipes take valves with high resistance, presettable in tall houses; bypasses low resistance."""
    limit = row["limit"]
    single = design.form is SystemForm.VERTICAL_SINGLE_BYPASS or design.loop is Loop.SINGLE_BYPASS
    valves = [one for one in design.devices if one.kind is DeviceKind.TRV]
    if single:
        required = text("low resistance, Kv at least {kv} m³/h", kv=figure(limit["low_least_m3_h"], 1))
        wrong = [one for one in valves if one.kv_m3_h < limit["low_least_m3_h"]]
    else:
        required = text(
            "high resistance, Kv at most {kv} m³/h; presettable above {storeys} storeys",
            kv=figure(limit["high_most_m3_h"], 1),
            storeys=limit["most_storeys_without_preset"],
        )
        tall = design.building.storeys > limit["most_storeys_without_preset"]
        wrong = [one for one in valves if one.kv_m3_h > limit["high_most_m3_h"] or (tall and not one.preset)]
    if not valves:
        return not_applicable(required, text("no thermostatic valves"))
    kvs = [one.kv_m3_h for one in valves]
    return Outcome(
        holds=not wrong,
        required=required,
        found=text(
            "{count} valves, Kv {low} to {high} m³/h, {wrong} of another kind",
            count=len(valves),
            low=figure(min(kvs), 2),
            high=figure(max(kvs), 2),
            wrong=len(wrong),
        ),
        where=tuple(one.id for one in wrong),
    )


def flow_controllers(design: Design, row: Row) -> Outcome:
    """Flow varies: no flow controllers; pressure controllers only where valves could not throttle quietly."""
    noisy_pa = row["limit"]["noisy_above_pa"]
    controllers = [one.id for one in design.devices if one.kind is DeviceKind.PRESSURE_CONTROLLER]
    return Outcome(
        holds=not controllers or design.inlet_pa > noisy_pa,
        required=text(
            "no flow controller; a pressure controller only where the inlet may bring more than {noisy} kPa"
            " to the valves",
            noisy=figure(noisy_pa / 1000.0),
        ),
        found=text(
            "no flow controllers, {count} pressure controllers, inlet {inlet} kPa",
            count=len(controllers),
            inlet=figure(design.inlet_pa / 1000.0, 1),
        ),
        where=tuple(controllers),
        note=text("give the calculation of the inlet's swing as the reason") if controllers else NOTHING,
    )


def household_strainer(design: Design, row: Row) -> Outcome:
    """Where a household is metered, a strainer stands before the meter."""
    required = text("a strainer before every household meter or the place kept for it")
    metered = {
        one.flat
        for one in design.devices
        if one.kind in (DeviceKind.HOUSEHOLD_METER, DeviceKind.METER_SPOOL) and one.flat
    }
    if not metered:
        return not_applicable(required, text("no household meters"))
    strained = {one.flat for one in design.devices if one.kind is DeviceKind.HOUSEHOLD_STRAINER}
    missing = tuple(flat.id for flat in design.flats if flat.id in metered - strained)
    return Outcome(
        holds=not missing,
        required=required,
        found=text("{missing} of {flats} flats without one", missing=len(missing), flats=len(metered)),
        where=missing,
    )


def vents(design: Design, row: Row) -> Outcome:
    """Every riser has a vent at its top."""
    return _on_every_riser(design, DeviceKind.VENT, text("a vent at the top of every riser"))


def drains(design: Design, row: Row) -> Outcome:
    """Every riser has a drain at its foot."""
    return _on_every_riser(design, DeviceKind.DRAIN, text("a drain at the foot of every riser"))


def _on_every_riser(design: Design, kind: DeviceKind, required: Text) -> Outcome:
    risers: Sequence[RiserDesign] = design.risers
    if not risers:
        return not_applicable(required, text("no risers"))
    fitted = {one.riser for one in design.devices if one.kind is kind}
    bare = tuple(riser.id for riser in risers if riser.id not in fitted)
    return Outcome(
        holds=not bare,
        required=required,
        found=text("{bare} of {risers} risers without one", bare=len(bare), risers=len(risers)),
        where=bare,
    )
