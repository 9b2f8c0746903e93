"""A small programme of two years, with sums that can be added by hand."""

from datetime import date

from fenhu.papers import (
    NamedAssumption,
    PlannedBuilding,
    PlanReport,
    PlanYear,
    Schedule,
    ScheduleRow,
    ScheduleYear,
    SearchFigures,
    StockFigures,
    UnplannedBuilding,
)
from fenhu.records import CriterionResult, OwnerKind, Payer, SystemForm
from fenhu.wording import text

COLD = CriterionResult(
    code="cold", name=text("Cold for long"), clause="3(2)", applies_to="building", met=True,
    evidence=text("lowest room temperature {value} ℃", value="13.2"), score=1.0, weight=0.3, assumed=True,
)  # fmt: skip
CORROSION = CriterionResult(
    code="corrosion", name=text("Corroded pipes"), clause="3(2)", applies_to="system", met=None,
    evidence=text("no grade given"), score=0.0, weight=0.2, assumed=False,
)  # fmt: skip


def a_row(code="B1", supplier="North Heat", district="East", user_fen=1_000_050, owner_fen=300_025, **more):
    known = {
        "estate": "Garden", "building": f"Block {code}", "address": "1 Main Road", "year_built": 1985,
        "storeys": 6, "units": 3, "flats": 36, "heated_area_m2": 3240.5, "owner_kind": OwnerKind.CENTRAL,
        "present_form": SystemForm.VERTICAL_SINGLE_SERIES,
        "planned_form": SystemForm.HOUSEHOLD_DOUBLE,
        "cost_fen": {Payer.USER: user_fen, Payer.OWNER: owner_fen},
        "reasons": (text("Meets {count} criteria", count=2),),
        "criteria": (COLD, CORROSION), "priority": 0.75,
    }  # fmt: skip
    return ScheduleRow(code=code, supplier=supplier, district=district, **(known | more))


FIRST = ScheduleYear(
    year=2010,
    rows=(
        a_row("B3", supplier="South Heat", district="West", flats=24, user_fen=100, owner_fen=1),
        a_row("B2", district="West", flats=48, arrears_fen=12_345),
        a_row("B1", planned_start=date(2010, 5, 15)),
    ),
)
SECOND = ScheduleYear(year=2011, rows=(a_row("B4", flats=10),))


def a_schedule(**more):
    known = {
        "city": "Fuxin",
        "basis": "Document 34 of 2010",
        "years": (FIRST, SECOND),
        "policy_id": "fuxin-2010",
    }
    return Schedule(**(known | more))


ASSUMED = NamedAssumption(
    key="consent.threshold", value="2/3", reason=text("The document names no threshold"), clause="2(4)"
)


def a_year(year=2010, buildings=101, flats=5012, **more):
    known = {
        "area_m2": 451_080.0, "cost_fen": {Payer.USER: 900_000_000, Payer.SUPPLIER: 300_000_000},
        "target_buildings": 100, "target_flats": 5000,
    }  # fmt: skip
    return PlanYear(year=year, buildings=buildings, flats=flats, **(known | more))


def a_search(**more):
    known = {
        "proven_best": False, "objective": 1175.0, "bound": 1250.0, "gap_ratio": 0.06,
        "baseline_objective": 1000.0, "stopped_by": "effort", "seed": 7, "effort": 40,
        "versions": {"highspy": "1.11.0"},
    }  # fmt: skip
    return SearchFigures(**(known | more))


def a_planned(code="B1", **more):
    known = {
        "name": "Block 1", "district": "East", "supplier": "North Heat", "flats": 36, "area_m2": 3240.0,
        "cost_fen": 12_345_000, "min_before_c": 12.31, "min_after_c": 18.7, "below_18_before": 20,
        "below_18_after": 0, "reasons": (text("Meets {count} criteria", count=2),),
    }  # fmt: skip
    return PlannedBuilding(code=code, **(known | more))


def an_unplanned(code, priority=0.5, cause="Consent is missing"):
    return UnplannedBuilding(
        code=code, name=f"Block {code}", district="West", supplier="South Heat", flats=24, priority=priority,
        cause=text(cause), reasons=(text("Only {share} % agree", share=40),),
    )  # fmt: skip


def a_report(**more):
    known = {
        "city": "Fuxin", "basis": "Document 34 of 2010", "policy_id": "fuxin-2010", "policy_version": "1",
        "policy_digest": "ab12", "years": (a_year(), a_year(2011, 80, 4000, target_buildings=None)),
        "stock": StockFigures(buildings=1000, flats=50_000, area_m2=4.5e6),
        "temperatures_before_c": [15.0, 17.0, 19.0, 21.0], "temperatures_after_c": [19.0, 20.0, 20.5, 21.0],
        "first_year": (a_planned(),), "unplanned": (an_unplanned("B8"), an_unplanned("B9", 0.9)),
        "search": a_search(), "assumptions": (ASSUMED,),
    }  # fmt: skip
    return PlanReport(**(known | more))
