"""The review: every row of the table, judged by what was in force on a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from fenhu.design.review import city, devices, form, loads, pipes, pressure, proof, radiators
from fenhu.design.review.reminders import reminder
from fenhu.design.review.rows import cited, rows, title_of
from fenhu.design.review.values import NOTHING, Check, Outcome, Row, Verdict, not_applicable
from fenhu.design.values import Design
from fenhu.policy import Policy
from fenhu.wording import Text, text

Rule = Callable[[Design, Row], Outcome]
PolicyRule = Callable[[Design, Row, Policy | None], Outcome]
MOST_PLACES = 10

RULES: Mapping[str, Rule] = {
    "room_temperature": loads.room_temperature,
    "load_by_room": loads.load_by_room,
    "orientation": loads.orientation,
    "height_addition": loads.height_addition,
    "area_index": loads.area_index,
    "neighbour_allowance": loads.neighbour_allowance,
    "supply_temperature": form.supply_temperature,
    "temperature_fall": form.temperature_fall,
    "usual_temperatures": form.usual_temperatures,
    "floor_coil_water": form.floor_coil_water,
    "form": form.form,
    "bypass_storeys": form.bypass_storeys,
    "bypass_groups": form.bypass_groups,
    "flats_a_floor": form.flats_a_floor,
    "flats_a_riser": form.flats_a_riser,
    "cast_iron": radiators.cast_iron,
    "radiator_place": reminder,
    "sections": radiators.sections,
    "output": radiators.output,
    "main_slope": pipes.main_slope,
    "indoor_slope": pipes.indoor_slope,
    "branch_slope": reminder,
    "velocity": pipes.velocity,
    "end_size": pipes.end_size,
    "economical_loss": pipes.economical_loss,
    "smallest_size": pipes.smallest_size,
    "insulation": pipes.insulation,
    "sleeves": reminder,
    "imbalance": pressure.imbalance,
    "imbalance_goal": pressure.imbalance,
    "loss_margin": pressure.loss_margin,
    "gravity": pressure.gravity,
    "inlet_pressure": pressure.inlet_pressure,
    "usual_loss": pressure.usual_loss,
    "inlet": devices.inlet,
    "metering": devices.metering,
    "meter_size": devices.meter_size,
    "trv_kind": devices.trv_kind,
    "flow_controllers": devices.flow_controllers,
    "household_strainer": devices.household_strainer,
    "vents": devices.vents,
    "drains": devices.drains,
    "radiator_test": reminder,
    "system_test": reminder,
    "warm_enough": proof.warm_enough,
    "not_too_warm": proof.not_too_warm,
    "disturbance": proof.disturbance,
}


def _asked(rule: Callable[[Design, Row, Policy], Outcome]) -> PolicyRule:
    """Return a rule of the city's document that does not apply where no document is given."""

    def judged(design: Design, row: Row, policy: Policy | None) -> Outcome:
        if policy is None:
            return not_applicable(text("what the city's document asks"), text("no policy is given"))
        return rule(design, row, policy)

    return judged


POLICY_RULES: Mapping[str, PolicyRule] = {
    "outdoor_temperature": _asked(loads.outdoor_temperature),
    "form_of_existing": form.form_of_existing,
    "fileable_form": _asked(city.fileable_form),
    "circulates_alone": _asked(city.circulates_alone),
    "shut_off_alone": _asked(city.shut_off_alone),
    "regulated_alone": _asked(city.regulated_alone),
    "metered_alone": _asked(city.metered_alone),
}


def review(design: Design, *, on: date, policy: Policy | None = None) -> tuple[Check, ...]:
    """Return the review sheet of a design, a check for every row of ``tables/review.toml``.

    Parameters
    ----------
    design : the design with its balance and its proof.
    on : the day of the case; a standard in force only later gives advice.
    policy : the city's document; without it, what it asks for is not applicable.

    References
    ----------
    docs/engineers/review.md lists every row with its clause, limits and source.
    """
    return tuple(_check(code, row, design, on, policy) for code, row in rows().items())


def _check(code: str, row: Row, design: Design, on: date, policy: Policy | None) -> Check:
    clause, in_force = cited(row, on, policy)
    outcome = _outcome(code, row, design, policy)
    severity = outcome.severity or Verdict(row["severity"])
    if not in_force:
        severity = Verdict.ADVICE
    return Check(
        code=code,
        clause=clause.clause,
        title=title_of(row),
        required=outcome.required,
        found=outcome.found,
        verdict=_verdict(outcome.holds, severity),
        severity=severity,
        verified=clause.verified,
        where=outcome.where[:MOST_PLACES],
        note=outcome.note if in_force else _not_yet(clause.valid_from, outcome.note),
    )


def _outcome(code: str, row: Row, design: Design, policy: Policy | None) -> Outcome:
    if code in RULES:
        return RULES[code](design, row)
    return POLICY_RULES[code](design, row, policy)


def _verdict(holds: bool | None, severity: Verdict) -> Verdict:
    if holds is None:
        return Verdict.NOT_APPLICABLE
    return Verdict.PASS if holds else severity


def _not_yet(valid_from: date, note: Text) -> Text:
    later = text("in force from {day}; advice to this case", day=valid_from.isoformat())
    return later if note == NOTHING else text("{first}; {second}", first=later, second=note)
