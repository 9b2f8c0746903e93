"""Households of the synthetic city on their flats' pages: they answer, sign by hand, report, complain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.access.models import User
from fenhu.web.household import queries as pages
from fenhu.web.household import services as household
from fenhu.web.ledger import services as ledger
from fenhu.web.playing.paper import a_photograph
from fenhu.web.playing.people import People
from fenhu.web.works import services
from fenhu.web.works.models import FlatWork, Project
from fenhu.wording import CHINESE, speaking

_RELUCTANT_EVERY = 12
_ON_THEIR_PAGE = 3
_SIGNATURE = "M40 110L58 52L76 118L96 48L118 112L140 60L156 104L182 70L210 96L246 64L280 88"
_MORNING, _EVENING = 7, 19
_COLD_C, _WARM_C = Decimal("16.4"), Decimal("20.3")
ANSWERED_AFTER, CLOSED_AFTER = timedelta(days=2), timedelta(days=9)


def answer_of(place: int, work: FlatWork) -> services.Answer:
    """Return what a flat answers: who has answered before says the same, a few of the others refuse."""
    consent = work.flat.consent
    agrees = place % _RELUCTANT_EVERY != _RELUCTANT_EVERY - 1 if consent is None else consent
    return services.Answer(flat=work.flat.flat_id, agrees=agrees, reason="" if agrees else "示范：暂不同意")


def contract_number(project: Project, work: FlatWork) -> str:
    """Return the number of a flat's contract."""
    return f"HT-{project.year}-{project.building.code}-{work.flat.flat_id}"


def act_on_pages(people: People, project: Project, source: str) -> None:
    """Let a few households do on their pages what is open to them in the state ``source``, today."""
    if source in _ACTS:
        with speaking(CHINESE):
            _ACTS[source](people, project)


def live_a_winter(people: People, project: Project, day: date) -> None:
    """Let a household report a cold room and complain, the supplier answer, and another household be warm."""
    supplier = _supplier(people, project)
    first, second = _works(project)[:2]
    cold, warm = _door(supplier, first), _door(supplier, second)
    with clock.on(day), speaking(CHINESE):
        report = household.report_room(cold, value_c=_COLD_C, hour=_MORNING)
        photograph = a_photograph()
        case = household.complain(
            cold, title="示范：客厅不热", account="示范：连续三天早上只有 16 度多，附温度计照片。",
            photo=photograph,
        )  # fmt: skip
        household.report_room(warm, value_c=_WARM_C, hour=_EVENING)
    with clock.on(day + ANSWERED_AFTER):
        services.fire(
            supplier, report, "answer", version=report.version,
            note="示范：已入户检查，过滤器堵塞，清洗后恢复，室温 20.1 ℃。",
        )  # fmt: skip
        _settle(supplier, case)
    with clock.on(day + CLOSED_AFTER):
        case.refresh_from_db()
        services.fire(people.bureau(), case, "close", version=case.version)


def complain(people: People, project: Project, day: date) -> None:
    """Let a household complain; nobody has taken it in hand yet."""
    work = _works(project)[_ON_THEIR_PAGE - 1]
    door = _door(_supplier(people, project), work)
    with clock.on(day), speaking(CHINESE):
        household.complain(door, title="示范：阀门处渗水", account="示范：入户锁闭阀接头处有水滴，请来看看。")


def _settle(supplier: User, case: Any) -> None:
    services.fire(supplier, case, "take", version=case.version)
    services.write_outcome(supplier, case, "示范：已清洗过滤器，住户当面确认室温恢复。")
    case.refresh_from_db()
    services.fire(supplier, case, "settle", version=case.version)


def _elect(people: People, project: Project) -> None:
    """Let every stairwell elect its representative, where the building has a community to call the vote."""
    if project.building.community is None:
        return
    community = people.of(Role.COMMUNITY, project.building.community)
    for unit in range(1, project.building.units + 1):
        services.elect(
            community, project, unit=unit, name=f"示范代表{unit}", phone=f"0000-300000{unit % 10}", votes=9,
            voters=12,
        )  # fmt: skip


def _answer(people: People, project: Project) -> None:
    _elect(people, project)
    supplier = _supplier(people, project)
    for place, work in enumerate(_works(project)[:_ON_THEIR_PAGE]):
        door, given = _door(supplier, work), answer_of(place, work)
        shown = pages.flat_page(door).consent
        if shown is not None:
            household.answer(
                door, agrees=given.agrees, name=_signs_as(work), reason=given.reason,
                read=shown.digest,
            )  # fmt: skip


def _sign(people: People, project: Project) -> None:
    supplier = _supplier(people, project)
    ledger.bill_now(supplier, project)
    for work in _works(project)[:_ON_THEIR_PAGE]:
        door = _door(supplier, work)
        offered = pages.flat_page(door).contract
        if offered is not None:
            household.sign(door, name=_signs_as(work), drawn=_SIGNATURE, confirmed=False, read=offered.digest)
            opposite = pages.Door(flat=door.flat, proved=True, user=supplier)
            household.countersign(supplier, opposite, number=contract_number(project, work))


_ACTS: Mapping[str, Callable[[People, Project], None]] = {"informed": _answer, "consented": _sign}


def _door(supplier: User, work: FlatWork) -> pages.Door:
    """Return the page of a flat by the link its supplier prints and the digits of its telephone."""
    [(flat, path)] = household.print_links(supplier, [work.flat])
    return household.enter(path.rstrip("/").rpartition("/")[2], flat.phone[-household.DIGITS :])


def _signs_as(work: FlatWork) -> str:
    return work.flat.owner_name or "示范住户"


def _works(project: Project) -> QuerySet[FlatWork]:
    return FlatWork.objects.filter(project=project).select_related("flat__building").order_by("pk")


def _supplier(people: People, project: Project) -> User:
    return people.of(Role.HEAT_SUPPLIER, project.building.supplier)
