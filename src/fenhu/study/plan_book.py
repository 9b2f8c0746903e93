"""《分年改造计划》 of a study: its plan with money, crews and days, beside the clerk's ranking."""

from __future__ import annotations

from fenhu import papers, planning
from fenhu.records import BuildingRecord
from fenhu.study.answers import verdict
from fenhu.study.assumed import assumptions
from fenhu.study.chain import Study
from fenhu.study.plan_reading import calendar_assumption, read_plan
from fenhu.wording import text


def plan_book(study: Study) -> papers.PlanBook:
    """Return the plan book of a study."""
    policy, instance = study.policy, study.task.instance
    reading = read_plan(instance, planning.years_array(study.plan), policy)
    ranked = dict(zip(instance.buildings.ids, study.baseline.year_of, strict=True))
    return papers.PlanBook(
        city=policy.city.name,
        basis=text("{title} ({document})", title=policy.title, document=policy.document),
        years=reading.years,
        rows=tuple(reading.dated(_row(study, row, ranked[row.code])) for row in study.register.buildings),
        mains=reading.mains,
        purses=reading.purses,
        seasons=reading.seasons,
        verdict=verdict(study.plan),
        shortfalls=tuple(one.text for one in study.plan.shortfalls),
        assumptions=(*assumptions(study), calendar_assumption(policy)),
        policy_id=policy.id,
        policy_version=policy.version,
        policy_digest=policy.digest,
        synthetic=study.register.synthetic,
    )


def _row(study: Study, record: BuildingRecord, ranked: int | None) -> papers.BookRow:
    first_year = study.task.instance.first_year
    return papers.BookRow(
        code=record.code,
        name=record.name,
        district=record.district,
        supplier=record.supplier,
        cluster=record.cluster or record.code,
        address=record.address,
        flats=record.flats,
        area_m2=record.heated_area_m2,
        cost_fen=study.priced[record.code].shared.total,
        year=study.year_of[record.code],
        ranked_year=None if ranked is None else first_year + ranked,
        benefit=0.0,
        priority=study.diagnosed.diagnoses[record.code].priority,
        cause=study.causes.get(record.code),
        reasons=study.reasons[record.code],
    )
