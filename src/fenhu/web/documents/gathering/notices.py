"""What 《分户控制供暖改造通知》 says, of a building and of each of its flats (三（一）)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings

from fenhu.papers import form_name, issued
from fenhu.records import SystemForm
from fenhu.web.household import services as household
from fenhu.web.rules import policy_named
from fenhu.web.terms.common import (
    basis_of,
    building_name,
    bureau,
    consequences,
    contacts_of,
    first_day,
    target_form,
    tenths,
)
from fenhu.web.terms.costs import Bill, bill_of, cost_rules, costs_of, price_note, works_of
from fenhu.web.works import queries as works


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    """What the notices of one building's flats have in common, read once."""

    notice: issued.BuildingNotice
    bill: Bill | None
    heat: works.ProjectHeat


def building_notices(reader: Any, projects: Sequence[Any]) -> list[issued.BuildingNotice]:
    """Return what the notices of buildings say."""
    return [_whole(project).notice for project in projects]


def flat_notices(reader: Any, flats: Sequence[Any]) -> list[issued.FlatNotice]:
    """Return what the notices of flats say, in their order."""
    wholes: dict[int, _Whole] = {}
    for work in flats:
        if work.project_id not in wholes:
            wholes[work.project_id] = _whole(work.project)
    return [_flat(work, wholes[work.project_id]) for work in flats]


def _whole(project: Any) -> _Whole:
    building, policy = project.building, policy_named(project.policy)
    heat, bill = works.project_heat(project), bill_of(project)
    community = building.community.name if building.community is not None else ""
    notice = issued.BuildingNotice(
        building=building_name(building), year=project.year, flats=building.flat_count,
        area_m2=tenths(building.heated_area_m2), address=building.address, units=building.units,
        form_before=str(form_name(SystemForm(building.system_form))),
        form_after=target_form(policy, building.system_form), lowest_before_c=_lowest(heat.before_c),
        lowest_after_c=_lowest(heat.after_c), basis=basis_of(policy, policy.notice.clause),
        cost_rules=cost_rules(policy, bill), begins=first_day(project), ends=works.project_deadline(project),
        scheme_place=building.supplier.name, consent_place=community, payment_place=building.supplier.name,
        payment_by=project.ready_by, consequences=consequences(policy), contacts=contacts_of(project),
        complaint_office=bureau(), helpers=(community,) if community else (), assumptions=price_note(bill),
        building_url=f"{settings.ADDRESS}/public/buildings/{building.code}/",
    )  # fmt: skip
    return _Whole(notice=notice, bill=bill, heat=heat)


def _flat(work: Any, whole: _Whole) -> issued.FlatNotice:
    flat = work.flat
    return issued.FlatNotice(
        whole=whole.notice, flat=flat.flat_id, owner_name=flat.owner_name, area_m2=tenths(flat.area_m2),
        page_url=f"{settings.ADDRESS}{household.link_for(flat)}",
        works=works_of(whole.bill, flat.flat_id), costs=costs_of(whole.bill, flat.flat_id),
        begins=whole.notice.begins, ends=whole.notice.ends,
        before_c=whole.heat.before_c.get(flat.flat_id), after_c=whole.heat.after_c.get(flat.flat_id),
    )  # fmt: skip


def _lowest(temperatures: Mapping[str, Decimal]) -> Decimal | None:
    return tenths(min(temperatures.values())) if temperatures else None
