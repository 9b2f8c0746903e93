"""Samples of the papers of a year: scheme, schedule, allocation, commendations, announcement."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fenhu.papers.issued.commendations import CommendationList, Praised
from fenhu.papers.issued.parts import CostLine, Work
from fenhu.papers.issued.publications import Publication, PublishedLead
from fenhu.papers.issued.samples.parts import (
    ADDRESS,
    BASIS,
    BUILDING,
    BUREAU,
    BUREAU_PHONE,
    CONTACTS,
    CONTRACTOR,
    COST_RULES,
    FORM_AFTER,
    FORM_BEFORE,
    SUPPLIER,
)
from fenhu.papers.issued.schemes import ImplementationScheme, SchemeBuilding
from fenhu.papers.reward_allocation import AllocationRow, RewardAllocation
from fenhu.papers.schedule_values import Schedule, ScheduleRow, ScheduleYear
from fenhu.records import OwnerKind, Payer, SystemForm

_YEAR = 2011


def scheme() -> ImplementationScheme:
    """Return a sample."""
    return ImplementationScheme(
        year=_YEAR, supplier=SUPPLIER, to=BUREAU, basis=BASIS,
        buildings=(
            SchemeBuilding(
                building=BUILDING, district="示例区", flats=48, area_m2=Decimal("4320.50"),
                form_before=FORM_BEFORE, form_after=FORM_AFTER, reason="失调严重、管道腐蚀",
                begins=date(2011, 6, 1), ends=date(2011, 6, 25),
            ),
            SchemeBuilding(
                building="示例小区2号楼", district="示例区", flats=36, area_m2=Decimal("3240.00"),
                form_before=FORM_BEFORE, form_after=FORM_AFTER, reason="主动要求改造",
                begins=date(2011, 6, 26), ends=date(2011, 7, 15),
            ),
        ),
        narrative=("先易后难、分片推进，同一片区连续施工。",),
        purses=(
            CostLine(item="室内材料费", payer="用热户", amount_fen=90_000_00, clause="二（五）"),
            CostLine(
                item="楼内公共部分", payer="供热单位", amount_fen=60_000_00, clause="二（五）", assumed=True,
                reason="文件未写比例，示例暂按各半",
            ),
        ),
        cost_rules=COST_RULES,
        crews=(Work(what="施工班组", quantity=Decimal(4), unit="个", note="每组6人，2个单元平行施工"),),
        contacts=CONTACTS, finish_by=date(2011, 9, 30),
    )  # fmt: skip


def schedule() -> Schedule:
    """Return a sample."""
    row = ScheduleRow(
        code="示例-1", district="示例区", supplier=SUPPLIER, estate="示例小区", building="1号楼",
        address=ADDRESS, year_built=1985, storeys=6, units=4, flats=48, heated_area_m2=4320.5,
        owner_kind=OwnerKind.MUNICIPAL, present_form=SystemForm.VERTICAL_SINGLE_SERIES,
        planned_form=SystemForm.HOUSEHOLD_DOUBLE, cost_fen={Payer.USER: 50_000_00},
    )  # fmt: skip
    return Schedule(
        city="示例市", basis=BASIS[0].number, years=(ScheduleYear(year=_YEAR, rows=(row,)),),
        supplier=SUPPLIER,
    )  # fmt: skip


def reward_allocation() -> RewardAllocation:
    """Return a sample."""
    return RewardAllocation(
        city="示例市", year=_YEAR, basis="示例文件二（五）、四（一）", prepared_on=date(2011, 10, 20),
        rows=(
            AllocationRow(
                district="示例区", supplier=SUPPLIER, building=BUILDING, acceptance_number="示验〔2011〕1号",
                households=48, area_m2=Decimal("4320.50"), base_fen=12_961_50, payment_fen=12_961_50,
                cumulative_fen=12_961_50,
            ),
        ),
    )  # fmt: skip


def commendations() -> CommendationList:
    """Return a sample."""
    return CommendationList(
        year=_YEAR, to="各区人民政府，各供热单位", rule="积极配合并按时完成改造的，表彰奖励", basis=BASIS,
        rows=(
            Praised(name="示例住户", building=BUILDING, flat="1-302", reason="按时准备并通过验收"),
            Praised(
                name="示例机械厂", building="示例小区2号楼", reason="产权单位资金按时到位", amount_fen=500_00
            ),
        ),
        amount_reason="文件写表彰奖励，未给金额",
    )  # fmt: skip


def publication() -> Publication:
    """Return a sample."""
    lead = PublishedLead(
        building=BUILDING, supplier=SUPPLIER, supplier_lead="示例甲", supplier_phone="0000-0000001",
        contractor=CONTRACTOR, contractor_lead="示例乙", contractor_phone="0000-0000002",
    )  # fmt: skip
    return Publication(
        subject="分户供暖改造负责人和联系电话", leads=(lead,), basis=BASIS, begins=date(2011, 5, 1),
        ends=date(2011, 5, 10), complaint_office=BUREAU, complaint_phone=BUREAU_PHONE,
    )  # fmt: skip
