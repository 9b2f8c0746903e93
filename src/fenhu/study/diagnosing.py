"""Simulate every building of a register before and after conversion, and hold it against the criteria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from fenhu import building, diagnosis, stock, tables
from fenhu.engines import PROCESSES, Engine
from fenhu.errors import FenhuError
from fenhu.policy import Policy
from fenhu.records import BuildingRecord, Diagnosis, FlatRecord, Register, StockHeat, SystemForm
from fenhu.study.progress import Cancelled, Progress, never, silent
from fenhu.wording import text


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosed:
    """A register's simulated heat and diagnoses, by building code."""

    heats: Mapping[str, StockHeat]
    diagnoses: Mapping[str, Diagnosis]


def diagnose_register(
    register: Register,
    policy: Policy,
    *,
    progress: Progress = silent,
    cancelled: Cancelled = never,
    engine: Engine = PROCESSES,
) -> Diagnosed:
    """Simulate and diagnose every building; one that cannot be simulated keeps its status."""
    heats = simulate_register(register, policy, progress=progress, cancelled=cancelled, engine=engine)
    flats = register.flats_by_building()
    estates = diagnosis.estate_evidence(register)
    diagnoses = {
        record.code: diagnosis.diagnose(
            record, flats[record.code], heats[record.code], estates[record.code], policy
        )
        for record in register.buildings
    }
    return Diagnosed(heats=heats, diagnoses=diagnoses)


def simulate_register(
    register: Register,
    policy: Policy,
    *,
    progress: Progress = silent,
    cancelled: Cancelled = never,
    engine: Engine = PROCESSES,
) -> Mapping[str, StockHeat]:
    """Simulate every building as it is and as ``household_double`` at the city's design weather."""
    flats = register.flats_by_building()
    outdoor_c = outdoor_design_c(policy)
    pairs: list[tuple[building.Building, building.Building]] = []
    heats: dict[str, StockHeat] = {}
    for record in register.buildings:
        try:
            before = building.from_record(record, flats[record.code], outdoor_c)
            pairs.append((before, building.convert(before, SystemForm.HOUSEHOLD_DOUBLE)))
        except FenhuError as fault:
            heats[record.code] = not_simulated(record.code, str(fault))

    def report(done: int, total: int) -> None:
        progress(text("Simulating buildings"), done, total)

    for heat in stock.simulate_stock(pairs, engine=engine, progress=report, cancelled=cancelled):
        heats[heat.code] = heat
    return {record.code: heats[record.code] for record in register.buildings}


def explain_register(
    register: Register,
    policy: Policy,
    *,
    progress: Progress = silent,
    cancelled: Cancelled = never,
    engine: Engine = PROCESSES,
) -> Mapping[str, stock.Explained]:
    """Return, for every building that can be modelled, what explains its measured rooms."""
    flats = register.flats_by_building()
    houses: list[building.Building] = []
    for record in register.buildings:
        with suppress(FenhuError):
            houses.append(building.from_record(record, flats[record.code], outdoor_design_c(policy)))

    def report(done: int, total: int) -> None:
        progress(text("Explaining measured rooms"), done, total)

    found = stock.explain_stock(houses, engine=engine, progress=report, cancelled=cancelled)
    return {one.code: one for one in found}


def explain_building(record: BuildingRecord, flats: Sequence[FlatRecord], policy: Policy) -> stock.Explained:
    """Return what explains the measured rooms of one building.

    Raises
    ------
    FenhuError
        If the building cannot be modelled.
    """
    return stock.explain(building.from_record(record, flats, outdoor_design_c(policy)))


def not_simulated(code: str, status: str) -> StockHeat:
    """Return the row of a building nobody could build a model of."""
    return StockHeat(code=code, status=status, before=None, after=None, assumed=())


def outdoor_design_c(policy: Policy) -> float:
    """Return the outdoor design temperature of the policy's city.

    References
    ----------
    GB 50736-2012 appendix A; ``docs/sources.md``.
    """
    return float(tables.load("climate")["station"][policy.climate.station]["heating_c"])
