"""Checks of the water's temperatures, the system's form and its risers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from fenhu.building import Loop
from fenhu.design.review.values import Outcome, Row, figure, not_applicable
from fenhu.design.values import Design, DeviceKind
from fenhu.policy import Policy
from fenhu.records import SystemForm
from fenhu.wording import Text, bilingual, text

FORM_NAMES = {
    SystemForm.VERTICAL_SINGLE_SERIES: bilingual("垂直单管顺流", "vertical single-pipe series"),
    SystemForm.VERTICAL_SINGLE_BYPASS: bilingual("垂直单管跨越", "vertical single-pipe with bypass"),
    SystemForm.HORIZONTAL_SINGLE: bilingual("水平单管", "horizontal single-pipe"),
    SystemForm.HORIZONTAL_DOUBLE: bilingual("水平双管", "horizontal double-pipe"),
    SystemForm.UNIT_DOUBLE: bilingual("单元式双管", "unit-type double-pipe"),
    SystemForm.VERTICAL_DOUBLE: bilingual("垂直双管", "vertical double-pipe"),
    SystemForm.HOUSEHOLD_DOUBLE: bilingual("共用立管分户独立环路", "a loop for each flat on shared risers"),
}


def supply_temperature(design: Design, row: Row) -> Outcome:
    """Radiators are fed with at most 85 °C."""
    most_c = row["limit"]["supply_most_c"]
    required = text("at most {most} °C", most=figure(most_c))
    if design.loop is Loop.FLOOR_COIL:
        return not_applicable(required, text("floor heating"))
    return Outcome(
        holds=design.supply_c <= most_c,
        required=required,
        found=text("{temperature} °C", temperature=figure(design.supply_c, 1)),
    )


def temperature_fall(design: Design, row: Row) -> Outcome:
    """Supply and return differ by 20 K at least."""
    least_k, fall_k = row["limit"]["fall_least_k"], design.supply_c - design.return_c
    required = text("at least {least} K", least=figure(least_k))
    if design.loop is Loop.FLOOR_COIL:
        return not_applicable(required, text("floor heating"))
    return Outcome(
        holds=fall_k >= least_k - 1e-6,
        required=required,
        found=text(
            "{fall} K ({supply}/{back} °C)",
            fall=figure(fall_k, 1),
            supply=figure(design.supply_c, 1),
            back=figure(design.return_c, 1),
        ),
    )


def usual_temperatures(design: Design, row: Row) -> Outcome:
    """75/50 °C is advised."""
    supply_c, return_c = row["limit"]["supply_c"], row["limit"]["return_c"]
    required = text("{supply}/{back} °C advised", supply=figure(supply_c), back=figure(return_c))
    if design.loop is Loop.FLOOR_COIL:
        return not_applicable(required, text("floor heating"))
    return Outcome(
        holds=(design.supply_c, design.return_c) == (supply_c, return_c),
        required=required,
        found=text("{supply}/{back} °C", supply=figure(design.supply_c, 1), back=figure(design.return_c, 1)),
    )


def floor_coil_water(design: Design, row: Row) -> Outcome:
    """Heated floors are fed with 35 to 45 °C, cooled by 5 to 10 K."""
    limit, fall_k = row["limit"], design.supply_c - design.return_c
    required = text(
        "supply {supply_least} to {supply_most} °C, fall {fall_least} to {fall_most} K",
        supply_least=figure(limit["supply_least_c"]),
        supply_most=figure(limit["supply_most_c"]),
        fall_least=figure(limit["fall_least_k"]),
        fall_most=figure(limit["fall_most_k"]),
    )
    if design.loop is not Loop.FLOOR_COIL:
        return not_applicable(required, text("radiators"))
    return Outcome(
        holds=limit["supply_least_c"] <= design.supply_c <= limit["supply_most_c"]
        and limit["fall_least_k"] <= fall_k <= limit["fall_most_k"],
        required=required,
        found=text("{supply}/{back} °C", supply=figure(design.supply_c, 1), back=figure(design.return_c, 1)),
    )


def form(design: Design, row: Row) -> Outcome:
    """The form is one of those for dwellings."""
    return Outcome(
        holds=design.form.value in row["forms"],
        required=text(
            "vertical double-pipe or a loop for each flat on shared risers; also single-pipe with bypass"
        ),
        found=FORM_NAMES[design.form],
    )


def form_of_existing(design: Design, row: Row, policy: Policy | None) -> Outcome:
    """The standard advises against household loops where the city asks for them: both sides are printed."""
    existing = design.building.system_form
    required = text("vertical double-pipe or single-pipe with bypass; loops for each flat not advised")
    if existing.value not in row["existing"]:
        return not_applicable(required, text("existing: {form}", form=FORM_NAMES[existing]))
    found = text("{existing} becomes {form}", existing=FORM_NAMES[existing], form=FORM_NAMES[design.form])
    if design.form.value in row["advised"]:
        return Outcome(holds=True, required=required, found=found)
    return Outcome(holds=False, required=required, found=found, note=_other_side(design, policy))


def _other_side(design: Design, policy: Policy | None) -> Text:
    """Return what speaks for the form: the city's document, and what the design makes possible."""
    has = Counter(device.kind for device in design.devices)
    meters = has[DeviceKind.HOUSEHOLD_METER] + has[DeviceKind.METER_SPOOL]
    offered = text(
        "the design has {locks} lock valves, {meters} places for household meters, {trvs} thermostats",
        locks=has[DeviceKind.LOCK_VALVE],
        meters=meters,
        trvs=has[DeviceKind.TRV],
    )
    if policy is None:
        return offered
    return text(
        "the other side: {document}, clause {clause}, asks that each flat circulates alone and is regulated"
        " and metered alone; {offered}; state the reason",
        document=policy.document,
        clause=policy.form.clause,
        offered=offered,
    )


