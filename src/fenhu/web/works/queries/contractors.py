"""The contractors' register: who is qualified, and how each did: works, acceptances, defects, stops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import Http404

from fenhu.programme import PROJECT, ContractorFitness, Role, contractor_unfit
from fenhu.web import clock
from fenhu.web.access.gates import has_role
from fenhu.web.journal.queries import EntryView, entries_of
from fenhu.web.registry.queries import full_name, organisations_of
from fenhu.web.works.contractors import REGISTRARS
from fenhu.web.works.models import AcceptanceRound, ContractorFile, Defect, Project, SiteCheck
from fenhu.wording import Text

_NOT_PASSED = ("partly", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """How a contractor did over all its works, whoever reads it: quality follows the contractor."""

    projects: int
    in_use: int
    finished: int
    late: int
    rounds: int
    not_passed: int
    open_defects: int
    mended_defects: int
    stops: int
    stops_open: int

    @property
    def defects(self) -> int:
        """Return how many defects were found in all."""
        return self.open_defects + self.mended_defects


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractorRow:
    """One contractor in the register; ``unfit`` is why it may not start works today."""

    code: str
    name: str
    qualification: str
    certificate_number: str
    valid_until: date | None
    barred_on: date | None
    unfit: Text | None
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfWorks:
    """A contractor's works of one year, by state."""

    year: int
    states: tuple[tuple[str, Text, int], ...]
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksRow:
    """One of a contractor's works the reader may see."""

    code: str
    name: str
    year: int
    state: str
    state_label: Text
    late: bool
    not_passed: int
    open_defects: int
    stops: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractorView:
    """One contractor as its page shows it; the flags say what the reader may do."""

    row: ContractorRow
    lead: str
    phone: str
    barred_reason: str
    years: tuple[YearOfWorks, ...]
    works: tuple[WorksRow, ...]
    may_file: bool
    may_bar: bool
    history: tuple[EntryView, ...]


def contractors(user: Any) -> tuple[ContractorRow, ...]:
    """Return the contractors with a file or works that ``user`` may see, by name."""
    found = list(visible_contractors(user).order_by("name").select_related("contractor_file"))
    records = _records([one.pk for one in found])
    return tuple(_row(one, records[one.pk]) for one in found)


def contractor_view(user: Any, code: str) -> ContractorView:
    """Return one contractor with its record.

    Raises
    ------
    django.http.Http404
        If there is no such contractor, or it is not the user's to see.
    """
    found = contractor_for(user, code)
    file = getattr(found, "contractor_file", None)
    return ContractorView(
        row=_row(found, _records([found.pk])[found.pk]), lead=file.lead if file else "",
        phone=file.phone if file else "", barred_reason=file.barred_reason if file else "",
        years=_years(found), works=_works(user, found), may_file=has_role(user, *REGISTRARS),
        may_bar=file is not None and has_role(user, Role.CITY_BUREAU),
        history=tuple(reversed(entries_of(file))) if file else (),
    )  # fmt: skip


def contractor_for(user: Any, code: str) -> Any:
    """Return the organisation of a contractor ``user`` may see.

    Raises
    ------
    django.http.Http404
        If there is none.
    """
    found = visible_contractors(user).filter(code=code).select_related("contractor_file").first()
    if found is None:
        raise Http404
    return found


def visible_contractors(user: Any) -> Any:
    """Return the contractors with a file or a project in the user's scope: they have no other door."""
    files = ContractorFile.objects.visible_to(user).values("organisation")
    works = Project.objects.visible_to(user).filter(contractor__isnull=False).values("contractor")
    return organisations_of(Role.CONTRACTOR).filter(Q(pk__in=files) | Q(pk__in=works))


