"""Designs of a building: the latest, any other, what changed from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fenhu.design.review import VERDICT_NAMES, Verdict
from fenhu.papers import payer_name
from fenhu.records import Payer
from fenhu.study.designing import DesignStudy
from fenhu.web.access.scope import get_visible
from fenhu.web.registry.queries import full_name, visible_buildings
from fenhu.web.works.acting import acts_on
from fenhu.web.works.designing import DESIGNERS, what_is_open
from fenhu.web.works.drawn import worked_out_again
from fenhu.web.works.models import DesignVersion
from fenhu.wording import Text, text

_ORDER = ("error", "warning", "advice", "pass", "not_applicable")
_SHOWN = 12
_MOVES: Mapping[str, Text] = {
    "sizes": text("Pipes"),
    "settings": text("Settings of valves"),
    "radiators": text("Radiators"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """A version in the list of versions."""

    number: int
    created_at: datetime
    author: str
    origin: str
    remark: str
    state: str
    cost_fen: int
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """A line of the review sheet with the reason that was given, if one is asked for."""

    code: str
    clause: Text
    title: Text
    required: Text
    found: Text
    note: Text
    verdict: str
    verified: bool
    where: tuple[str, ...]
    reason: str
    asks: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignDesk:
    """The page of a building's design: one version, its study, its neighbours, what the reader may do."""

    code: str
    name: str
    versions: tuple[VersionRow, ...]
    shown: VersionRow | None
    outcome: Mapping[str, Any]
    checks: tuple[ReviewRow, ...]
    notes: tuple[Text, ...]
    study: DesignStudy | None
    by_hand: tuple[Text, ...]
    followed: tuple[Text, ...]
    against: int
    designs: bool
    open: Text | None
    synthetic: bool


def design_desk(user: Any, code: str, number: int | None = None, against: int | None = None) -> DesignDesk:
    """Return the design page of a building ``user`` may see: a version (the latest), against another.

    Raises
    ------
    django.http.Http404
        If there is no such building or version, or it is not the user's to see.
    """
    building = get_visible(visible_buildings(user), user, code=code)
    rows = DesignVersion.objects.visible_to(user).filter(building=building).select_related("author")
    versions = list(rows.order_by("-number"))
    wanted = None if number is None else _one(versions, user, building, number)
    shown = wanted or (versions[0] if versions else None)
    before = _before(versions, shown, against)
    study = study_of(shown) if shown else None
    return DesignDesk(
        code=building.code, name=full_name(building.estate, building.name),
        versions=tuple(map(_row, versions)), shown=_row(shown) if shown else None,
        outcome=shown.outcome if shown else {}, checks=tuple(_checks(shown)) if shown else (),
        notes=tuple(_notes(shown, study)) if shown and study else (), study=study,
        by_hand=tuple(_by_hand(before, shown)) if shown and before else (),
        followed=tuple(_followed(before, shown)) if shown and before else (),
        against=before.number if before else 0,
        designs=acts_on(user, building, *DESIGNERS),
        open=what_is_open(shown) if shown and shown.state == "draft" else None,
        synthetic=building.synthetic,
    )  # fmt: skip


def design_for(user: Any, code: str, number: int | None = None) -> DesignVersion:
    """Return a version (the latest) of a building's design that ``user`` may see; raises Http404."""
    versions = DesignVersion.objects.visible_to(user).filter(building__code=code).order_by("-number")
    if number is None:
        latest = versions.first()
        number = latest.number if latest else 0
    return get_visible(DesignVersion, user, building__code=code, number=number)


def building_for_design(user: Any, code: str) -> Any:
    """Return the building ``user`` may see; raises Http404."""
    return get_visible(visible_buildings(user), user, code=code)


def study_of(version: DesignVersion) -> DesignStudy:
    """Return a version worked out again, the same as when it was made."""
    return worked_out_again(version)


def _one(versions: Sequence[DesignVersion], user: Any, building: Any, number: int) -> DesignVersion:
    found = next((one for one in versions if one.number == number), None)
    return found or get_visible(DesignVersion, user, building=building, number=number)


