"""What an office sees of the flats' pages of a building: links, telephones, signatures, room temperatures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from fenhu.programme import ROOM_REPORT, Role
from fenhu.web.access.privacy import masked_name, masked_phone, with_clear_persons
from fenhu.web.access.scope import get_visible, grants_of
from fenhu.web.household.allowed import INFORMERS, cared_for
from fenhu.web.household.doors import Door
from fenhu.web.household.models import CasePhoto, Declaration, FlatLink, RoomReport
from fenhu.web.household.pages import flat_page, least_room_c
from fenhu.web.registry.queries import full_name, visible_buildings, visible_flats
from fenhu.web.rules import current_policy
from fenhu.web.works import queries as works

READERS = (*INFORMERS, Role.CITY_BUREAU)
SHOWN_DECLARATIONS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatDesk:
    """One flat: its link, whether it was opened, how it can prove itself, what waits for the supplier."""

    flat_id: str
    owner_name: str
    phone: str
    has_phone: bool
    made_on: date | None
    opened_on: date | None
    failures: int
    signed: Declaration | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRow:
    """One room temperature a household reported."""

    id: int
    flat_id: str
    value_c: float
    on_date: date
    hour: int
    waits: bool
    version: int
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomsView:
    """The room temperatures households of a building reported, newest first."""

    rows: tuple[RoomRow, ...]
    least_room_c: float

    @property
    def newest(self) -> tuple[RoomRow, ...]:
        """Return each flat's newest report."""
        return tuple({row.flat_id: row for row in reversed(self.rows)}.values())

    @property
    def middle_c(self) -> float | None:
        """Return the median of each flat's newest report."""
        return median(row.value_c for row in self.newest) if self.rows else None

    @property
    def cold(self) -> int:
        """Return how many flats reported last that they are cold."""
        return sum(row.value_c < self.least_room_c for row in self.newest)

    @property
    def waiting(self) -> int:
        """Return how many reports wait for the supplier's answer."""
        return sum(row.waits for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskView:
    """The flats' pages of one building; the flags say what the reader may do."""

    code: str
    name: str
    flats: tuple[FlatDesk, ...]
    rooms: RoomsView
    declared: tuple[Declaration, ...]
    may_act: bool
    may_supply: bool
    year: int | None

    @property
    def linked(self) -> int:
        """Return how many flats have a link."""
        return sum(one.made_on is not None for one in self.flats)

    @property
    def opened(self) -> int:
        """Return how many flats opened their page."""
        return sum(one.opened_on is not None for one in self.flats)

    @property
    def unreachable(self) -> int:
        """Return how many flats cannot prove themselves for want of a telephone."""
        return sum(not one.has_phone for one in self.flats)

    @property
    def waiting(self) -> tuple[FlatDesk, ...]:
        """Return the flats whose signature waits for a contract number."""
        return tuple(one for one in self.flats if one.signed is not None)


def desk_view(user: Any, code: str) -> DeskView:
    """Return the flats' pages of a building.

    Raises
    ------
    django.http.Http404
        If there is no such building, or it is not the user's to see.
    """
    building = get_visible(visible_buildings(user).select_related("supplier"), user, code=code)
    flats = visible_flats(user).filter(building=building).order_by("unit", "storey", "room")
    clear = set(with_clear_persons(flats, user).values_list("pk", flat=True))
    declared = list(
        Declaration.objects.visible_to(user)
        .filter(flat__building=building)
        .select_related("flat")
        .order_by("-pk")
    )
    signed = _signed(user, declared)
    links = _links(user, building)
    supplies = any(
        grant.role == Role.HEAT_SUPPLIER and grant.organisation_id == building.supplier_id
        for grant in grants_of(user)
    )
    return DeskView(
        code=building.code,
        name=full_name(building.estate, building.name),
        flats=tuple(_flat(flat, links.get(flat.pk), signed.get(flat.pk), flat.pk in clear) for flat in flats),
        rooms=rooms_view(user, code),
        declared=tuple(declared[:SHOWN_DECLARATIONS]),
        may_act=cared_for(user).filter(building=building).exists(),
        may_supply=supplies,
        year=building.projects.exclude(state="withdrawn").values_list("year", flat=True).first(),
    )


def rooms_view(user: Any, code: str) -> RoomsView:
    """Return what the households of a building reported, as far as ``user`` may see it."""
    building = get_visible(visible_buildings(user), user, code=code)
    return RoomsView(
        rows=_rooms(user, building),
        least_room_c=least_room_c(current_policy()),
    )


def flat_cared_for(user: Any, code: str, flat_id: str) -> Any:
    """Return the flat of a building that is in the user's care.

    Raises
    ------
    django.http.Http404
        If there is no such flat, or it is not his to see.
    """
    building = get_visible(visible_buildings(user), user, code=code)
    found = {flat.flat_id: flat.pk for flat in visible_flats(user).filter(building=building)}
    related = ("building__supplier", "building__community")
    return get_visible(visible_flats(user).select_related(*related), user, pk=found.get(flat_id, 0))


def flats_to_print(user: Any, code: str, flat_id: str) -> Sequence[Any]:
    """Return the flat of a building whose slip is printed; all in the user's care where none is named.

    Raises
    ------
    django.http.Http404
        If there is no such building or flat, or it is not his to see.
    """
    if flat_id:
        return (flat_cared_for(user, code, flat_id),)
    building = get_visible(visible_buildings(user), user, code=code)
    own = cared_for(user).filter(building=building).select_related("building")
    return tuple(own.order_by("unit", "storey", "room"))


def report_for(user: Any, code: str, report_id: int) -> RoomReport:
    """Return a report of a building's flat, for whoever is about to answer it.

    Raises
    ------
    django.http.Http404
        If there is none, or it is not his to see.
    """
    return get_visible(RoomReport, user, pk=report_id, flat__building__code=code)


def declaration_for(user: Any, code: str, declaration_id: int) -> Declaration:
    """Return what a household declared, with the text it read.

    Raises
    ------
    django.http.Http404
        If there is none, or it is not the user's to read.
    """
    rows = Declaration.objects.select_related("flat")
    return get_visible(rows, user, pk=declaration_id, flat__building__code=code)


def photos_of(user: Any, case_id: int) -> tuple[CasePhoto, ...]:
    """Return the photographs of a case ``user`` may see."""
    return tuple(CasePhoto.objects.visible_to(user).filter(case=case_id).order_by("pk"))


def photo_for(user: Any, case_id: int, photo_id: int) -> CasePhoto:
    """Return a photograph of a case.

    Raises
    ------
    django.http.Http404
        If there is none, or the case is not the user's to see.
    """
    case = works.case_for(user, case_id)
    return get_visible(CasePhoto, user, pk=photo_id, case=case.pk)


def _links(user: Any, building: Any) -> Mapping[int, FlatLink]:
    living = FlatLink.objects.visible_to(user).filter(flat__building=building, revoked_on=None)
    return {link.flat_id: link for link in living.order_by("generation")}


def _signed(user: Any, declared: Iterable[Declaration]) -> Mapping[int, Declaration]:
    """Return by flat the signatures that wait for a number."""
    found: dict[int, Declaration] = {}
    flats = {one.flat_id for one in declared if one.kind == "contract"}
    waiting = visible_flats(user).filter(pk__in=flats).exclude(works__contract_on__isnull=False)
    for flat in waiting.select_related("building__supplier", "building__community"):
        page = flat_page(Door(flat=flat, proved=True, user=user))
        if page.signed is not None:
            found[flat.pk] = page.signed
    return found


def _flat(flat: Any, link: FlatLink | None, signed: Declaration | None, clear: bool) -> FlatDesk:
    return FlatDesk(
        flat_id=flat.flat_id, owner_name=flat.owner_name if clear else masked_name(flat.owner_name),
        phone=flat.phone if clear else masked_phone(flat.phone), has_phone=bool(flat.phone),
        made_on=link.made_on if link else None, opened_on=link.opened_on if link else None,
        failures=link.failures if link else 0, signed=signed,
    )  # fmt: skip


def _rooms(user: Any, building: Any) -> tuple[RoomRow, ...]:
    seen = RoomReport.objects.visible_to(user).filter(flat__building=building).select_related("flat")
    return tuple(
        RoomRow(
            id=one.pk,
            flat_id=one.flat.flat_id,
            value_c=float(one.value_c),
            on_date=one.on_date,
            hour=one.hour,
            waits=one.state == ROOM_REPORT.initial,
            version=one.version,
            answer=one.answer,
        )
        for one in seen.order_by("-pk")[:SHOWN_DECLARATIONS]
    )