def bypass_storeys(design: Design, row: Row) -> Outcome:
    """A vertical single-pipe riser with bypasses feeds six storeys at most."""
    most = row["limit"]["most_storeys"]
    required = text("at most {most} storeys", most=most)
    if design.form is not SystemForm.VERTICAL_SINGLE_BYPASS:
        return not_applicable(required, FORM_NAMES[design.form])
    over = sorted(
        (riser for riser in design.risers if len(riser.storeys) > most),
        key=lambda riser: len(riser.storeys),
        reverse=True,
    )
    tallest = max((len(riser.storeys) for riser in design.risers), default=design.building.storeys)
    return Outcome(
        holds=tallest <= most,
        required=required,
        found=text("{storeys} storeys on a riser", storeys=tallest),
        where=tuple(riser.id for riser in over),
    )


def bypass_groups(design: Design, row: Row) -> Outcome:
    """A horizontal single-pipe loop with bypasses feeds six radiators at most."""
    most = row["limit"]["most_groups"]
    required = text("at most {most} radiators on a loop", most=most)
    loops = design.form is SystemForm.HOUSEHOLD_DOUBLE and design.loop is Loop.SINGLE_BYPASS
    if not loops and design.form is not SystemForm.HORIZONTAL_SINGLE:
        return not_applicable(required, FORM_NAMES[design.form])
    by_size = sorted(design.flats, key=lambda flat: len(flat.radiators), reverse=True)
    largest = len(by_size[0].radiators) if by_size else 0
    return Outcome(
        holds=largest <= most,
        required=required,
        found=text("{groups} radiators in the flat with most", groups=largest),
        where=tuple(flat.id for flat in by_size if len(flat.radiators) > most),
    )


def flats_a_floor(design: Design, row: Row) -> Outcome:
    """A shared riser feeds three flats on a floor at most."""
    most = row["limit"]["most_flats"]
    required = text("at most {most} flats a floor on a shared riser", most=most)
    counts = _counted(design, lambda flats: max(Counter(flats).values()))
    if not counts:
        return not_applicable(required, FORM_NAMES[design.form])
    riser, flats = counts[0]
    return Outcome(
        holds=flats <= most,
        required=required,
        found=text("riser {riser} feeds {flats} flats on a floor", riser=riser, flats=flats),
        where=_over(counts, most),
    )


def flats_a_riser(design: Design, row: Row) -> Outcome:
    """A shared riser feeds forty flats at most."""
    most = row["limit"]["most_flats"]
    required = text("at most {most} flats on a shared riser", most=most)
    counts = _counted(design, len)
    if not counts:
        return not_applicable(required, FORM_NAMES[design.form])
    riser, flats = counts[0]
    return Outcome(
        holds=flats <= most,
        required=required,
        found=text("riser {riser} feeds {flats} flats", riser=riser, flats=flats),
        where=_over(counts, most),
    )


def _counted(design: Design, count: Callable[[Sequence[int]], int]) -> list[tuple[str, int]]:
    """Return the shared risers with what is counted of their flats' storeys, the largest first."""
    if design.form is not SystemForm.HOUSEHOLD_DOUBLE:
        return []
    storey_of = {flat.id: flat.storey for flat in design.flats}
    counts = [
        (riser.id, count([storey_of[flat] for flat in riser.flats])) for riser in design.risers if riser.flats
    ]
    return sorted(counts, key=lambda pair: pair[1], reverse=True)


def _over(counts: Sequence[tuple[str, int]], most: float) -> tuple[str, ...]:
    return tuple(riser for riser, count in counts if count > most)
