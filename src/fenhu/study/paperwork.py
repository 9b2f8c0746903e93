"""Make the plan's papers: the building schedule, the report, and plan.json."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from fenhu import __version__, papers, planning
from fenhu.policy import Policy
from fenhu.records import BuildingRecord, CriterionResult, FlatRecord, FlatUse, Payer, SystemForm
from fenhu.study.answers import TELLS_NOTHING, plan_json
from fenhu.study.asking import Asked
from fenhu.study.assumed import assumptions
from fenhu.study.chain import Study
from fenhu.study.plan_book import plan_book
from fenhu.study.replanning import CHANGES_NAME, change_list, replan_sentences
from fenhu.study.risk import pace_of_study, pace_part, risk_part
from fenhu.study.scenarios import WhatIf, what_if_part
from fenhu.study.yearly import YearOfPlan, plan_years
from fenhu.wording import Text, text

SCHEDULE_NAME, BOOK_NAME = "楼栋明细表.xlsx", "分年改造计划"
SEARCH_LIBRARIES = ("highspy", "numpy", "numba")
STOPPED = {
    "optimal": text("the plan was proven best"),
    "effort": text("the search effort was used up"),
    "seconds": text("the time limit was reached"),
    "cancelled": text("somebody stopped the search"),
}


def write_plan(
    study: Study,
    folder: Path,
    asked: Asked | None = None,
    risk: planning.Secured | None = None,
    tried: WhatIf | None = None,
) -> tuple[Path, ...]:
    """Write schedule, plan.json, report and plan book into ``folder``.

    What was ``asked``, the risk and the scenarios ``tried`` stand in plan.json and report; a plan made again
    has its list of changes beside it.
    """
    schedule_path, plan_path, report_path, book_path, paper_path = (
        folder / name
        for name in (SCHEDULE_NAME, "plan.json", "report.html", f"{BOOK_NAME}.xlsx", f"{BOOK_NAME}.pdf")
    )
    papers.schedule_xlsx(schedule(study), schedule_path)
    plan_path.write_text(
        json.dumps(plan_json(study, asked, risk, tried), ensure_ascii=False, indent=1), encoding="utf-8"
    )
    report_path.write_text(papers.plan_report_html(report(study, asked, risk, tried)), encoding="utf-8")
    book = plan_book(study)
    papers.plan_book_xlsx(book, book_path)
    paper_path.write_bytes(papers.plan_book_pdf(book))
    written = (schedule_path, plan_path, report_path, book_path, paper_path)
    return (*written, *_changes(study, folder))


def _changes(study: Study, folder: Path) -> tuple[Path, ...]:
    """Write what a plan made again changes; nothing for a plan made from nothing."""
    if study.again is None:
        return ()
    records = {record.code: record for record in study.register.buildings}
    path = folder / CHANGES_NAME
    papers.changes_xlsx(change_list(study.again, records, synthetic=study.register.synthetic), path)
    return (path,)


def schedule(study: Study) -> papers.Schedule:
    """Return 《供热分户控制改造楼栋明细表》 of every year of the plan."""
    flats = study.register.flats_by_building()
    years = [
        papers.ScheduleYear(
            year=one.year, rows=tuple(_row(study, row, flats[row.code], one.year) for row in one.rows)
        )
        for one in plan_years(study)
    ]
    policy = study.policy
    return papers.Schedule(
        city=policy.city.name,
        basis=_basis(study),
        years=tuple(years),
        policy_id=policy.id,
        policy_version=policy.version,
        policy_digest=policy.digest,
        synthetic=study.register.synthetic,
        assumptions=assumptions(study),
    )


def report(
    study: Study,
    asked: Asked | None = None,
    risk: planning.Secured | None = None,
    tried: WhatIf | None = None,
) -> papers.PlanReport:
    """Return the plan's report, with help for what it misses where that was ``asked``."""
    years = plan_years(study)
    policy, register = study.policy, study.register
    first = next((one for one in years if one.rows), years[0])
    return papers.PlanReport(
        city=policy.city.name,
        basis=_basis(study),
        policy_id=policy.id,
        policy_version=policy.version,
        policy_digest=policy.digest,
        years=tuple(_report_year(study, one) for one in years),
        stock=papers.StockFigures(
            buildings=len(register.buildings),
            flats=sum(row.flats for row in register.buildings),
            area_m2=sum(row.heated_area_m2 for row in register.buildings),
            not_simulated=tuple(
                (code, heat.status) for code, heat in study.diagnosed.heats.items() if heat.before is None
            ),
        ),
        temperatures_before_c=_temperatures(study, "before"),
        temperatures_after_c=_temperatures(study, "after"),
        first_year=tuple(_planned(study, row) for row in first.rows),
        unplanned=tuple(
            _unplanned(study, row) for row in register.buildings if study.year_of[row.code] is None
        ),
        findings=(
            *(one.text for one in study.plan.shortfalls if one.year < 0),
            *(asked.sentences if asked else ()),
            *(replan_sentences(study.again) if study.again else ()),
        ),
        parts=(
            pace_part(pace_of_study(study)),
            *((risk_part(study.task.instance, risk),) if risk else ()),
            *((what_if_part(tried),) if tried else ()),
        ),
        search=_search(study),
        ranking=papers.compared(plan_book(study).rows, study.policy.programme.years),
        assumptions=assumptions(study),
        synthetic=register.synthetic,
    )


