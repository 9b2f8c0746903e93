"""Samples of the papers of one building's works: contract, briefing, acceptance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fenhu.papers.issued.acceptances import AcceptanceRecord, DefectRow, RoomSample, TestResult, WorkDone
from fenhu.papers.issued.briefings import BriefingPoint, PipeSize, TechnicalBriefing
from fenhu.papers.issued.contracts import Contract
from fenhu.papers.issued.parts import Instalment, Party
from fenhu.papers.issued.samples.parts import (
    ADDRESS,
    BASIS,
    BUILDING,
    BUREAU,
    BUREAU_PHONE,
    CONTRACTOR,
    COST_RULES,
    COSTS,
    FORM_AFTER,
    LIABLE,
    MATERIALS,
    SUPPLIER,
    WORKS,
)

_ASSUMED_TEST = "文件写按规定标准验收，未列项目；示例取国家验收规范，条文待核"


def contract() -> Contract:
    """Return a sample."""
    return Contract(
        supplier=SUPPLIER, owner_name="示例住户", building=BUILDING, flat="1-302", area_m2=Decimal("90.25"),
        supplier_address="示例区示例街2号", supplier_lead="示例甲", supplier_phone="0000-0000001",
        owner_phone="000-0000-0000", address=ADDRESS, contractor=CONTRACTOR, basis=BASIS,
        form_after=FORM_AFTER, works=WORKS, costs=COSTS, cost_rules=COST_RULES[1:],
        instalments=(Instalment(when="签订合同后30日内", amount_fen=1_080_50, due=date(2011, 5, 30)),),
        materials=MATERIALS, begins=date(2011, 6, 2), ends=date(2011, 6, 2), warranty_seasons=2,
        warranty_reason="文件未写保修期，示例暂按两个采暖期", consequences=LIABLE, complaint_office=BUREAU,
        complaint_phone=BUREAU_PHONE,
    )  # fmt: skip


def briefing() -> TechnicalBriefing:
    """Return a sample."""
    return TechnicalBriefing(
        building=BUILDING, supplier=SUPPLIER, contractor=CONTRACTOR, address=ADDRESS, flats=48,
        form_after=FORM_AFTER, drawings="暖施-01～暖施-06（示例）", technician="示例丙",
        technician_phone="0000-0000003", briefed_by="示例丁", briefed_on=date(2011, 5, 25), place="示例工地",
        basis=BASIS,
        sizes=(
            PipeSize(part="楼道共用供水立管 1～2层", size="DN40", length_m=Decimal("5.6"), note="保温"),
            PipeSize(part="楼道共用供水立管 3～6层", size="DN32", length_m=Decimal("11.2"), note="保温"),
            PipeSize(part="入户支管", size="dn25×3.5", length_m=Decimal("3.0")),
        ),
        works=WORKS, materials=MATERIALS,
        points=(
            BriefingPoint(
                topic="本楼特别事项", said="4单元一层商铺先行停热，按住户约定时间进户", assumed=True,
                reason="示例事项",
            ),
        ),
        pressure_test="塑料管：试验压力下稳压1小时，压降不大于0.05 MPa；再降至工作压力的1.15倍，稳压2小时，"
        "压降不大于0.03 MPa，不渗不漏。",
        pressure_reason="试压限值取自验收规范的通行解读，条文待核",
    )  # fmt: skip


def acceptance() -> AcceptanceRecord:
    """Return a sample."""
    return AcceptanceRecord(
        building=BUILDING, supplier=SUPPLIER, contractor=CONTRACTOR, flats=48, area_m2=Decimal("4320.50"),
        address=ADDRESS, units=4, designer=SUPPLIER, drawings="暖施-01～暖施-06（示例）",
        form_after=FORM_AFTER, begins=date(2011, 6, 1), ends=date(2011, 6, 25), held_on=date(2011, 7, 5),
        flats_passed=48, basis=BASIS,
        works=(
            WorkDone(what="楼内公共立管", unit="米", planned=Decimal("310"), done=Decimal("312.5")),
            WorkDone(what="户内管道", unit="米", planned=Decimal("1848"), done=Decimal("1846")),
        ),
        materials=MATERIALS,
        tests=(
            TestResult(
                what="散热器试压", standard="GB 50242-2002 8.3.1", limit="不小于0.6 MPa", measured="0.6 MPa",
                passed=True, measured_on=date(2011, 6, 20), assumed=True, reason=_ASSUMED_TEST,
            ),
            TestResult(
                what="系统水压试验压降", standard="GB 50242-2002 8.6.1", limit="不大于0.05 MPa",
                measured="0.02 MPa", passed=True, measured_on=date(2011, 6, 24), assumed=True,
                reason=_ASSUMED_TEST,
            ),
            TestResult(what="试运行", standard="GB 50242-2002 8.6.3", limit="不少于24 h"),
        ),
        rooms=(
            RoomSample(flat="1-101", measured_c=Decimal("19.5"), before_c=Decimal("13.2"), passed=True),
            RoomSample(flat="1-602", measured_c=Decimal("20.5"), before_c=Decimal("21.8"), passed=True),
        ),
        defects=(
            DefectRow(
                what="2单元四层管卡松动", found_on=date(2011, 7, 5), mended_on=date(2011, 7, 6), how="已加固"
            ),
        ),
        parties=tuple(
            Party(name=name)
            for name in (BUREAU, "示例区人民政府", SUPPLIER, CONTRACTOR, "示例社区", "住户代表")
        ),
        passed=True, warranty_seasons=2,
    )  # fmt: skip
