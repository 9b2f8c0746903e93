"""Checks of what the city's document asks of every flat."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from fenhu.design.review.form import FORM_NAMES
from fenhu.design.review.values import NOTHING, Outcome, Row, not_applicable
from fenhu.design.values import Design, DeviceKind
from fenhu.policy import Policy
from fenhu.wording import Text, text


def fileable_form(design: Design, row: Row, policy: Policy) -> Outcome:
    """The form is one the city accepts."""
    reason = policy.form.fileable(design.form)
    return Outcome(
        holds=reason is None,
        required=text("a form with which each flat can be run alone"),
        found=FORM_NAMES[design.form],
        note=reason or NOTHING,
    )


def circulates_alone(design: Design, row: Row, policy: Policy) -> Outcome:
    """Every flat hangs on one riser by one loop."""
    required = text("every flat on one loop of its own")
    if "circulate" not in policy.form.each_flat:
        return not_applicable(required, text("not asked for"))
    return _of_flats(design, required, (flat.id for flat in design.flats if len(flat.risers) != 1))


def shut_off_alone(design: Design, row: Row, policy: Policy) -> Outcome:
    """Every flat has a lock valve."""
    required = text("a lock valve for every flat")
    if "shut_off" not in policy.form.each_flat:
        return not_applicable(required, text("not asked for"))
    return _of_flats(design, required, _without(design, (DeviceKind.LOCK_VALVE,)))


def regulated_alone(design: Design, row: Row, policy: Policy) -> Outcome:
    """Every flat has thermostatic valves."""
    required = text("thermostatic valves in every flat")
    if "regulate" not in policy.form.each_flat:
        return not_applicable(required, text("not asked for"))
    return _of_flats(design, required, _without(design, (DeviceKind.TRV,)))


def metered_alone(design: Design, row: Row, policy: Policy) -> Outcome:
    """Every flat has a heat meter or the place kept for one."""
    required = text("a heat meter for every flat, or the place kept for one")
    if "meter" not in policy.form.each_flat:
        return not_applicable(required, text("not asked for"))
    return _of_flats(design, required, _without(design, (DeviceKind.HOUSEHOLD_METER, DeviceKind.METER_SPOOL)))


def _without(design: Design, kinds: Collection[DeviceKind]) -> Iterable[str]:
    """Return the flats that have no device of the kinds."""
    fitted = {one.flat for one in design.devices if one.kind in kinds}
    return (flat.id for flat in design.flats if flat.id not in fitted)


def _of_flats(design: Design, required: Text, lacking: Iterable[str]) -> Outcome:
    where = tuple(lacking)
    return Outcome(
        holds=not where,
        required=required,
        found=text("{lacking} of {flats} flats lack it", lacking=len(where), flats=len(design.flats)),
        where=where,
    )
