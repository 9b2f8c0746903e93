"""Finding a building by what an older person types: half of a name, full-width figures, no spaces."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from fenhu.programme import PROJECT
from fenhu.web.registry.queries import full_name, published_buildings
from fenhu.web.works.queries import IN_USE, Lead, leads_of, published_projects
from fenhu.wording import Text

MOST = 30
LEAST_LETTERS = 2
# From this part of the pairs of letters typed on, a building is offered as nearly what was meant.
NEARLY = 0.6
STATES = OPEN, PLANNED, USED = "open", "planned", "in_use"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingRow:
    """One building as published: who answers for it, and once its plan is approved its year and step."""

    code: str
    name: str
    address: str
    district: str
    authority: str
    supplier: str
    flats: int
    state: str
    year: int | None
    step: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to call at a heat supplier; ``lead`` None as long as it has published nobody."""

    supplier: str
    lead: Lead | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """What was found; ``nearly`` where nothing fits wholly, ``more`` where not everything is shown."""

    words: str
    too_short: bool
    found: tuple[BuildingRow, ...]
    nearly: bool
    more: bool
    contacts: tuple[Contact, ...]


def search_view(words: str) -> SearchView:
    """Return the buildings whose street, estate, name or number fits what was typed."""
    asked = folded(words).split()
    too_short = len("".join(asked)) < LEAST_LETTERS
    found = [] if too_short else _fitting(asked)
    nearly = not found and not too_short
    if nearly:
        found = _resembling("".join(asked))
    return SearchView(
        words=words.strip(), too_short=too_short, found=rows_of(found[:MOST]), nearly=nearly and bool(found),
        more=len(found) > MOST, contacts=() if found else contacts(),
    )  # fmt: skip


def folded(words: str) -> str:
    """Return words as they are compared: half-width, small letters."""
    return unicodedata.normalize("NFKC", words).lower()


def rows_of(buildings: Iterable[Any]) -> tuple[BuildingRow, ...]:
    """Return buildings as published, in the order given."""
    listed = list(buildings)
    projects = projects_at([one.pk for one in listed])
    return tuple(row_of(one, projects.get(one.pk)) for one in listed)


def projects_at(buildings: Iterable[int]) -> Mapping[int, Any]:
    """Return the approved conversions of buildings, by building."""
    found = published_projects().filter(building__in=list(buildings)).select_related("contractor")
    return {one.building_id: one for one in found}


def row_of(building: Any, project: Any | None) -> BuildingRow:
    """Return one building as published; ``project`` is its approved conversion, None without one."""
    return BuildingRow(
        code=building.code, name=full_name(building.estate, building.name), address=building.address,
        district=building.district, authority=building.authority, supplier=building.supplier.name,
        flats=building.flat_count, state=state_of(project), year=project.year if project else None,
        step=PROJECT.states[project.state] if project else None,
    )  # fmt: skip


def state_of(project: Any | None) -> str:
    """Return whether a building is open, on an approved plan, or converted and in use."""
    if project is None:
        return OPEN
    return USED if project.state in IN_USE else PLANNED


def contacts() -> tuple[Contact, ...]:
    """Return every heat supplier with the lead it published last."""
    leads: dict[str, Lead] = {}
    told = published_projects().exclude(published_on=None).select_related("building__supplier", "contractor")
    for project in told.order_by("published_on", "pk").iterator():
        supplier = project.building.supplier.name
        own = (lead for lead in leads_of(project, supplier) if lead.organisation == supplier)
        leads.update((supplier, lead) for lead in own)
    names = published_buildings().order_by("supplier__name").values_list("supplier__name", flat=True)
    return tuple(Contact(supplier=name, lead=leads.get(name)) for name in names.distinct())


def _buildings() -> QuerySet:
    return published_buildings().select_related("supplier").order_by("estate", "code")


def _fitting(asked: Iterable[str]) -> list[Any]:
    fits = Q()
    for word in asked:
        fits &= Q(search__contains=word)
    return list(_buildings().filter(fits)[: MOST + 1])


def _resembling(asked: str) -> list[Any]:
    """Return the buildings that hold most of the pairs of letters typed, the likest first."""
    pairs = {asked[place : place + 2] for place in range(len(asked) - 1)}
    likeness: dict[int, float] = {}
    for pk, search in published_buildings().values_list("pk", "search").iterator(chunk_size=2000):
        held = folded(search).replace(" ", "")
        likeness[pk] = sum(pair in held for pair in pairs) / len(pairs)
    best = sorted((pk for pk, like in likeness.items() if like >= NEARLY), key=lambda pk: (-likeness[pk], pk))
    found = _buildings().in_bulk(best[: MOST + 1])
    return [found[pk] for pk in best[: MOST + 1]]
