"""A register's buildings through a heating season, as they are and, where asked for, converted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fenhu import building, stock
from fenhu.building import Building, Winter
from fenhu.engines import PROCESSES, Engine
from fenhu.errors import FenhuError
from fenhu.heat import Weather
from fenhu.policy import Policy
from fenhu.records import Assumption, Register, SystemForm
from fenhu.study.diagnosing import outdoor_design_c
from fenhu.study.progress import Cancelled, Progress, never, silent
from fenhu.wording import Text, text

FormOf = Callable[[SystemForm], SystemForm]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSeason:
    """A building's season in one form; ``totals`` are those of ``fenhu.building.season_totals``."""

    system_form: SystemForm
    totals: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingSeason:
    """One building through the season; ``faults`` say why a state that was asked for has none."""

    code: str
    before: StateSeason | None
    after: StateSeason | None
    assumed: tuple[Assumption, ...]
    faults: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSeasons:
    """The season's weather, and every building of the register in its order."""

    weather: Weather
    buildings: tuple[BuildingSeason, ...]


def season_register(
    register: Register,
    policy: Policy,
    *,
    form_of: FormOf | None = None,
    epw: Path | None = None,
    hourly: bool = False,
    progress: Progress = silent,
    cancelled: Cancelled = never,
    engine: Engine = PROCESSES,
) -> RegisterSeasons:
    """Return every building of a register through the heating season of the policy's city.

    Parameters
    ----------
    register, policy : the buildings, and whose station and heating season.
    form_of : gives the form a building of some form is converted to, if the season after is wanted too.
    epw, hourly : as ``fenhu.building.winter_weather`` takes them.
    progress, cancelled, engine : how far it is, whether to stop, and where it is calculated.

    Raises
    ------
    InputFault
        If the weather file cannot be used, or the engine is a cluster that does not answer.
    """
    outside = building.winter_weather(
        policy.climate.station, policy.calendar.season_of, epw=epw, hourly=hourly
    )
    flats, outdoor_c = register.flats_by_building(), outdoor_design_c(policy)
    models: dict[str, tuple[Sequence[Building], Winter]] = {}
    not_modelled: dict[str, BuildingSeason] = {}
    for record in register.buildings:
        try:
            house = building.from_record(record, flats[record.code], outdoor_c)
            after = [] if form_of is None else [building.convert(house, form_of(house.system_form))]
            models[record.code] = ([house, *after], building.winter_in(house, outside))
        except FenhuError as fault:
            not_modelled[record.code] = _without_model(record.code, fault.message)

    def report(done: int, total: int) -> None:
        progress(text("Simulating heating seasons"), done, total)

    houses = [(state, winter) for states, winter in models.values() for state in states]
    found = iter(stock.season_stock(houses, engine=engine, progress=report, cancelled=cancelled))
    rows = {
        code: _row(states, winter, [next(found) for _ in states]) for code, (states, winter) in models.items()
    }
    return RegisterSeasons(
        weather=outside.weather,
        buildings=tuple((rows | not_modelled)[record.code] for record in register.buildings),
    )


def _without_model(code: str, fault: Text) -> BuildingSeason:
    said = text("{building}: {fault}", building=code, fault=fault)
    return BuildingSeason(code=code, before=None, after=None, assumed=(), faults=(said,))


def _row(states: Sequence[Building], winter: Winter, found: Sequence[stock.HouseSeason]) -> BuildingSeason:
    seasons = [
        None if one.summary is None else StateSeason(
            system_form=state.system_form, totals=building.season_totals(state, one.summary)
        )
        for state, one in zip(states, found, strict=True)
    ]  # fmt: skip
    return BuildingSeason(
        code=states[0].code,
        before=seasons[0],
        after=seasons[1] if len(seasons) > 1 else None,
        assumed=(*states[0].assumed, *winter.assumed),
        faults=tuple(
            text("{building} as {form}: {fault}", building=state.code, form=state.system_form.value,
                 fault=one.fault)
            for state, one in zip(states, found, strict=True) if one.fault is not None
        ),
    )  # fmt: skip


def seasons_json(seasons: RegisterSeasons) -> dict[str, object]:
    """Return the fixed JSON of ``fenhu season REGISTER``: a row a building, as of one without its flats."""
    return {
        "season": building.season_days(seasons.weather),
        "buildings": [
            {
                "code": one.code,
                "status": "error" if one.faults else "converged",
                "fault": " ".join(str(fault) for fault in one.faults) or None,
                "assumed": [
                    {"key": made.key, "value": made.value, "reason": str(made.reason)} for made in one.assumed
                ],
                "before": _state_json(one.before),
                "after": _state_json(one.after),
            }
            for one in seasons.buildings
        ],
    }


def _state_json(state: StateSeason | None) -> dict[str, object] | None:
    return None if state is None else {"system_form": state.system_form.value, "totals": state.totals}


def season_sentences(seasons: RegisterSeasons) -> tuple[Text, ...]:
    """Return what the buildings take together, of those with every state that was asked for."""
    whole = [one for one in seasons.buildings if not one.faults]
    before = [one.before.totals for one in whole if one.before]
    after = [one.after.totals for one in whole if one.after]
    return (
        *((text("As they are, {sums}", sums=_sums(before)),) if before else ()),
        *((text("After the conversion, {sums}", sums=_sums(after)),) if after else ()),
        *(fault for one in seasons.buildings for fault in one.faults),
    )


def _sums(totals: Sequence[Mapping[str, Any]]) -> Text:
    def total(key: str) -> float:
        return float(sum(one[key] for one in totals))

    return text(
        "{buildings} buildings use {heat} GJ of heat ({per_area} GJ/m²) and {pump} kWh for pumping; {cold} "
        "flats are below 18 ℃ at times, together by {short} degree hours.",
        buildings=len(totals), heat=f"{total('heat_gj'):,.0f}",
        per_area=f"{total('heat_gj') / total('area_m2'):.3f}", pump=f"{total('pump_kwh'):,.0f}",
        cold=f"{total('flats_below_18'):,.0f}", short=f"{total('below_18_k_h'):,.0f}",
    )  # fmt: skip
