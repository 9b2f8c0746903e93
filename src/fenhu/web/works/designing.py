"""Designing a building's conversion: made, changed, entered, answered for, submitted (clause 三（三）)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max

from fenhu.building import Loop, Mains
from fenhu.design import Changes
from fenhu.errors import InputFault, UnknownItem, WrongState
from fenhu.programme import Role
from fenhu.records import Finding
from fenhu.study.foreign import open_foreign
from fenhu.web import clock
from fenhu.web.prices import queries as prices
from fenhu.web.registry.queries import flat_records_of, record_of
from fenhu.web.rules import current_policy
from fenhu.web.works.acting import require_acting, written
from fenhu.web.works.drawn import (
    changes_from,
    changes_json,
    checks_json,
    inputs_of,
    outcome_json,
    worked_out,
)
from fenhu.web.works.models import DesignVersion
from fenhu.wording import Text, text

DESIGNERS = (Role.HEAT_SUPPLIER, Role.OWNER_UNIT)
ASKING = ("error", "warning")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A design handed in as a workbook: the version it made, or what is wrong with it."""

    version: DesignVersion | None
    findings: tuple[Finding, ...]


@transaction.atomic
def make_design(actor: Any, building: Any, *, remark: str = "") -> DesignVersion:
    """Return fenhu's own design of a building as a new version, from the register as it is now.

    Raises
    ------
    NotAllowed
        If the building is not the actor's to design.
    InputFault, Infeasible, NotConverged
        If the building cannot be designed.
    """
    require_acting(actor, building, *DESIGNERS)
    inputs = inputs_of(record_of(building), flat_records_of(building))
    return _kept(actor, building, inputs, Changes(), origin="automatic", remark=remark)


@transaction.atomic
def change_design(
    actor: Any, version: DesignVersion, *, what: str, target: str = "", value: str = "", more: str = ""
) -> DesignVersion:
    """Return the design with one more decision of a person as a new version.

    Parameters
    ----------
    what : one of ``DECISIONS``.
    target : the id of a pipe, a radiator or a valve, where the decision is about one.
    value, more : what is decided, as people write it.

    Raises
    ------
    NotAllowed
        If the building is not the actor's to design.
    UnknownItem
        If there is no such decision, or the design has no such thing.
    InputFault
        If the value is not one, or nothing of that kind is made.
    """
    require_acting(actor, version.building, *DESIGNERS)
    if what not in DECISIONS:
        raise UnknownItem(text("There is nothing called {what} to decide in a design", what=repr(what)))
    decided = DECISIONS[what](
        version, changes_from(version.changes), target.strip(), value.strip(), more.strip()
    )
    try:
        return _kept(actor, version.building, version.inputs, decided, origin="edited", remark="")
    except UnknownItem as fault:
        raise InputFault(fault.message) from fault


@transaction.atomic
def restore_design(actor: Any, version: DesignVersion) -> DesignVersion:
    """Return an earlier version's decisions as a new version."""
    require_acting(actor, version.building, *DESIGNERS)
    remark = str(text("as version {number}", number=version.number))
    decided = changes_from(version.changes)
    return _kept(actor, version.building, version.inputs, decided, origin="edited", remark=remark)


@transaction.atomic
def enter_design(actor: Any, building: Any, path: Path, *, remark: str = "") -> Entered:
    """Return a design made elsewhere as a new version, or every fault of its workbook and no version.

    Raises
    ------
    NotAllowed
        If the building is not the actor's to design.
    UnreadableFile
        If the file is no workbook.
    """
    require_acting(actor, building, *DESIGNERS)
    inputs = inputs_of(record_of(building), flat_records_of(building))
    today = clock.today()
    book = prices.book_of(prices.version_on(today), today.year)
    own = worked_out(inputs, {}, current_policy().id, book, today)
    foreign = open_foreign(path, own.design)
    if not foreign.usable:
        return Entered(version=None, findings=foreign.findings)
    made = _kept(actor, building, inputs, foreign.changes, origin="entered", remark=remark)
    return Entered(version=made, findings=foreign.findings)


@transaction.atomic
def give_reason(actor: Any, version: DesignVersion, *, check: str, reason: str) -> DesignVersion:
    """Return the version with a reason for one of its warnings.

    Raises
    ------
    NotAllowed
        If the building is not the actor's to design.
    WrongState
        If the version is submitted.
    InputFault
        If the check asks for no reason, or none is given.
    """
    require_acting(actor, version.building, *DESIGNERS)
    case = _draft(version)
    if check not in {one["code"] for one in case.checks if one["verdict"] == "warning"}:
        raise InputFault(text("Check {check} asks for no reason", check=check))
    if not reason.strip():
        raise InputFault(text("Write the reason; who reviews the drawings reads it"))
    case.reasons = case.reasons | {check: reason.strip()[:500]}
    case.save(update_fields=["reasons"])
    written(actor, case.building, "design.reason", {"number": case.number, "check": check})
    return case


@transaction.atomic
def submit_design(actor: Any, version: DesignVersion) -> DesignVersion:
    """Return the version submitted for review; from now on it does not change.

    Raises
    ------
    NotAllowed
        If the building is not the actor's to design.
    WrongState
        If it is not a draft, a check fails, or a warning has no reason.
    """
    require_acting(actor, version.building, *DESIGNERS)
    case = _draft(version)
    open_check = what_is_open(case)
    if open_check is not None:
        raise WrongState(open_check)
    DesignVersion.objects.filter(building=case.building, state="submitted").update(state="returned")
    case.state = "submitted"
    case.save(update_fields=["state"])
    written(actor, case.building, "design.submitted", {"number": case.number})
    return case


