"""Who may be commended by the policy's rule, and who was (clause 四（一）)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from fenhu.policy import Commendation
from fenhu.web.access.gates import has_role
from fenhu.web.access.privacy import masked_name, with_clear_persons
from fenhu.web.registry.queries import full_name, visible_flats
from fenhu.web.rules import current_policy
from fenhu.web.works.acting import acts_on
from fenhu.web.works.commending import PRAISERS, amount_fen, earned, earned_in_time
from fenhu.web.works.models import FlatWork, Praise
from fenhu.wording import Text

MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Deserving:
    """A flat the policy's rule commends that has nothing yet; ``open`` whether the reader may give it."""

    work: int
    code: str
    building: str
    district: str
    flat_id: str
    owner_name: str
    ready_by: date
    ready_on: date
    passed_on: date
    amount_fen: int
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PraiseRow:
    """A household that was commended; money in whole fen."""

    code: str
    building: str
    district: str
    flat_id: str
    owner_name: str
    rule: Text | str
    on_date: date
    amount_fen: int
    given_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PraisePage:
    """The commendations of a year's buildings, given and still to be given."""

    rules: tuple[Commendation, ...]
    deserving: tuple[Deserving, ...]
    deserving_total: int
    given: tuple[PraiseRow, ...]
    given_total: int
    amount_fen: int
    may_give: bool


def praise_page(user: Any, *, year: int | None = None) -> PraisePage:
    """Return who may be commended among the flats ``user`` may see, and who was, the newest first."""
    given = _given(user, year)
    deserving = _deserving(user, year)
    sums = given.order_by().aggregate(count=Count("pk"), amount=Sum("amount_fen"))
    return PraisePage(
        rules=current_policy().commendation, deserving=_rows(user, deserving[:MOST]),
        deserving_total=deserving.count(), given=_praises(user, given[:MOST]), given_total=sums["count"],
        amount_fen=sums["amount"] or 0, may_give=has_role(user, *PRAISERS),
    )  # fmt: skip


def praises(user: Any, *, year: int | None = None) -> tuple[PraiseRow, ...]:
    """Return every commendation given, newest first; names as ``user`` may read them."""
    return _praises(user, _given(user, year))


def praised_in(year: int) -> bool:
    """Return whether anybody was commended in a year."""
    return Praise.objects.filter(on_date__year=year).exists()


def _given(user: Any, year: int | None) -> Any:
    seen = Praise.objects.visible_to(user).select_related("flat__building", "given_by")
    if year is not None:
        seen = seen.filter(on_date__year=year)
    return seen.order_by("-on_date", "flat__building__code", "flat__unit", "flat__storey", "flat__room")


def _praises(user: Any, given: Iterable[Praise]) -> tuple[PraiseRow, ...]:
    found = list(given)
    names = _names(user, [one.flat_id for one in found])
    rules = {rule.code: rule.name for rule in current_policy().commendation}
    return tuple(
        PraiseRow(
            code=one.flat.building.code, district=one.flat.building.district,
            building=full_name(one.flat.building.estate, one.flat.building.name), flat_id=one.flat.flat_id,
            owner_name=names.get(one.flat_id, ""), rule=rules.get(one.code, one.code), on_date=one.on_date,
            amount_fen=one.amount_fen, given_by=str(one.given_by),
        )
        for one in found
    )  # fmt: skip


def _deserving(user: Any, year: int | None) -> Any:
    """Return the flats' works that earned something by their policy's rules and do not have all of it."""
    seen = FlatWork.objects.visible_to(user).exclude(project__state="withdrawn").filter(
        ready_on__isnull=False, project__ready_by__isnull=False, passed_on__isnull=False,
        ready_on__lte=F("project__ready_by"),
    )  # fmt: skip
    if year is not None:
        seen = seen.filter(project__year=year)
    policies = seen.order_by().values_list("project__policy", flat=True).distinct()
    return seen.filter(_owed(policies)).select_related("project", "flat__building").order_by(
        "flat__building__code", "flat__unit", "flat__storey", "flat__room"
    )  # fmt: skip


def _owed(policies: Iterable[str]) -> Q:
    """Return the condition that a flat lacks something its policy gives for being ready in time."""
    owed = Q(pk__in=())
    for policy in policies:
        for rule in earned_in_time(policy):
            has = Praise.objects.filter(flat=OuterRef("flat"), code=rule.code)
            owed |= Q(~Exists(has), project__policy=policy)
    return owed


def _rows(user: Any, owed: Iterable[FlatWork]) -> tuple[Deserving, ...]:
    works = list(owed)
    flats = [one.flat_id for one in works]
    names, own = _names(user, flats), _own(user, works)
    has = set(Praise.objects.filter(flat__in=flats).values_list("flat", "code"))
    return tuple(
        _row(one, [rule for rule in earned(one) if (one.flat_id, rule.code) not in has], names, one.pk in own)
        for one in works
    )


def _row(one: FlatWork, rules: Iterable[Commendation], names: Mapping[int, str], is_open: bool) -> Deserving:
    building = one.flat.building
    assert one.project.ready_by is not None
    assert one.ready_on is not None
    assert one.passed_on is not None
    return Deserving(
        work=one.pk, code=building.code, building=full_name(building.estate, building.name),
        district=building.district, flat_id=one.flat.flat_id, owner_name=names.get(one.flat_id, ""),
        ready_by=one.project.ready_by, ready_on=one.ready_on, passed_on=one.passed_on,
        amount_fen=sum(amount_fen(rule) for rule in rules), open=is_open,
    )  # fmt: skip


def _own(user: Any, works: Iterable[FlatWork]) -> set[int]:
    """Return the ids of those works whose household is the user's to commend."""
    projects = {one.project_id: one.project for one in works}
    answered = {pk for pk, project in projects.items() if acts_on(user, project, *PRAISERS)}
    return {one.pk for one in works if one.project_id in answered}


def _names(user: Any, flats: Iterable[int]) -> dict[int, str]:
    """Return the owners' names of flats, masked where the reader may not see them whole."""
    seen = visible_flats(user).filter(pk__in=list(flats))
    clear = set(with_clear_persons(seen, user).values_list("pk", flat=True))
    return {
        pk: name if pk in clear else masked_name(name) for pk, name in seen.values_list("pk", "owner_name")
    }
