"""What the papers of the works say: the technical briefing, the published contacts, the acceptance record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from fenhu.papers import issued
from fenhu.web.access.privacy import masked_name
from fenhu.web.rules import policy_named
from fenhu.web.terms.common import basis_of, building_name, bureau, target_form, tenths
from fenhu.web.terms.costs import Bill, as_built, bill_of
from fenhu.web.works import queries as works
from fenhu.wording import text

_BRIEFED, _PUBLISHED, _ACCEPTED = "三（三）", "三（三）", "三（四）"
_PERCENT = "%"


def briefings(reader: Any, projects: Sequence[Any]) -> list[issued.TechnicalBriefing]:
    """Return what the technical briefings of projects say."""
    return [_briefing(project) for project in projects]


def publications(reader: Any, projects: Sequence[Any]) -> list[issued.Publication]:
    """Return the announcements of who leads the works of projects."""
    return [_publication(project) for project in projects]


def acceptance_records(reader: Any, rounds: Sequence[Any]) -> list[issued.AcceptanceRecord]:
    """Return what the records of acceptance rounds say, as ``reader`` may read them."""
    return [_record(reader, held) for held in rounds]


def _briefing(project: Any) -> issued.TechnicalBriefing:
    building, policy = project.building, policy_named(project.policy)
    design = works.settled_design(building)
    return issued.TechnicalBriefing(
        building=building_name(building), supplier=building.supplier.name,
        contractor=project.contractor.name if project.contractor else "", address=building.address,
        flats=building.flat_count, form_after=target_form(policy, building.system_form),
        drawings=str(text("Design version {number}", number=design.number)) if design else "",
        technician=project.technician, technician_phone=project.technician_phone,
        briefed_by=project.technician, briefed_on=project.briefed_on, basis=basis_of(policy, _BRIEFED),
        sizes=_sizes(design.sizes) if design else (), materials=_materials(project),
        works=tuple(
            issued.Work(what=str(one.name), quantity=one.quantity, unit=one.unit)
            for one in _built(bill_of(project))
        ),
    )  # fmt: skip


def _built(bill: Bill | None) -> tuple[works.BillGroup, ...]:
    """Return what is built, by kind of work; what is reckoned in percent of it is no work on site."""
    groups = works.bill_groups(bill.lines, bill.line_shares) if bill is not None else ()
    return tuple(one for one in groups if one.unit != _PERCENT)


def _sizes(sizes: Sequence[tuple[str, int, float]]) -> tuple[issued.PipeSize, ...]:
    """Return the lengths of each material and size, the widest first."""
    metres: defaultdict[tuple[int, str], float] = defaultdict(float)
    for material, dn, length_m in sizes:
        metres[dn, material] += length_m
    return tuple(
        issued.PipeSize(part=material, size=f"DN{dn}", length_m=tenths(metres[dn, material]))
        for dn, material in sorted(metres, reverse=True)
    )


def _materials(project: Any) -> tuple[issued.Material, ...]:
    return tuple(
        issued.Material(
            name=one.name, specification=one.specification, quantity=one.quantity, unit=one.unit,
            certificate=one.certificate_number,
        )
        for one in works.delivered(project)
    )  # fmt: skip


def _publication(project: Any) -> issued.Publication:
    building, policy = project.building, policy_named(project.policy)
    lead = issued.PublishedLead(
        building=building_name(building), supplier=building.supplier.name,
        supplier_lead=project.supplier_lead, supplier_phone=project.supplier_phone,
        contractor=project.contractor.name if project.contractor else "",
        contractor_lead=project.contractor_lead, contractor_phone=project.contractor_phone,
    )  # fmt: skip
    return issued.Publication(
        subject=f"{building_name(building)}分户供暖改造负责人和联系电话", leads=(lead,),
        basis=basis_of(policy, _PUBLISHED), begins=project.published_on,
        ends=works.project_deadline(project), complaint_office=bureau(),
    )  # fmt: skip


def _record(reader: Any, held: Any) -> issued.AcceptanceRecord:
    project, building = held.project, held.project.building
    policy = policy_named(project.policy)
    view = works.acceptance_view(reader, building.code)
    seen = next(one for one in view.rounds if one.id == held.pk)
    design = works.settled_design(building)
    return issued.AcceptanceRecord(
        building=building_name(building), supplier=building.supplier.name,
        contractor=project.contractor.name if project.contractor else "", flats=building.flat_count,
        area_m2=tenths(building.heated_area_m2), round_number=held.number, address=building.address,
        units=building.units, designer=building.supplier.name,
        drawings=str(text("Design version {number}", number=design.number)) if design else "",
        form_after=target_form(policy, building.system_form), begins=project.started_on,
        ends=project.finished_on, held_on=held.decided_on, flats_passed=view.passed,
        basis=basis_of(policy, _ACCEPTED), materials=_materials(project),
        tests=tuple(_test(row) for row in seen.tests if not row.of_flats), rooms=_rooms(view, seen),
        parties=tuple(_party(one) for one in seen.parties), passed=held.state == "passed",
        works=_works_done(project), warranty_seasons=policy.warranty.seasons,
    )  # fmt: skip


def _test(row: works.ChecklistRow) -> issued.TestResult:
    return issued.TestResult(
        what=str(row.test.name), standard=row.test.standard, limit=_limit(row.test),
        measured="、".join(str(one.value) for one in row.values), passed=row.kept,
        measured_on=row.values[-1].measured_on if row.values else None, assumed=row.test.assumed,
        reason=str(row.test.reason),
    )  # fmt: skip


def _limit(test: Any) -> str:
    limits = [
        f"{sign} {value}" for sign, value in (("≥", test.at_least), ("≤", test.at_most)) if value is not None
    ]
    return f"{'，'.join(limits)} {test.unit}".strip()


def _works_done(project: Any) -> tuple[issued.WorkDone, ...]:
    """Return each kind of work as contracted, and as measured once the bill is settled."""
    bill, built = bill_of(project), as_built(project)
    done = {one.code: one.quantity for one in _built(built)}
    return tuple(
        issued.WorkDone(what=str(one.name), unit=one.unit, planned=one.quantity, done=done.get(one.code))
        for one in _built(bill)
    )


def _rooms(view: works.AcceptanceView, seen: works.RoundView) -> tuple[issued.RoomSample, ...]:
    before = {one.flat_id: one.before_c for one in view.flats}
    return tuple(
        issued.RoomSample(
            flat=one.flat_id, measured_c=tenths(one.value), before_c=_known(before.get(one.flat_id)),
            passed=one.kept, note=one.remark,
        )
        for row in seen.tests if row.of_flats for one in row.values
    )  # fmt: skip


def _known(value: float | None) -> Decimal | None:
    return None if value is None else tenths(value)


def _party(one: works.PartyRow) -> issued.Party:
    """Return a party's place; who signed for it on paper is known to the offices, not to every reader."""
    return issued.Party(
        name=str(one.name), agrees=one.agrees, signed_on=one.signed_on, note=one.note,
        person=masked_name(one.on_paper_by) if one.on_paper else one.signed_by,
    )  # fmt: skip
