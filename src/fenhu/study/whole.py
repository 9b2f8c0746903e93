"""The plan of whole buildings where stairwells were planned: a building stands in its first year of works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fenhu import planning
from fenhu.study.chain import Study
from fenhu.study.stairwells import building_code
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedBuilding:
    """A building's first year of works, or None with the ``cause`` it is counted under; why, in sentences."""

    year: int | None
    reasons: tuple[Text, ...]
    cause: Text | None


@dataclass(frozen=True, slots=True)
class _Item:
    """One item of a plan: a building or a stairwell, its year and why."""

    code: str
    year: int | None
    reasons: tuple[Text, ...]
    cause: Text | None


def planned_buildings(study: Study) -> Mapping[str, PlannedBuilding]:
    """Return the plan by building; stairwells that follow later, or have no year yet, are said."""
    items: dict[str, list[_Item]] = {}
    for code, house in study.house_of.items():
        item = _Item(code, study.year_of[code], study.reasons[code], study.causes.get(code))
        items.setdefault(house, []).append(item)
    return {house: _whole(own) for house, own in items.items()}


def buildings_of_plan(
    instance: planning.Instance, result: planning.PlanResult
) -> Mapping[str, PlannedBuilding]:
    """Return another plan of the same buildings by building, explained anew; years are labels."""
    explainer = planning.Explainer(instance, result)
    several = instance.part_ratio < 1.0
    items: dict[str, list[_Item]] = {}
    for index, (code, year) in enumerate(zip(instance.buildings.ids, result.year_of, strict=True)):
        if year is None:
            item = _Item(code, None, explainer.why_not(index), planning.cause_of(explainer, index))
        else:
            item = _Item(code, instance.first_year + year, explainer.why_year(index), None)
        items.setdefault(building_code(code) if several[index] else code, []).append(item)
    return {house: _whole(own) for house, own in items.items()}


def _whole(items: Sequence[_Item]) -> PlannedBuilding:
    first = min((item.year for item in items if item.year is not None), default=None)
    leading = next(item for item in items if item.year == first)
    later = (_follows(item) for item in items if item.year != first)
    return PlannedBuilding(year=first, reasons=(*leading.reasons, *later), cause=leading.cause)


def _follows(item: _Item) -> Text:
    unit = item.code.removeprefix(building_code(item.code)).removeprefix("/")
    if item.year is None:
        return text("Stairwell {unit} has no year yet.", unit=unit)
    return text("Stairwell {unit} follows in {year}.", unit=unit, year=str(item.year))
