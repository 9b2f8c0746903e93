"""What of the journal somebody may read, as he asks for it, and what stands in it in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.apps import apps
from django.http import HttpRequest

from fenhu.programme import Role
from fenhu.web.access import queries as access
from fenhu.web.access.gates import has_role
from fenhu.web.access.privacy import SEES_PERSONS
from fenhu.web.access.scope import get_visible, grants_of
from fenhu.web.journal import queries as journal
from fenhu.web.journal.queries import EntryView, Sieve, TrailPage
from fenhu.web.journal.services import subject_name
from fenhu.wording import text

MOST_EXPORTED = 10_000
LONGEST_NUMBER = 18
# What belongs to a building, and the way from it to the building.
_AT_BUILDING: Mapping[str, str] = {
    "registry.Flat": "building", "works.Project": "building", "works.Case": "building",
    "works.AcceptanceRound": "project__building", "works.Defect": "project__building",
    "household.Declaration": "flat__building", "household.RoomReport": "flat__building",
    "documents.Document": "building", "ledger.FundApplication": "building",
}  # fmt: skip
_READING = tuple(role for role in SEES_PERSONS if role is not Role.HOUSEHOLD)
_FIELDS = ("building", "subject", "who", "kind", "since", "until")
_ERASED, _HIDDEN = text("(erased)"), text("(personal, not shown to your office)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The trail as it was asked for, for the form to stand as it was sent."""

    building: str
    subject: str
    who: str
    kind: str
    since: str
    until: str
    is_whole: bool


def asked_of(request: HttpRequest) -> Asked:
    """Return what somebody narrows the trail by; only the bureau's is the whole city's."""
    given = {name: request.GET.get(name, "").strip() for name in _FIELDS}
    return Asked(**given, is_whole=has_role(request.user, Role.CITY_BUREAU))


def page_of(request: HttpRequest, asked: Asked) -> TrailPage:
    """Return the page of the trail that is asked for."""
    sieve = sieve_of(request.user, asked)
    return _told(
        request.user,
        journal.trail(replace(
            sieve, before=_number(request.GET.get("before", "")), after=_number(request.GET.get("after", ""))
        )),
    )  # fmt: skip


def exported(user: Any, asked: Asked) -> TrailPage:
    """Return the newest of the trail that was asked for, as much as one workbook takes."""
    return _told(user, journal.trail(sieve_of(user, asked), most=MOST_EXPORTED))


def sieve_of(user: Any, asked: Asked) -> Sieve:
    """Return what of the trail ``user`` reads: all, what concerns a building of his, or his office's acts."""
    sieve = Sieve(kind=asked.kind, since=_day(asked.since), until=_day(asked.until))
    named = access.people_called(asked.who) if asked.who else None
    if asked.building:
        return replace(sieve, subjects=tuple(subjects_at(user, asked.building)), actors=named)
    if asked.is_whole:
        return replace(sieve, subjects=(asked.subject,) if asked.subject else None, actors=named)
    own = access.colleagues(user)
    return replace(sieve, actors=own if named is None else own & named)


def subjects_at(user: Any, code: str) -> Iterator[str]:
    """Yield the names under which the journal speaks of a building and of what the user sees at it.

    Raises
    ------
    django.http.Http404
        If there is no such building, or it is not his to see.
    """
    building = get_visible(apps.get_model("registry", "Building"), user, code=code)
    yield subject_name(building)
    for label, way in _AT_BUILDING.items():
        rows = apps.get_model(label)._default_manager.visible_to(user)
        for key in rows.filter(**{way: building.pk}).values_list("pk", flat=True):
            yield f"{label.lower()}:{key}"


def _told(user: Any, page: TrailPage) -> TrailPage:
    """Return a page with personal values in words: as they are, erased, or hidden from the reader."""
    values = _readable_values(user, page.entries)
    erased = journal.erased_values(page.entries)

    def told(value: Any) -> Any:
        digest = journal.personal_digest(value)
        if not digest:
            return value
        return str(_ERASED) if digest in erased else values.get(digest, str(_HIDDEN))

    def shown(entry: EntryView) -> EntryView:
        return replace(entry, data={key: told(value) for key, value in entry.data.items()})

    return replace(page, entries=tuple(shown(one) for one in page.entries))


def _readable_values(user: Any, entries: Sequence[EntryView]) -> Mapping[str, str]:
    """Return by digest the personal values that ``user`` may read, each by the row it is kept under."""
    values = journal.personal_values(entries)
    if has_role(user, Role.CITY_BUREAU):
        return values
    owners = journal.personal_owners(entries)
    readable = _readable_rows(user, {owners[digest] for digest in values})
    return {digest: value for digest, value in values.items() if owners[digest] in readable}


def _readable_rows(user: Any, names: Collection[str]) -> frozenset[str]:
    """Return those of rows' names that a grant opens by which ``user`` reads what concerns persons."""
    reading = [grant for grant in grants_of(user) if grant.role in _READING]
    keys: dict[str, list[str]] = {}
    for label, _colon, key in (name.partition(":") for name in names):
        keys.setdefault(label, []).append(key)
    scoped: list[Any] = [model for model in apps.get_models() if hasattr(model, "SCOPE")]
    return frozenset(
        subject_name(row)
        for model in scoped if model._meta.label_lower in keys
        for row in model.objects.covered_by(reading).filter(pk__in=keys[model._meta.label_lower]).only("pk")
    )  # fmt: skip


def _number(words: str) -> int | None:
    return int(words) if words.isdecimal() and len(words) <= LONGEST_NUMBER else None


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
