"""The campaign: what was done, how many flats of a year's buildings it reached, the library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from fenhu.web.access.gates import has_role
from fenhu.web.access.scope import get_visible
from fenhu.web.paging import placed
from fenhu.web.registry.queries import full_name, visible_buildings
from fenhu.web.works.campaigning import CAMPAIGNERS, PUBLISHERS
from fenhu.web.works.models import Activity, CampaignMaterial, MediaContact, Project

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """Something done to inform residents; ``buildings`` are those the reader may see."""

    id: int
    kind: str
    title: str
    on_date: date
    place: str
    buildings: tuple[tuple[str, str], ...]
    flats_reached: int
    note: str
    recorded_by: str
    published_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachRow:
    """How far the campaign came at one building of a year."""

    code: str
    name: str
    district: str
    flats: int
    noticed: int
    activities: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialItem:
    """A leaflet, poster or text of the library."""

    id: int
    kind: str
    title: str
    on_date: date
    filed_by: str
    size_bytes: int
    published_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignView:
    """The campaign of a year as its page shows it; what the reader may do: record, publish."""

    year: int
    activities: tuple[ActivityRow, ...]
    activities_total: int
    flats_reached: int
    reach: tuple[ReachRow, ...]
    page: int
    pages: int
    total: int
    flats: int
    noticed: int
    untouched: int
    library: tuple[MaterialItem, ...]
    contacts: tuple[MediaContact, ...]
    may_record: bool
    may_publish: bool


def campaign_view(user: Any, year: int, *, page: int = 1) -> CampaignView:
    """Return the campaign of a year: its activities, the reach at the year's buildings, the library."""
    reach = _reach(user, year)
    page, pages = placed(page, len(reach), PAGE_SIZE)
    activities = _activities(user, year)
    return CampaignView(
        year=year, activities=activities[:PAGE_SIZE], activities_total=len(activities),
        flats_reached=sum(one.flats_reached for one in activities),
        reach=reach[(page - 1) * PAGE_SIZE : page * PAGE_SIZE], page=page, pages=pages, total=len(reach),
        flats=sum(row.flats for row in reach), noticed=sum(row.noticed for row in reach),
        untouched=sum(not row.noticed and not row.activities for row in reach),
        library=tuple(_item(one) for one in _library(user)), contacts=_contacts(user),
        may_record=has_role(user, *CAMPAIGNERS), may_publish=has_role(user, *PUBLISHERS),
    )  # fmt: skip


def contact_for(user: Any, contact_id: int) -> MediaContact:
    """Return a media contact.

    Raises
    ------
    django.http.Http404
        If there is none, or it is not the user's to see.
    """
    return get_visible(MediaContact.objects.filter(ended_on__isnull=True), user, pk=contact_id)


def material_for(user: Any, material_id: int) -> CampaignMaterial:
    """Return a piece of the library.

    Raises
    ------
    django.http.Http404
        If there is none, or it is not the user's to see.
    """
    return get_visible(CampaignMaterial, user, pk=material_id)


def activity_for(user: Any, activity_id: int) -> Activity:
    """Return something done to inform residents.

    Raises
    ------
    django.http.Http404
        If there is none, or it is not the user's to see.
    """
    return get_visible(Activity.objects.filter(pk=activity_id).distinct(), user, pk=activity_id)


def _activities(user: Any, year: int) -> tuple[ActivityRow, ...]:
    # Seen through any of its buildings, an activity would come once for each of them.
    seen = Activity.objects.visible_to(user).filter(on_date__year=year).distinct()
    own = dict(visible_buildings(user).values_list("code", "pk"))
    found = seen.select_related("recorded_by").prefetch_related("buildings").order_by("-on_date", "-pk")
    return tuple(_activity(one, own) for one in found)


def _activity(one: Activity, own: Mapping[str, int]) -> ActivityRow:
    shown = sorted((building for building in one.buildings.all() if building.code in own),
                   key=lambda building: building.code)  # fmt: skip
    return ActivityRow(
        id=one.pk, kind=one.kind, title=one.title, on_date=one.on_date, place=one.place,
        buildings=tuple((building.code, full_name(building.estate, building.name)) for building in shown),
        flats_reached=one.flats_reached, note=one.note, recorded_by=str(one.recorded_by),
        published_on=one.published_on,
    )  # fmt: skip


def _reach(user: Any, year: int) -> tuple[ReachRow, ...]:
    """Return the year's buildings, those least reached first."""
    seen = Project.objects.visible_to(user).exclude(state="withdrawn").filter(year=year)
    counted = seen.select_related("building").annotate(
        works=Count("flats"), noticed=Count("flats", filter=Q(flats__notice_on__isnull=False))
    )
    told = Counter(
        Activity.objects.filter(on_date__year=year, buildings__in=seen.values("building"))
        .values_list("buildings", flat=True)
    )  # fmt: skip
    rows = [
        ReachRow(
            code=one.building.code, name=full_name(one.building.estate, one.building.name),
            district=one.building.district, flats=one.works, noticed=one.noticed,
            activities=told[one.building_id],
        )
        for one in counted
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.noticed / (row.flats or 1), row.activities, row.code)))


def _library(user: Any) -> Any:
    return CampaignMaterial.objects.visible_to(user).select_related("filed_by").order_by("-on_date", "-pk")


def _item(one: CampaignMaterial) -> MaterialItem:
    return MaterialItem(
        id=one.pk, kind=one.kind, title=one.title, on_date=one.on_date, filed_by=str(one.filed_by),
        size_bytes=one.size_bytes, published_on=one.published_on,
    )  # fmt: skip


def _contacts(user: Any) -> tuple[MediaContact, ...]:
    known = MediaContact.objects.visible_to(user).filter(ended_on__isnull=True)
    return tuple(known.order_by("outlet", "name"))
