"""Samples of the two notices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fenhu.papers.issued.notices import BuildingNotice, FlatNotice
from fenhu.papers.issued.parts import Stage
from fenhu.papers.issued.samples.parts import (
    ADDRESS,
    BASIS,
    BUILDING,
    BUREAU,
    BUREAU_PHONE,
    CONTACTS,
    COST_RULES,
    COSTS,
    FORM_AFTER,
    FORM_BEFORE,
    LIABLE,
    WORKS,
)  # fmt: skip


def building_notice() -> BuildingNotice:
    """Return a sample."""
    return BuildingNotice(
        building=BUILDING, year=2011, flats=48, area_m2=Decimal("4320.50"), address=ADDRESS,
        units=4, form_before=FORM_BEFORE, form_after=FORM_AFTER,
        lowest_before_c=Decimal("13.2"), lowest_after_c=Decimal("19.4"), basis=BASIS,
        cost_rules=COST_RULES,
        begins=date(2011, 6, 1), ends=date(2011, 6, 25),
        stages=(
            Stage(what="1、2单元", begins=date(2011, 6, 1), ends=date(2011, 6, 12)),
            Stage(what="3、4单元", begins=date(2011, 6, 13), ends=date(2011, 6, 25)),
        ),
        scheme_place="示例社区服务站", consent_place="示例社区服务站", consent_by=date(2011, 5, 15),
        payment_place="示例供热公司收费厅", payment_by=date(2011, 5, 30),
        consequences=LIABLE, contacts=CONTACTS, complaint_office=BUREAU, complaint_phone=BUREAU_PHONE,
        helpers=("示例社区", "示例物业公司"), building_url="https://example.invalid/buildings/SAMPLE",
    )  # fmt: skip


def flat_notice() -> FlatNotice:
    """Return a sample."""
    return FlatNotice(
        whole=building_notice(), flat="1-302", owner_name="示例住户", area_m2=Decimal("90.25"),
        page_url="https://example.invalid/flat/SAMPLE",
        works=WORKS, costs=COSTS,
        begins=date(2011, 6, 2), ends=date(2011, 6, 2), before_c=Decimal("14.1"), after_c=Decimal("20.3"),
    )  # fmt: skip