def _before(
    versions: Sequence[DesignVersion], shown: DesignVersion | None, against: int | None
) -> DesignVersion | None:
    if shown is None:
        return None
    wanted = shown.number - 1 if against is None else against
    return next((one for one in versions if one.number == wanted), None)


def _row(version: DesignVersion) -> VersionRow:
    verdicts = [one["verdict"] for one in version.checks]
    return VersionRow(
        number=version.number, created_at=version.created_at,
        author=version.author.get_username() if version.author else "", origin=version.origin,
        remark=version.remark, state=version.state, cost_fen=version.cost_fen,
        errors=verdicts.count("error"), warnings=verdicts.count("warning"),
    )  # fmt: skip


def _notes(version: DesignVersion, study: DesignStudy) -> Iterator[Text]:
    """Yield what could not hold, and that a version no longer comes out as it was kept."""
    for one in version.outcome["notes"]:
        yield Text.from_json(one)
    if study.bill.cost_fen != version.cost_fen:
        yield text(
            "Prices or rules were changed since: worked out today this version costs {now} yuan, not {kept}; "
            "the answer and the list of versions show what was kept",
            now=f"{study.bill.cost_fen / 100:,.2f}", kept=f"{version.cost_fen / 100:,.2f}",
        )  # fmt: skip


def _checks(version: DesignVersion) -> Iterator[ReviewRow]:
    for one in sorted(version.checks, key=lambda row: _ORDER.index(row["verdict"])):
        yield ReviewRow(
            code=one["code"], verdict=one["verdict"], verified=one["verified"], where=tuple(one["where"]),
            reason=version.reasons.get(one["code"], ""), asks=one["verdict"] == "warning",
            **{key: Text.from_json(one[key]) for key in ("clause", "title", "required", "found", "note")},
        )  # fmt: skip


def _by_hand(before: DesignVersion, after: DesignVersion) -> Iterator[Text]:
    """Yield what a person decided in one version and not in the other."""
    for group in ("sizes", "lengths", "radiators", "presets"):
        old, new = before.changes.get(group, {}), after.changes.get(group, {})
        for key in sorted(old.keys() | new.keys()):
            if old.get(key) != new.get(key):
                yield _decided(key, new.get(key))
    for key in ("loop", "mains", "supply_c", "fall_k"):
        if before.changes.get(key) != after.changes.get(key):
            yield _decided(key, after.changes.get(key))


def _decided(key: str, value: Any) -> Text:
    if value is None:
        return text("{id}: left to the calculation", id=key)
    shown = " ".join(str(part) for part in value if part) if isinstance(value, list | tuple) else str(value)
    return text("{id}: set to {value}", id=key, value=shown)


def _followed(before: DesignVersion, after: DesignVersion) -> Iterator[Text]:
    """Yield what followed from the decisions: sizes, settings, radiators, money, checks."""
    old, new = before.outcome, after.outcome
    for group, said in _MOVES.items():
        moved = _moved(old[group], new[group])
        if moved:
            yield text(
                "{what}: {count} change ({which})",
                what=said,
                count=len(moved),
                which=", ".join(moved[:_SHOWN]),
            )
    if before.cost_fen != after.cost_fen:
        yield text("The works cost {yuan} yuan more", yuan=_yuan(after.cost_fen - before.cost_fen))
    for payer in Payer:
        more = new["shares"].get(payer.value, 0) - old["shares"].get(payer.value, 0)
        if more:
            yield text("of it {payer} {yuan} yuan", payer=payer_name(payer), yuan=_yuan(more))
    verdicts = {one["code"]: one["verdict"] for one in before.checks}
    for one in after.checks:
        if verdicts.get(one["code"]) != one["verdict"]:
            yield text(
                "Check {title}: {before} became {after}", title=Text.from_json(one["title"]),
                before=_verdict(verdicts.get(one["code"])), after=_verdict(one["verdict"]),
            )  # fmt: skip


def _verdict(value: str | None) -> Text | str:
    return VERDICT_NAMES[Verdict(value)] if value else "—"


def _moved(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    return [key for key in sorted(old.keys() | new.keys()) if old.get(key) != new.get(key)]


def _yuan(fen: int) -> str:
    return f"{fen / 100:+,.2f}"
