"""The list of buildings: filtered, sorted, one page at a time; never more than the page is read.

Its sums are those of a short while ago (``recent``), its rows are always read anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q, Sum

from fenhu.records import OwnerKind, SystemForm
from fenhu.web import clock
from fenhu.web.access.scope import NOTHING, ScopedQuerySet
from fenhu.web.hits import Asked
from fenhu.web.paging import placed
from fenhu.web.recent import recent
from fenhu.web.registry.queries import Choice, choices, visible_buildings, with_words
from fenhu.web.rules import current_policy
from fenhu.web.works.facts.project import APPROVED_PLANS
from fenhu.web.works.models import Study
from fenhu.web.works.queries.layers import LAYERS, Kind
from fenhu.web.works.queries.milestones import MILESTONES

PAGE_SIZE = 50
ANY_YEAR = "any"
# What "temperature" in the list can narrow to: the column, and below which room temperature it lies.
COLDER: Mapping[str, tuple[str, float]] = {
    "min-16": ("outcome__before_min_c", 16.0), "min-18": ("outcome__before_min_c", 18.0),
    "mean-18": ("outcome__before_mean_c", 18.0), "after-18": ("outcome__after_min_c", 18.0),
}  # fmt: skip

COLUMNS: Mapping[str, str] = {
    "code": "code", "name": "name", "estate": "estate", "address": "address", "district": "district",
    "authority": "authority", "supplier": "supplier__name", "owner": "owner__name",
    "owner_kind": "owner_kind",
    "system_form": "system_form", "year_built": "year_built", "flats": "flat_count",
    "heated_area_m2": "heated_area_m2", "before_mean_c": "outcome__before_mean_c",
    "before_min_c": "outcome__before_min_c", "before_below_18": "outcome__before_below_18",
    "after_mean_c": "outcome__after_mean_c", "after_below_18": "outcome__after_below_18",
    "priority": "outcome__priority", "priority_class": "outcome__priority_class",
    "planned_year": "outcome__planned_year", "cost_fen": "outcome__cost_fen", "status": "outcome__status",
}  # fmt: skip
# What the list can be sorted by: each has an index, so that a page of a province costs what a town's does.
SORTED: Mapping[str, str] = {
    name: COLUMNS[name]
    for name in (
        "code", "name", "district", "system_form", "year_built", "flats", "heated_area_m2", "before_mean_c",
        "before_min_c", "before_below_18", "after_below_18", "priority", "planned_year", "cost_fen",
    )
} | {"supplier": "supplier_id"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingFilter:
    """What a list of buildings is narrowed to; empty means all.

    ``year`` is a year or ``none``, ``criterion`` the code of one that is met, ``colder`` a key of ``COLDER``;
    ``state``, ``warmth`` and ``urgency`` are codes of the kinds of those layers. ``year`` may be ``any``;
    ``approved`` is the year of an approved plan, ``decade`` the first year of the ten a house was built in;
    ``works`` is the year of the conversion, ``step`` a code of ``MILESTONES``, within the days ``since`` and
    ``until``, by ISO 8601.
    """

    search: str = ""
    district: str = ""
    supplier: str = ""
    owner_kind: str = ""
    authority: str = ""
    system_form: str = ""
    year: str = ""
    criterion: str = ""
    colder: str = ""
    cluster: str = ""
    state: str = ""
    warmth: str = ""
    urgency: str = ""
    approved: str = ""
    decade: str = ""
    works: str = ""
    step: str = ""
    since: str = ""
    until: str = ""
    priority_class: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingRow:
    """One building in a list; what the study says is None where none has run."""

    code: str
    name: str
    estate: str
    address: str
    district: str
    authority: str
    supplier: str
    owner: str
    owner_kind: OwnerKind
    system_form: SystemForm
    year_built: int
    flats: int
    heated_area_m2: float
    before_mean_c: float | None
    before_min_c: float | None
    before_below_18: int | None
    after_mean_c: float | None
    after_below_18: int | None
    priority: float | None
    priority_class: bool | None
    planned_year: int | None
    cost_fen: int | None
    status: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingPage:
    """One page of the list, with the sums over everything the filter lets through."""

    rows: tuple[BuildingRow, ...]
    page: int
    pages: int
    total: int
    flats: int
    cold_flats: int
    cold_flats_after: int
    heated_area_m2: float
    sort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingChoices:
    """What the list can be filtered by, among all a person may see."""

    districts: tuple[Choice, ...]
    suppliers: tuple[Choice, ...]
    owner_kinds: tuple[Choice, ...]
    system_forms: tuple[Choice, ...]
    years: tuple[Choice, ...]
    criteria: tuple[Choice, ...]
    states: tuple[Kind, ...]


def building_page(
    user: Any, chosen: BuildingFilter, *, sort: str = "code", page: int = 1, per_page: int = PAGE_SIZE
) -> BuildingPage:
    """Return one page of the buildings ``user`` may see; an unknown ``sort`` sorts by code."""
    sums = recent(_sums, user, chosen)
    page, pages = placed(page, sums["total"], per_page)
    sort = sort if sort.removeprefix("-") in SORTED else "code"
    return BuildingPage(
        rows=_rows(found_buildings(user, chosen), sort, (page - 1) * per_page, per_page),
        page=page,
        pages=pages,
        total=sums["total"],
        flats=sums["flats"] or 0,
        cold_flats=sums["cold"] or 0,
        cold_flats_after=sums["cold_after"] or 0,
        heated_area_m2=sums["area"] or 0.0,
        sort=sort,
    )


def _sums(user: Any, chosen: BuildingFilter) -> dict[str, Any]:
    return found_buildings(user, chosen).aggregate(
        total=Count("pk"), flats=Sum("flat_count"), area=Sum("heated_area_m2"),
        cold=Sum("outcome__before_below_18"), cold_after=Sum("outcome__after_below_18"),
    )  # fmt: skip


def _rows(found: ScopedQuerySet, sort: str, start: int, count: int) -> tuple[BuildingRow, ...]:
    """Return some rows in order: those that have the column first, for only they can follow an index."""
    column, ties = _order(sort)
    known = found.filter(**{f"{column.removeprefix('-')}__isnull": False})
    rows = list(rows_of(known.order_by(column, ties)[start : start + count]))
    if len(rows) < count:
        blank = found.filter(**{f"{column.removeprefix('-')}__isnull": True}).order_by("code")
        begin = 0 if rows else max(0, start - known.count())
        rows += rows_of(blank[begin : begin + count - len(rows)])
    return tuple(rows)


def _order(sort: str) -> tuple[str, str]:
    """Return the column to sort by and what tells ties apart, both as an index of their table has them."""
    down, column = "-" if sort.startswith("-") else "", SORTED[sort.removeprefix("-")]
    ties = "outcome__building_id" if column.startswith("outcome__") else "code"
    return f"{down}{column}", f"{down}{ties}"


def building_rows(user: Any, chosen: BuildingFilter, *, sort: str = "code") -> Iterator[BuildingRow]:
    """Yield every building the filter lets through, for an export."""
    sort = sort if sort.removeprefix("-") in SORTED else "code"
    return rows_of(_sorted(found_buildings(user, chosen), sort))


def building_choices(user: Any) -> BuildingChoices:
    """Return what the list can be filtered by."""
    seen = with_outcome(visible_buildings(user))
    return BuildingChoices(
        districts=choices(seen, "district", "district"),
        suppliers=choices(seen, "supplier_id", "supplier__name"),
        owner_kinds=choices(seen, "owner_kind", "owner_kind"),
        system_forms=choices(seen, "system_form", "system_form"),
        years=choices(seen, "outcome__planned_year", "outcome__planned_year"),
        criteria=_criteria(seen),
        states=LAYERS["state"].kinds(),
    )


def _criteria(seen: ScopedQuerySet) -> tuple[Choice, ...]:
    met: Counter[str] = Counter()
    counted = seen.order_by().values_list("outcome__criteria_met").annotate(count=Count("pk"))
    for codes, count in counted:
        met.update(dict.fromkeys((codes or "").strip(",").split(","), count))
    return tuple(
        Choice(value=one.code, label=str(one.name), count=met[one.code]) for one in current_policy().criteria
    )


def with_outcome(buildings: ScopedQuerySet) -> ScopedQuerySet:
    """Return ``buildings`` joined with what the current study says of each."""
    study = Study.objects.filter(current=True).values_list("pk", flat=True).first()
    return buildings.annotate(outcome=FilteredRelation("outcomes", condition=Q(outcomes__study=study)))


def found_buildings(user: Any, chosen: BuildingFilter) -> ScopedQuerySet:
    """Return the buildings the filter lets through, joined with their outcome and their living project."""
    living = FilteredRelation("projects", condition=~Q(projects__state="withdrawn"))
    found = with_outcome(visible_buildings(user)).annotate(project=living)
    for name in ("district", "owner_kind", "authority", "system_form"):
        if value := getattr(chosen, name):
            found = found.filter(**{name: value})
    if chosen.supplier.isdecimal():
        found = found.filter(supplier_id=int(chosen.supplier))
    if chosen.year == ANY_YEAR:
        found = found.filter(outcome__planned_year__isnull=False)
    if chosen.approved.isdecimal():
        found = found.filter(
            plan_items__plan__state__in=APPROVED_PLANS, plan_items__plan__year=int(chosen.approved)
        )
    if chosen.works.isdecimal():
        found = found.filter(project__year=int(chosen.works))
    if chosen.step:
        found = found.filter(_came_through(chosen))
    if chosen.decade.isdecimal():
        found = found.filter(year_built__range=(int(chosen.decade), int(chosen.decade) + 9))
    for code, layer in LAYERS.items():
        wanted = getattr(chosen, code)
        if wanted and (code, wanted) != ("year", ANY_YEAR):
            kind = layer.kind(wanted)
            found = found.filter(kind.where if kind else NOTHING)
    if chosen.cluster:
        found = found.filter(Q(cluster=chosen.cluster) | Q(cluster="", estate=chosen.cluster))
    if chosen.criterion:
        found = found.filter(outcome__criteria_met__contains=f",{chosen.criterion},")
    if chosen.colder in COLDER:
        column, below_c = COLDER[chosen.colder]
        found = found.filter(**{f"{column}__lt": below_c})
    if chosen.priority_class:
        found = found.filter(outcome__priority_class=True)
    return with_words(found, Asked.of(chosen.search).parts)


def _came_through(chosen: BuildingFilter) -> Q:
    """Return the condition of a milestone; an unknown one, or days that are none, let nothing through."""
    milestone = MILESTONES.get(chosen.step)
    try:
        since = date.fromisoformat(chosen.since) if chosen.since else date.min
        until = date.fromisoformat(chosen.until) if chosen.until else clock.today()
    except ValueError:
        return NOTHING
    return NOTHING if milestone is None else milestone.where(since, until)


def _sorted(found: ScopedQuerySet, sort: str) -> ScopedQuerySet:
    column, ties = _order(sort)
    order = F(column.removeprefix("-"))
    return found.order_by(
        order.desc(nulls_last=True) if column.startswith("-") else order.asc(nulls_last=True), ties
    )


def rows_of(found: ScopedQuerySet) -> Iterator[BuildingRow]:
    """Yield a row per building of ``found``, which is joined by ``with_outcome``."""
    for values in found.values_list(*COLUMNS.values()):
        row = dict(zip(COLUMNS, values, strict=True))
        row |= {"owner": row["owner"] or "", "owner_kind": OwnerKind(row["owner_kind"]),
                "system_form": SystemForm(row["system_form"])}  # fmt: skip
        yield BuildingRow(**row)
