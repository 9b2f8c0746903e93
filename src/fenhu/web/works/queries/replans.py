"""Plans made again within the year, and what the plan in force risks: the pages' frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from fenhu import planning, study
from fenhu.papers import CHANGES, STAGES, ChangeList, ChangeRow
from fenhu.web import clock
from fenhu.web.access.scope import get_visible
from fenhu.web.registry.queries import visible_buildings
from fenhu.web.rules import current_policy
from fenhu.web.works.models import PlanRisk, Replan
from fenhu.web.works.queries.planning import PlanningView, planning_of
from fenhu.web.works.queries.standings import StandingCounts, money_changes, money_now, standing_counts
from fenhu.web.works.stored import texts_from
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplanRow:
    """One plan made again in the list."""

    id: int
    created_at: datetime
    owner: str
    dropped: int
    price: float
    changes: int | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplanDesk:
    """What somebody sees who is about to make the plan again; ``counts`` is None without a plan in force."""

    counts: StandingCounts | None
    price: float
    open_from: int
    money: tuple[Text, ...]
    rows: tuple[ReplanRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedChange:
    """One building of the list with its words."""

    row: ChangeRow
    change: Text
    stage: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PurseLine:
    """What a purse has and what both plans take of it, a row a year: (year, had, before, after)."""

    purse: Text
    crew: bool
    years: tuple[tuple[str, float, float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplanView:
    """One plan made again: sentences, the list, money before and after, and whether it can be adopted."""

    row: ReplanRow
    dropped: tuple[str, ...]
    said: tuple[Text, ...]
    money: tuple[Text, ...]
    changes: tuple[ListedChange, ...]
    purses: tuple[PurseLine, ...]
    job_id: int | None
    adoptable: bool
    in_force: bool
    stopped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """A purse that does not always suffice."""

    purse: Text
    broken_percent: float
    year: str
    short: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskView:
    """What the plan in force risks and its pace; ``pace`` is None without a plan, ``said`` before a trial."""

    pace: planning.Pace | None
    said: tuple[Text, ...]
    purses: tuple[RiskRow, ...]
    reserves: tuple[Text, ...]
    spreads: tuple[tuple[Text, float], ...]
    job_id: int | None
    running: bool


def replan_desk(user: Any) -> ReplanDesk:
    """Return what stands where, what the register's money became, and the plans made again so far."""
    view = planning_of()
    rows = Replan.objects.visible_to(user).select_related("owner", "job").order_by("-pk")
    rows = rows.defer("task", "result", "ranking")
    return ReplanDesk(
        counts=None if view is None else standing_counts(view),
        price=float(current_policy().planning.stay_weight.value),
        open_from=clock.today().year,
        money=() if view is None else money_changes(view, money_now(view)),
        rows=tuple(_row(one) for one in rows),
    )


def replan_for(user: Any, replan_id: int) -> Replan:
    """Return the plan made again itself, for whoever is about to act on it.

    Raises
    ------
    django.http.Http404
        If there is none, or it is not the user's to see.
    """
    return get_visible(Replan.objects.select_related("owner", "job"), user, pk=replan_id)


def replan_view(user: Any, replan_id: int) -> ReplanView:
    """Return one plan made again.

    Raises
    ------
    django.http.Http404
        If there is none, or it is not the user's to see.
    """
    case = replan_for(user, replan_id)
    answer, view = case.answer, planning_of()
    fresh = view is not None and view.plan_id == case.base_id
    return ReplanView(
        row=_row(case),
        dropped=tuple(case.dropped),
        said=texts_from(answer.get("said", ())),
        money=texts_from(answer.get("money", ())),
        changes=tuple(_listed(one) for one in answer.get("rows", ())),
        purses=tuple(_purse(answer, one) for one in answer.get("purses", ())),
        job_id=case.job_id,
        adoptable=bool(answer) and fresh and case.adopted_at is None,
        in_force=case.adopted_at is not None,
        stopped=answer.get("stopped_by") in ("cancelled", "seconds"),
    )


def change_list(user: Any, replan_id: int) -> ChangeList:
    """Return the list of a plan made again as a paper."""
    view = replan_view(user, replan_id)
    return ChangeList(
        title=text("Changes to the plan in force"),
        above=(*view.said, *view.money),
        rows=tuple(one.row for one in view.changes),
        synthetic=visible_buildings(user).filter(synthetic=True).exists(),
    )


def risk_view(user: Any) -> RiskView:
    """Return what the plan in force risks, where it was tried, and its pace."""
    view = planning_of()
    trial = None
    if view is not None:
        trial = PlanRisk.objects.visible_to(user).select_related("job").filter(plan=view.plan_id).first()
    answer = trial.answer if trial else {}
    usual = planning.usual_spreads()
    return RiskView(
        pace=None if view is None else _pace(view),
        said=texts_from(answer.get("said", ())),
        purses=tuple(_risk_row(one) for one in answer.get("purses", ())),
        reserves=texts_from(answer.get("reserves", ())),
        spreads=tuple((name, getattr(usual, code)) for code, name in planning.spread_names().items()),
        job_id=trial.job_id if trial else None,
        running=bool(trial and trial.job and trial.job.state not in trial.job.FINISHED),
    )


def _pace(view: PlanningView) -> planning.Pace:
    b, planned = view.instance.buildings, view.year_of != planning.NO_YEAR
    outline = planning.yearly_outline(view.instance, view.year_of, None)
    flats = {view.instance.first_year + year: one.flats for year, one in enumerate(outline)}
    return study.pace_in(
        current_policy(), flats, register_flats=int(b.flats.sum()),
        cost_fen=sum(one.total_fen for one in outline),
        crew_days=float(np.sum(b.crew_days[planned])),
    )  # fmt: skip


def _row(case: Replan) -> ReplanRow:
    return ReplanRow(
        id=case.pk, created_at=case.created_at, owner=str(case.owner), dropped=len(case.dropped),
        price=case.price, changes=len(case.answer["rows"]) if case.answer else None, state=_state(case),
    )  # fmt: skip


def _state(case: Replan) -> str:
    if case.adopted_at is not None:
        return "adopted"
    if case.answer:
        return "worked"
    job = case.job
    if job is None:
        return "failed"
    return "failed" if job.state in job.FINISHED else "running"


def _listed(stored: Mapping[str, Any]) -> ListedChange:
    row = ChangeRow(**{**stored, "why": Text.from_json(stored["why"])})
    return ListedChange(row=row, change=CHANGES[row.change], stage=STAGES[row.stage])


def _purse(answer: Mapping[str, Any], stored: Mapping[str, Any]) -> PurseLine:
    scale = planning.CREW_PARTS if stored["crew"] else 1_000_000
    years = range(answer["first_year"], answer["first_year"] + answer["years"])
    rows = zip(years, stored["had"], stored["before"], stored["after"], strict=True)
    return PurseLine(
        purse=Text.from_json(stored["purse"]),
        crew=stored["crew"],
        years=tuple(
            (str(year), had / scale, before / scale, after / scale) for year, had, before, after in rows
        ),
    )


def _risk_row(stored: Mapping[str, Any]) -> RiskRow:
    return RiskRow(
        purse=Text.from_json(stored["purse"]), broken_percent=100.0 * (1.0 - stored["held"]),
        year=stored["year"], short=Text.from_json(stored["short"]),
    )  # fmt: skip
