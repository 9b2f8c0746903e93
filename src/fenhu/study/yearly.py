"""The plan year by year: which buildings, how many flats, and what each payer pays, mains included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from fenhu.records import BuildingRecord, Payer
from fenhu.study.chain import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfPlan:
    """One year of the plan; ``mains_fen`` (mains and setting up works) is part of ``cost_fen``."""

    year: int
    rows: tuple[BuildingRecord, ...]
    cost_fen: Mapping[Payer, int]
    mains_fen: int

    @property
    def flats(self) -> int:
        """Return the flats converted in the year."""
        return sum(row.flats for row in self.rows)

    @property
    def area_m2(self) -> float:
        """Return the heated area converted in the year."""
        return sum(row.heated_area_m2 for row in self.rows)


def plan_years(study: Study) -> tuple[YearOfPlan, ...]:
    """Return every year of the programme, those without buildings included."""
    return tuple(_year(study, year) for year in study.policy.programme.years)


def _year(study: Study, year: int) -> YearOfPlan:
    rows = [row for row in study.register.buildings if study.year_of[row.code] == year]
    cost: Counter[Payer] = Counter(dict.fromkeys(Payer, 0))
    for row in rows:
        cost.update(study.priced[row.code].shared.total)
    index = year - study.task.instance.first_year
    mains = study.works.mains_fen[index] + study.works.mobilise_fen[index]
    upper = study.works.upper_fen[index]
    cost[Payer.SUPPLIER] += mains - upper
    cost[Payer.UPPER] += upper
    return YearOfPlan(
        year=year,
        rows=tuple(rows),
        cost_fen=dict(cost),
        mains_fen=mains,
    )