def _basis(study: Study) -> Text:
    return text("{title} ({document})", title=study.policy.title, document=study.policy.document)


def _row(
    study: Study, record: BuildingRecord, flats: tuple[FlatRecord, ...], year: int
) -> papers.ScheduleRow:
    diagnosis = study.diagnosed.diagnoses[record.code]
    return schedule_row(
        record,
        flats,
        year,
        policy=study.policy,
        cost_fen=study.priced[record.code].shared.total,
        priority=diagnosis.priority,
        reasons=(*study.reasons[record.code], *diagnosis.reasons),
        criteria=diagnosis.criteria,
    )


def schedule_row(
    record: BuildingRecord,
    flats: tuple[FlatRecord, ...],
    year: int,
    *,
    policy: Policy,
    cost_fen: Mapping[Payer, int],
    priority: float | None,
    reasons: tuple[Text, ...],
    criteria: tuple[CriterionResult, ...],
) -> papers.ScheduleRow:
    """Return a building's row of the schedule of ``year`` from its record and what was found out about it."""
    agreed = [flat for flat in flats if flat.consent]
    return papers.ScheduleRow(
        code=record.code,
        district=record.district,
        supplier=record.supplier,
        estate=record.estate,
        building=record.name,
        address=record.address,
        year_built=record.year_built,
        storeys=record.storeys,
        units=record.units,
        flats=record.flats,
        heated_area_m2=record.heated_area_m2,
        owner_kind=record.owner_kind,
        present_form=record.system_form,
        planned_form=SystemForm.HOUSEHOLD_DOUBLE,
        cost_fen=cost_fen,
        shops=sum(flat.use is not FlatUse.DWELLING for flat in flats),
        owner=record.owner,
        station=record.station,
        pipe_age_years=year - record.pipe_year if record.pipe_year else None,
        water_loss_percent=record.water_loss_percent,
        mean_room_c=record.mean_room_c,
        min_room_c=record.min_room_c,
        complaints=record.complaints,
        fee_collection_percent=record.fee_collection_percent,
        arrears_fen=record.arrears_fen,
        repair_fund_fen=record.repair_fund_fen,
        consent_agreed=len(agreed),
        consent_asked=len(flats),
        consent_area_m2=round(sum(flat.area_m2 for flat in agreed), 2),
        planned_finish=policy.calendar.completion_deadline(year),
        priority=priority,
        reasons=reasons,
        criteria=criteria,
    )


def _report_year(study: Study, year: YearOfPlan) -> papers.PlanYear:
    target = study.policy.programme.targets.get(year.year)
    index = year.year - study.task.instance.first_year
    return papers.PlanYear(
        year=year.year,
        buildings=len(year.rows),
        flats=year.flats,
        area_m2=year.area_m2,
        cost_fen=year.cost_fen,
        target_buildings=target.buildings if target else None,
        target_flats=target.flats if target else None,
        shortfalls=tuple(one.text for one in study.plan.shortfalls if one.year == index),
    )


def _temperatures(study: Study, state: Literal["before", "after"]) -> list[float]:
    """Return the temperatures of the planned flats in one state."""
    heats = [study.diagnosed.heats[code] for code, year in study.year_of.items() if year is not None]
    summaries = [heat.before if state == "before" else heat.after for heat in heats]
    return [flat.temperature_c for one in summaries if one for flat in one.flats.values()]


def _planned(study: Study, record: BuildingRecord) -> papers.PlannedBuilding:
    before, after = (
        study.diagnosed.diagnoses[record.code].before,
        study.diagnosed.diagnoses[record.code].after,
    )
    return papers.PlannedBuilding(
        code=record.code,
        name=record.name,
        district=record.district,
        supplier=record.supplier,
        flats=record.flats,
        area_m2=record.heated_area_m2,
        cost_fen=study.priced[record.code].cost_fen,
        min_before_c=before.min_c if before else None,
        min_after_c=after.min_c if after else None,
        below_18_before=before.below_18 if before else None,
        below_18_after=after.below_18 if after else None,
        reasons=study.reasons[record.code],
    )


def _unplanned(study: Study, record: BuildingRecord) -> papers.UnplannedBuilding:
    reasons = study.reasons[record.code]
    return papers.UnplannedBuilding(
        code=record.code,
        name=record.name,
        district=record.district,
        supplier=record.supplier,
        flats=record.flats,
        priority=study.diagnosed.diagnoses[record.code].priority,
        cause=study.causes[record.code],
        reasons=reasons,
    )


def _search(study: Study) -> papers.SearchFigures:
    libraries = {name: version(name) for name in SEARCH_LIBRARIES}
    return papers.SearchFigures(
        proven_best=study.plan.status == "optimal",
        objective=study.plan.objective,
        bound=study.plan.bound,
        gap_ratio=study.plan.gap if study.plan.gap < TELLS_NOTHING else None,
        baseline_objective=study.plan.baseline,
        stopped_by=STOPPED[study.plan.stopped_by],
        seed=study.settings.seed,
        effort=study.settings.effort,
        versions={"fenhu": __version__, "python": platform.python_version(), **libraries},
    )