def what_is_open(version: DesignVersion) -> Text | None:
    """Return why a version cannot be submitted, None where it can."""
    for one in version.checks:
        if one["verdict"] == "error":
            return text(
                "“{check}” does not hold; change the design first", check=Text.from_json(one["title"])
            )
    for one in version.checks:
        if one["verdict"] == "warning" and one["code"] not in version.reasons:
            return text("“{check}” needs a reason", check=Text.from_json(one["title"]))
    return None


def _draft(version: DesignVersion) -> DesignVersion:
    case = DesignVersion.objects.select_for_update().get(pk=version.pk)
    if case.state != "draft":
        raise WrongState(text("Version {number} is submitted already; make a new one", number=case.number))
    return case


def _kept(
    actor: Any, building: Any, inputs: Mapping[str, Any], changes: Changes, *, origin: str, remark: str
) -> DesignVersion:
    today, rules = clock.today(), current_policy()
    decided = changes_json(changes)
    priced = prices.version_on(today)
    found = worked_out(inputs, decided, rules.id, prices.book_of(priced, today.year), today)
    before = DesignVersion.objects.filter(building=building).order_by("-number").first()
    checks = checks_json(found)
    asking = {one["code"] for one in checks if one["verdict"] == "warning"}
    version = DesignVersion.objects.create(
        building=building,
        number=1 + (DesignVersion.objects.filter(building=building).aggregate(n=Max("number"))["n"] or 0),
        author=actor, origin=origin, remark=remark.strip()[:200], policy=rules.id, price_year=today.year,
        price_version=priced, day=today, inputs=dict(inputs), changes=decided, outcome=outcome_json(found),
        checks=checks,
        reasons={code: said for code, said in (before.reasons if before else {}).items() if code in asking},
        cost_fen=found.bill.cost_fen,
    )  # fmt: skip
    kept = {
        "number": version.number,
        "origin": origin,
        "cost_fen": version.cost_fen,
        "decisions": _count(decided),
    }
    written(actor, building, "design.made", kept)
    return version


def _count(decided: Mapping[str, Any]) -> int:
    return sum(len(one) if isinstance(one, dict) else 1 for one in decided.values())


Decision = Callable[[DesignVersion, Changes, str, str, str], Changes]


def _known(version: DesignVersion, group: str, target: str) -> None:
    if target not in version.outcome[group]:
        raise UnknownItem(text("The design has nothing called {target}", target=repr(target)))


def _number(value: str, low: float, high: float) -> float:
    try:
        number = float(value.replace("，", "."))
    except ValueError:
        number = low - 1.0
    if not low <= number <= high:
        raise InputFault(
            text("{value} is no number from {low} to {high}", value=value, low=f"{low:g}", high=f"{high:g}")
        )
    return number


def _size(version: DesignVersion, changes: Changes, target: str, value: str, more: str) -> Changes:
    _known(version, "sizes", target)
    dn = int(_number(value, 10, 1000))
    return replace(changes, sizes={**changes.sizes, target: (more, dn)})


def _length(version: DesignVersion, changes: Changes, target: str, value: str, more: str) -> Changes:
    del more
    _known(version, "sizes", target)
    return replace(changes, lengths={**changes.lengths, target: _number(value, 0.05, 2000.0)})


def _radiator(version: DesignVersion, changes: Changes, target: str, value: str, more: str) -> Changes:
    _known(version, "radiators", target)
    kind = more or version.outcome["radiators"][target][0]
    return replace(changes, radiators={**changes.radiators, target: (kind, int(_number(value, 1, 100)))})


def _preset(version: DesignVersion, changes: Changes, target: str, value: str, more: str) -> Changes:
    del more
    _known(version, "settings", target)
    return replace(changes, presets={**changes.presets, target: value})


def _loop(version: DesignVersion, changes: Changes, target: str, value: str, more: str) -> Changes:
    del version, target, more
    if value not in {one.value for one in Loop}:
        raise InputFault(
            text("There is no loop {value}; there are {known}", value=value, known=", ".join(Loop))
        )
    return replace(changes, loop=Loop(value))


def _mains(version: DesignVersion, changes: Changes, target: str, value: str, more: str) -> Changes:
    del version, target, more
    if value not in {one.value for one in Mains}:
        raise InputFault(text("Mains return as {known}, not as {value}", value=value, known=", ".join(Mains)))
    return replace(changes, mains=Mains(value))


def _supply(version: DesignVersion, changes: Changes, target: str, value: str, more: str) -> Changes:
    del version, target
    fall_k = _number(more, 5.0, 60.0) if more else changes.fall_k
    return replace(changes, supply_c=_number(value, 35.0, 95.0), fall_k=fall_k)


def _undo(version: DesignVersion, changes: Changes, target: str, value: str, more: str) -> Changes:
    """Return the decisions without what was decided of a thing, or of the whole."""
    del version, value, more
    return Changes(
        sizes=_without(changes.sizes, target), lengths=_without(changes.lengths, target),
        radiators=_without(changes.radiators, target), presets=_without(changes.presets, target),
        loop=None if target == "loop" else changes.loop, mains=None if target == "mains" else changes.mains,
        supply_c=None if target == "supply" else changes.supply_c,
        fall_k=None if target == "supply" else changes.fall_k,
    )  # fmt: skip


Value = TypeVar("Value")


def _without(decided: Mapping[str, Value], target: str) -> Mapping[str, Value]:
    return {key: one for key, one in decided.items() if key != target}


# What a person may decide in a design, by the word the pages send.
DECISIONS: Mapping[str, Decision] = {
    "size": _size, "length": _length, "radiator": _radiator, "preset": _preset, "loop": _loop,
    "mains": _mains, "supply": _supply, "undo": _undo,
}  # fmt: skip