def _row(found: Any, record: Record) -> ContractorRow:
    file: ContractorFile | None = getattr(found, "contractor_file", None)
    fitness = ContractorFitness(
        name=found.name, valid_until=file.valid_until if file else None,
        barred=file is not None and file.barred_on is not None,
    )  # fmt: skip
    return ContractorRow(
        code=found.code, name=found.name, qualification=file.qualification if file else "",
        certificate_number=file.certificate_number if file else "",
        valid_until=file.valid_until if file else None, barred_on=file.barred_on if file else None,
        unfit=contractor_unfit(fitness, clock.today()), record=record,
    )  # fmt: skip


def _records(ids: Sequence[int]) -> Mapping[int, Record]:
    """Return every contractor's record over all its works; a few queries for all of them."""
    living = Project.objects.exclude(state="withdrawn").filter(contractor__in=ids)
    works = _counts(living, "contractor", {
        "projects": Q(), "in_use": Q(in_use_on__isnull=False), "finished": Q(finished_on__isnull=False),
        "late": Q(late=True, finished_on__isnull=False),
    })  # fmt: skip
    rounds = _counts(AcceptanceRound.objects.filter(project__in=living), "project__contractor", {
        "rounds": ~Q(state="open"), "not_passed": Q(state__in=_NOT_PASSED),
    })  # fmt: skip
    defects = _counts(Defect.objects.filter(project__in=living), "project__contractor", {
        "open_defects": Q(mended_on__isnull=True), "mended_defects": Q(mended_on__isnull=False),
    })  # fmt: skip
    stops = _counts(SiteCheck.objects.filter(project__in=living, stops=True), "project__contractor", {
        "stops": Q(), "stops_open": Q(cleared_on__isnull=True),
    })  # fmt: skip
    return {pk: Record(**works(pk), **rounds(pk), **defects(pk), **stops(pk)) for pk in ids}


def _counts(rows: Any, owner: str, wanted: Mapping[str, Q]) -> Any:
    counted = (
        rows.order_by()
        .values(owner)
        .annotate(**{f"n_{name}": Count("pk", filter=condition) for name, condition in wanted.items()})
    )
    by_owner = {row[owner]: {name: int(row[f"n_{name}"]) for name in wanted} for row in counted}
    none = dict.fromkeys(wanted, 0)
    return lambda pk: by_owner.get(pk, none)


def _years(found: Any) -> tuple[YearOfWorks, ...]:
    rows = (
        Project.objects.exclude(state="withdrawn")
        .filter(contractor=found)
        .values_list("year", "state", "late", "finished_on")
    )
    by_year: dict[int, list[tuple[str, bool]]] = {}
    for year, state, late, finished_on in rows:
        by_year.setdefault(year, []).append((state, late and finished_on is not None))
    return tuple(_year(year, by_year[year]) for year in sorted(by_year, reverse=True))


def _year(year: int, works: Iterable[tuple[str, bool]]) -> YearOfWorks:
    listed = list(works)
    counted = Counter(state for state, _late in listed)
    return YearOfWorks(
        year=year, late=sum(late for _state, late in listed),
        states=tuple((one, name, counted[one]) for one, name in PROJECT.states.items() if counted[one]),
    )  # fmt: skip


def _works(user: Any, found: Any) -> tuple[WorksRow, ...]:
    seen = Project.objects.visible_to(user).exclude(state="withdrawn").filter(contractor=found)
    counted = seen.select_related("building").annotate(
        not_passed=Count("rounds", filter=Q(rounds__state__in=_NOT_PASSED), distinct=True),
        open_defects=Count("defects", filter=Q(defects__mended_on__isnull=True), distinct=True),
        stops=Count("checks", filter=Q(checks__stops=True), distinct=True),
    )
    return tuple(
        WorksRow(
            code=one.building.code, name=full_name(one.building.estate, one.building.name), year=one.year,
            state=one.state, state_label=PROJECT.states[one.state],
            late=one.late and one.finished_on is not None, not_passed=one.not_passed,
            open_defects=one.open_defects, stops=one.stops,
        )
        for one in counted.order_by("-year", "building__code")
    )  # fmt: skip
