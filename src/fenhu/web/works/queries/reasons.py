"""Why a building has its year, and what keeps the others out of every year: counted, and page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from fenhu.web.paging import placed
from fenhu.web.registry.queries import visible_buildings
from fenhu.web.works.models import BuildingOutcome
from fenhu.web.works.queries.buildings import PAGE_SIZE, BuildingRow, rows_of, with_outcome
from fenhu.web.works.stored import texts_from
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonedRow:
    """One building and the reasons the study gives."""

    building: BuildingRow
    reasons: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonedPage:
    """One page of buildings with their reasons."""

    rows: tuple[ReasonedRow, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What keeps some buildings out of every year; ``number`` names it in an address, from 1."""

    number: int
    label: Text
    buildings: int
    flats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnplannedView:
    """The buildings no year has a place for, by cause; ``chosen`` is the cause the page shows, 0 for all."""

    buildings: int
    flats: int
    causes: tuple[Cause, ...]
    chosen: int
    page: ReasonedPage


def planned(user: Any, year: int, *, page: int = 1) -> ReasonedPage:
    """Return a page of the buildings planned for ``year``, most urgent first."""
    outcomes = BuildingOutcome.objects.visible_to(user).filter(study__current=True, planned_year=year)
    ordered = outcomes.order_by("-priority", "building__code")
    return _page(user, list(ordered.values_list("building__code", flat=True)), page)


def unplanned(user: Any, *, cause: int = 0, page: int = 1) -> UnplannedView:
    """Return the buildings ``user`` may see that no year has a place for, most urgent first."""
    outcomes = BuildingOutcome.objects.visible_to(user).filter(study__current=True, planned_year=None)
    kept = outcomes.order_by("-priority", "building__code").values_list(
        "building__code", "building__flat_count", "cause"
    )
    left_out = [(code, flats, _cause(cause)) for code, flats, cause in kept]
    causes = _counted(left_out)
    chosen = cause if 0 < cause <= len(causes) else 0
    codes = [code for code, _, label in left_out if not chosen or label == causes[chosen - 1].label]
    return UnplannedView(
        buildings=len(left_out), flats=sum(flats for _, flats, _ in left_out), causes=causes, chosen=chosen,
        page=_page(user, codes, page),
    )  # fmt: skip


def _cause(stored: Mapping[str, Any] | None) -> Text:
    return Text.from_json(stored) if stored else text("No reason is kept; let the city be planned again")


def _counted(left_out: list[tuple[str, int, Text]]) -> tuple[Cause, ...]:
    labels: dict[str, Text] = {}
    buildings: Counter[str] = Counter()
    flats: Counter[str] = Counter()
    for _, count, label in left_out:
        key = label.in_language("en")
        labels.setdefault(key, label)
        buildings[key] += 1
        flats[key] += count
    ordered = sorted(labels, key=lambda key: (-buildings[key], key))
    return tuple(
        Cause(number=number, label=labels[key], buildings=buildings[key], flats=flats[key])
        for number, key in enumerate(ordered, start=1)
    )


def _page(user: Any, codes: list[str], page: int) -> ReasonedPage:
    page, pages = placed(page, len(codes), PAGE_SIZE)
    shown = codes[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    reasons = _reasons(shown)
    rows = {row.code: row for row in rows_of(with_outcome(visible_buildings(user)).filter(code__in=shown))}
    return ReasonedPage(
        rows=tuple(ReasonedRow(building=rows[code], reasons=reasons[code]) for code in shown),
        page=page, pages=pages, total=len(codes),
    )  # fmt: skip


def _reasons(codes: Collection[str]) -> Mapping[str, tuple[Text, ...]]:
    kept = BuildingOutcome.objects.filter(study__current=True, building__code__in=codes)
    return {code: texts_from(reasons) for code, reasons in kept.values_list("building__code", "reasons")}
