"""Checks of the radiators."""

from __future__ import annotations

from fenhu import tables
from fenhu.design.review.values import NOTHING, Outcome, Row, Verdict, figure, not_applicable
from fenhu.design.values import Action, Design, DeviceKind, RadiatorDesign
from fenhu.wording import bilingual, text

_METERS = (DeviceKind.HOUSEHOLD_METER, DeviceKind.BUILDING_METER)


def cast_iron(design: Design, row: Row) -> Outcome:
    """Cast iron with sand inside spoils meters and thermostatic valves."""
    required = text("cast iron without sand inside where meters or thermostatic valves stand")
    cast = [one for one in design.radiators if _listed(one).get("inner_sand")]
    guarded = any(device.kind in (*_METERS, DeviceKind.TRV) for device in design.devices)
    if not cast or not guarded:
        return not_applicable(required, text("{count} radiators of cast iron", count=len(cast)))
    old = [one for one in cast if one.action in (Action.KEEP, Action.EXTEND)]
    return Outcome(
        holds=not old,
        required=required,
        found=text(
            "{old} old radiators of cast iron stay, {new} are new", old=len(old), new=len(cast) - len(old)
        ),
        where=tuple(one.id for one in old),
        note=(
            text("flush them and keep the strainers, or replace them")
            if old
            else text("order them with the inside free of sand")
        ),
    )


def _listed(radiator: RadiatorDesign) -> Row:
    """Return the row of a radiator's kind, empty for a kind no table lists."""
    row: Row = tables.load("radiators")["radiator"].get(radiator.kind, {})
    return row


def sections(design: Design, row: Row) -> Outcome:
    """No radiator has more sections than its kind bears: 20 of coarse columns, 25 of slim ones."""
    limit = row["limit"]
    required = text(
        "coarse columns at most {coarse} sections, slim ones {slim}, by kind",
        coarse=limit["coarse_most_sections"],
        slim=limit["slim_most_sections"],
    )
    shares = {
        one.id: one.sections / _listed(one)["most_sections"]
        for one in design.radiators
        if _listed(one).get("most_sections")
    }
    if not shares:
        return not_applicable(required, text("no column radiators"))
    by_share = sorted(
        (one for one in design.radiators if one.id in shares), key=lambda one: shares[one.id], reverse=True
    )
    over = [one for one in by_share if shares[one.id] > 1.0]
    chosen = [one for one in over if one.action is not Action.KEEP]
    longest = (chosen or by_share)[0]
    return Outcome(
        holds=not over,
        required=required,
        found=text(
            "radiator {radiator} has {sections} sections of {kind}, at most {most}",
            radiator=longest.id,
            sections=longest.sections,
            kind=bilingual(_listed(longest)["name"], _listed(longest)["name_en"]),
            most=_listed(longest)["most_sections"],
        ),
        where=tuple(one.id for one in (*chosen, *(one for one in over if one not in chosen))),
        note=(
            text("{count} of them stand there already and stay", count=len(over) - len(chosen))
            if len(over) > len(chosen)
            else NOTHING
        ),
        severity=None if chosen else Verdict.ADVICE,
    )


def output(design: Design, row: Row) -> Outcome:
    """Every radiator gives its load; the remainder of a section that may be dropped is granted."""
    required = text(
        "at least the load of every radiator, what rounding drops granted; one that stays need not carry the"
        " allowance for neighbours"
    )
    if not design.radiators:
        return not_applicable(required, text("no radiators"))
    by_share = sorted(design.radiators, key=_share)
    short = [one for one in by_share if one.output_w < _least_w(one, row)]
    worst = (short or by_share)[0]
    return Outcome(
        holds=not short,
        required=required,
        found=text(
            "radiator {radiator} gives {output} W of {load} W",
            radiator=worst.id,
            output=figure(worst.output_w),
            load=figure(_wanted_w(worst)),
        ),
        where=tuple(one.id for one in short),
        note=text("{count} radiators are too small", count=len(short)) if short else NOTHING,
    )


def _wanted_w(radiator: RadiatorDesign) -> float:
    """Return what a radiator has to carry: one that stays as it is, its room's load without the allowance."""
    kept = radiator.action is Action.KEEP
    return radiator.load_w - radiator.allowance_w if kept else radiator.load_w


def _share(radiator: RadiatorDesign) -> float:
    wanted_w = _wanted_w(radiator)
    return radiator.output_w / wanted_w if wanted_w > 0.0 else float("inf")


def _least_w(radiator: RadiatorDesign, row: Row) -> float:
    """Return what a radiator must give at least: its load without the remainder that may be dropped."""
    area_m2 = radiator.sections * _listed(radiator).get("area_m2", 0.0)
    dropped = row["limit"]["dropped_area_m2"] / area_m2 if area_m2 else 0.0
    return float(_wanted_w(radiator) * (1.0 - row["limit"]["rounding_ratio"]) / (1.0 + dropped))
