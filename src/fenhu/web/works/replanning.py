"""Planning again within the year: asked for, worked out in the background, put in force; a plan's risk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from fenhu import planning, study
from fenhu.errors import InputFault, UnknownItem, WrongState
from fenhu.papers import ChangeRow
from fenhu.planning import PlanProgress
from fenhu.programme import Role
from fenhu.records import BuildingRecord
from fenhu.web import clock
from fenhu.web.access.gates import require_role
from fenhu.web.jobs import services as jobs
from fenhu.web.journal import services as journal
from fenhu.web.registry.queries import records_of
from fenhu.web.works.adopting import adopt_plan
from fenhu.web.works.models import PlanRisk, Replan, StudyPlan
from fenhu.web.works.queries.planning import PlanningView, plan_by_id, plan_in_force
from fenhu.web.works.queries.standings import in_force_now, money_changes, money_now, planned_houses
from fenhu.web.works.stored import texts_json
from fenhu.web.works.working_out import Report
from fenhu.wording import text

EFFORT, SECONDS = 4, 90.0
PRICE_MOST = 100.0


@transaction.atomic
def ask_replan(actor: Any, *, dropped: Iterable[str], price: float) -> Replan:
    """Return the plan to be made again from the one in force; its job is started.

    Parameters
    ----------
    dropped
        Codes of buildings that dropped out.
    price
        How many times its flats the plan has to gain where an approved building moves.

    Raises
    ------
    NotAllowed
        If the actor is not of the city bureau.
    WrongState
        If there is no plan in force.
    UnknownItem
        If a code is no building of the plan.
    InputFault
        If the price makes no sense.
    """
    require_role(actor, Role.CITY_BUREAU)
    view, codes = plan_in_force(), sorted(set(dropped))
    unknown = sorted(set(codes) - planned_houses(view))
    if unknown:
        raise UnknownItem(text("Building {code} is not among those that are planned", code=unknown[0]))
    if not 0.0 <= price <= PRICE_MOST:
        raise InputFault(text("The price lies between 0 and {most}", most=f"{PRICE_MOST:g}"))
    made = Replan.objects.create(
        base_id=view.plan_id, owner=actor, dropped=codes, price=price, open_from=clock.today().year
    )
    made.job = jobs.start("replan", actor, {"replan": made.pk})
    made.save(update_fields=["job"])
    journal.record(
        actor=actor, subject=made, kind="replan.asked", data={"dropped": len(codes), "price": price}
    )
    return made


def work_out_replan(asked: Replan, report: Report) -> Replan:
    """Return the plan made again, its answer kept; the plan in force stays until somebody adopts it.

    Raises
    ------
    InputFault, SolverFault
        As ``planning.replan``.
    """
    view = plan_by_id(asked.base_id)
    now = money_now(view)
    task = planning.changed(now, planning.Changes(rules={"stay_weight": asked.price}))
    before, standing = study.standing_of(task, in_force_now(view, asked.dropped, asked.open_from))
    again = planning.replan(
        task, before, standing, goal=planning.replan_goal(task), seconds=SECONDS, effort=EFFORT,
        progress=_teller(report), cancelled=report.cancelled,
    )  # fmt: skip
    asked.task, asked.result = planning.keep_instance(again.instance), planning.keep_result(again.result)
    asked.ranking = planning.keep_result(planning.greedy(again.instance, goal=planning.LEXICOGRAPHIC))
    asked.answer, asked.finished_at = _answer(view, now, again), timezone.now()
    data = {"changes": len(again.moves), "stopped_by": again.result.stopped_by}
    with transaction.atomic():
        asked.save(update_fields=["task", "result", "ranking", "answer", "finished_at"])
        journal.record(actor=asked.owner, subject=asked, kind="replan.worked_out", data=data)
    return asked


@transaction.atomic
def adopt_replan(actor: Any, asked: Replan) -> StudyPlan:
    """Return the plan in force that the plan made again has become; the one before is kept.

    Raises
    ------
    NotAllowed
        If the actor is not of the city bureau.
    WrongState
        If it is not worked out, or another plan came into force since.
    """
    require_role(actor, Role.CITY_BUREAU)
    case = Replan.objects.select_for_update().select_related("base__study").get(pk=asked.pk)
    if not case.answer or case.adopted_at:
        raise WrongState(text("There is nothing to put in force: it is not worked out, or in force already"))
    if case.base_id != plan_in_force().plan_id:
        raise WrongState(text("Another plan came into force since; make the plan again from that one"))
    instance, view = planning.kept_instance(bytes(case.task)), plan_by_id(case.base_id)
    kept = adopt_plan(
        actor, case.base.study, instance=instance, result=planning.kept_result(instance, case.result),
        baseline=planning.kept_result(instance, case.ranking), origin=StudyPlan.FROM_REPLAN,
        conditions=view.conditions, note=str(case.price),
    )  # fmt: skip
    case.adopted_at = timezone.now()
    case.save(update_fields=["adopted_at"])
    return kept


@transaction.atomic
def try_risk(actor: Any) -> PlanRisk:
    """Return the trial of the plan in force in drawn scenarios; its job is started unless it is known.

    Raises
    ------
    NotAllowed
        If the actor is not of the city bureau.
    WrongState
        If there is no plan in force.
    """
    require_role(actor, Role.CITY_BUREAU)
    trial, _ = PlanRisk.objects.get_or_create(plan_id=plan_in_force().plan_id, defaults={"owner": actor})
    running = trial.job is not None and trial.job.state not in trial.job.FINISHED
    if not trial.answer and not running:
        trial.job = jobs.start("risk", actor, {"risk": trial.plan_id})
        trial.save(update_fields=["job"])
        journal.record(actor=actor, subject=trial, kind="risk.asked", data={})
    return trial


def work_out_risk(trial: PlanRisk, report: Report) -> PlanRisk:
    """Return the trial with its answer."""
    view = plan_by_id(trial.plan_id)
    found = planning.secure(
        view.instance, view.year_of, planning.usual_spreads(), goal=planning.LEXICOGRAPHIC, seconds=SECONDS,
        effort=EFFORT, progress=_teller(report), cancelled=report.cancelled,
    )  # fmt: skip
    trial.answer = {
        "said": texts_json(study.risk_sentences(view.instance, found)),
        "held": found.before.held_share, "secured": found.validated.held_share,
        "purses": [_risk_row(view, one) for one in found.before.purses],
        "reserves": texts_json(one.text for one in found.reserves),
    }  # fmt: skip
    with transaction.atomic():
        trial.save(update_fields=["answer"])
        journal.record(actor=trial.owner, subject=trial, kind="risk.worked_out", data={})
    return trial


def _risk_row(view: PlanningView, risk: planning.PurseRisk) -> dict[str, Any]:
    return {
        "purse": planning.purse_name(view.instance, risk.purse).to_json(), "held": risk.held_share,
        "year": view.instance.year_label(risk.year),
        "short": planning.amount_said(risk.purse, risk.short).to_json(),
    }  # fmt: skip


def _answer(view: PlanningView, now: planning.Instance, again: planning.Replanned) -> dict[str, Any]:
    records = _records(again)
    rows = (study.change_row(again.instance, one, records) for one in again.moves)
    return {
        "said": texts_json(study.replan_sentences(again)),
        "money": texts_json(money_changes(view, now)),
        "rows": [_row_json(one) for one in rows],
        "purses": [_purse_json(again, one) for one in again.spending if one.before != one.after],
        "gain_flats": again.gain_flats, "price_flats": again.price_flats,
        "first_year": again.instance.first_year, "years": again.instance.years,
        "stopped_by": again.result.stopped_by,
    }  # fmt: skip


def _records(again: planning.Replanned) -> Mapping[str, BuildingRecord]:
    """Return the register's row of everything that changes; a stairwell has its building's."""
    ids, parts = again.instance.buildings.ids, again.instance.part_ratio
    codes = {
        ids[one.building]: study.building_code(ids[one.building])
        if parts[one.building] < 1.0
        else ids[one.building]
        for one in again.moves
    }
    found = records_of(set(codes.values()))
    return {code: found[house] for code, house in codes.items()}


def _row_json(row: ChangeRow) -> dict[str, Any]:
    return {
        "code": row.code, "name": row.name, "district": row.district, "supplier": row.supplier,
        "flats": row.flats, "change": row.change, "from_year": row.from_year, "to_year": row.to_year,
        "stage": row.stage, "price_flats": row.price_flats, "gain_flats": row.gain_flats,
        "why": row.why.to_json(),
    }  # fmt: skip


def _purse_json(again: planning.Replanned, one: planning.PurseSpending) -> dict[str, Any]:
    return {
        "purse": planning.purse_name(again.instance, one.purse).to_json(),
        "crew": one.purse.source == planning.CREW,
        "had": list(one.had), "before": list(one.before), "after": list(one.after),
    }  # fmt: skip


def _teller(report: Report) -> Callable[[PlanProgress], None]:
    def tell(step: PlanProgress) -> None:
        report.tell(text("Searching for the best plan"), step.effort_done, step.effort)

    return tell
