"""The demo: a synthetic city with its people, one year done, the next being filed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import Count, F

from fenhu import register
from fenhu.errors import NotAllowed
from fenhu.papers.bulletin_values import Period
from fenhu.programme import ROLE_NAMES, Role
from fenhu.study import Settings, run_study
from fenhu.web import clock, serving
from fenhu.web.access import services as access
from fenhu.web.access.models import User
from fenhu.web.access.queries import DEMO_PASSWORD
from fenhu.web.exchange import services as exchange
from fenhu.web.exchange.models import Upload
from fenhu.web.metering.models import Meter
from fenhu.web.playing import (
    People,
    commend_the_willing,
    complain,
    first_of_each_supplier,
    inform_the_public,
    issue_allocation,
    levels_of,
    live_a_winter,
    meter_a_season,
    pay_reward,
    play_year,
    propose_reward,
)
from fenhu.web.registry.models import Building, Flat, Organisation
from fenhu.web.registry.queries import register_from_database
from fenhu.web.registry.services import organisations
from fenhu.web.rules import current_policy
from fenhu.web.ui import bulletin_page
from fenhu.web.works import services as works
from fenhu.web.works.models import AnnualPlan, CampaignMaterial, Case, Project, Study
from fenhu.wording import Text, text

Report = Callable[[Text, int, int], None]

FIRST_YEAR, SECOND_YEAR = 2010, 2011
REWARD_PROPOSED, REWARD_PAID = date(2010, 12, 1), date(2010, 12, 20)
FIRST_FILED, FIRST_APPROVED, FIRST_CLOSED = date(2010, 5, 20), date(2010, 6, 1), date(2010, 10, 15)
SECOND_FILED = date(2011, 4, 6)
QUALIFIED_UNTIL = date(2014, 12, 31)
INFORMED, COMMENDED, COLD, LEAKED = (
    date(2010, 6, 3), date(2010, 12, 24), date(2011, 1, 12), date(2011, 4, 8),
)  # fmt: skip
OBSTRUCTED = date(2011, 4, 8)
IN_USE = ("in_use", "rewarded")
CONTRACTORS = ("示范安装一公司", "示范安装二公司", "示范安装三公司")


def build(*, buildings: int, seed: int, report: Report) -> bool:
    """Build the demo city and return True; False where it already stands.

    Raises
    ------
    NotAllowed
        If the database holds another city.
    """
    serving.migrate()
    path = settings.DATA_DIR / "demo" / "register.xlsx"
    _require_no_other_city(path)
    if not path.exists():
        _write_register(path, buildings, seed, report)
    if _stands(path):
        return False
    bureau = _login(Role.CITY_BUREAU)
    _import(path, bureau, report)
    study = _study(bureau, report)
    report(text("Filing the first two years' plans"), 0, 1)
    _people()
    people = People()
    _first_year(study, people, report)
    _second_year(study)
    _meters(people)
    report(text("Filing the first two years' plans"), 1, 1)
    return True


def _write_register(path: Path, buildings: int, seed: int, report: Report) -> None:
    report(text("Inventing the city"), 0, 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name("draft.xlsx")
    register.write_register(register.synthetic_city(buildings=buildings, seed=seed), draft)
    draft.rename(path)
    report(text("Inventing the city"), 1, 1)


def _require_no_other_city(path: Path) -> None:
    """Go on only where nothing is stored yet, or what the demo's own register brought."""
    if Building.objects.exists() and not (path.exists() and _applied(path)):
        raise NotAllowed(
            text("Another city is stored here; build the demo in a folder of its own (FENHU_DATA_DIR)")
        )


def _applied(path: Path) -> bool:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Upload.objects.filter(digest=digest, state=Upload.APPLIED).exists()


def _stands(path: Path) -> bool:
    studied = Study.objects.filter(current=True, policy_digest=current_policy().digest).exists()
    return _applied(path) and studied and AnnualPlan.objects.filter(year=SECOND_YEAR).exists()


def _login(role: Role, **scope: Any) -> User:
    """Return the demo's user of a role; one who is known already stays as he is."""
    return _person(role, role.value, DEMO_PASSWORD, **scope)


def _person(role: Role, username: str, password: str | None, **scope: Any) -> User:
    known = User.objects.filter(username=username).first()
    if known is not None:
        return known
    name = f"示范 {ROLE_NAMES[role].in_language('zh-hans')}"
    user = access.enrol(username=username, display_name=name, password=password)
    access.grant(user=user, role=role, **scope)
    return user


def _import(path: Path, bureau: User, report: Report) -> None:
    report(text("Importing the register"), 0, 2)
    with path.open("rb") as file:
        upload = exchange.receive(File(file, name=path.name), bureau)
    exchange.stage(upload)
    report(text("Importing the register"), 1, 2)
    exchange.apply(upload, bureau)
    report(text("Importing the register"), 2, 2)


def _study(bureau: User, report: Report) -> Study:
    result = run_study(register_from_database(), current_policy(), settings=Settings(), progress=report)
    report(text("Keeping the result"), 0, 1)
    kept = works.store_study(result, actor=bureau)
    report(text("Keeping the result"), 1, 1)
    return kept


@transaction.atomic
def _people() -> None:
    """Make one login per role, each with something to do."""
    supplier = _supplier_with_most_to_do()
    planned = Building.objects.filter(outcomes__study__current=True, outcomes__planned_year=SECOND_YEAR)
    homes = Flat.objects.filter(building__in=planned.filter(supplier=supplier))
    not_asked_first = F("consent").asc(nulls_first=True)
    home = homes.order_by(not_asked_first, "building__code", "pk").first()
    assert home is not None
    _login(Role.DISTRICT_GOV, district=_most(Building.objects.filter(authority="district"), "district"))
    _login(Role.FINANCE, level="city")
    _login(Role.HEAT_SUPPLIER, organisation=supplier)
    _login(Role.OWNER_UNIT, organisation=_organisation(_most(Building.objects.exclude(owner=None), "owner")))
    _login(
        Role.COMMUNITY,
        organisation=_organisation(_most(Building.objects.exclude(community=None), "community")),
    )
    _login(Role.CONTRACTOR, organisation=organisations(Role.CONTRACTOR, CONTRACTORS)[CONTRACTORS[0]])
    _login(Role.PUBLIC_SECURITY)
    _login(Role.HOUSEHOLD, flat=home)
    _incident(home.building)


def _incident(building: Building) -> None:
    """Let an obstruction be on record and with public security, with what speaks for a liability."""
    if Case.objects.exists():
        return
    people = People()
    supplier = people.of(Role.HEAT_SUPPLIER, building.supplier)
    with clock.on(OBSTRUCTED):
        case = works.open_case(
            supplier, building, kind="obstruction", title="示范：进户勘测时被阻拦",
            account="示范：测量人员两次上门，均被阻拦，未能进户。",
        )  # fmt: skip
        works.record_evidence(supplier, case, "incident_report", note="示范：社区民警到场登记", on=OBSTRUCTED)
        for step in ("take", "call_security"):
            case.refresh_from_db()
            works.fire(supplier, case, step, version=case.version, note="示范：请协助维持秩序")


def _supplier_with_most_to_do() -> Organisation:
    planned = Building.objects.filter(outcomes__study__current=True, outcomes__planned_year=SECOND_YEAR)
    return _organisation(_most(planned, "supplier"))


def _most(buildings: Any, column: str) -> Any:
    """Return the value of ``column`` that most of ``buildings`` have."""
    counted = buildings.order_by().values(column).annotate(count=Count("pk")).order_by("-count", column)
    return counted[0][column]


def _organisation(pk: int) -> Organisation:
    return Organisation.objects.get(pk=pk)


def _first_year(study: Study, people: People, report: Report) -> None:
    """Play the first year whole: every plan filed, approved, built, accepted, closed."""
    plans = works.propose_annual_plans(study, FIRST_YEAR)
    _qualify(people)
    play_year(plans, people, filed=FIRST_FILED, approved=FIRST_APPROVED, until=FIRST_CLOSED, report=report)
    _fire_all(plans, "close", FIRST_CLOSED, people.bureau())
    _rewards(people)
    _residents(people)


def _residents(people: People) -> None:
    """Inform the public, commend the willing, let a winter be lived in a building that was converted."""
    converted = Project.objects.filter(state__in=IN_USE).select_related("building__supplier")
    shown = first_of_each_supplier(list(converted.order_by("building__code")))
    if not shown or CampaignMaterial.objects.exists():
        return
    own = _supplier_with_most_to_do().pk
    lived = next((one for one in shown if one.building.supplier_id == own), shown[0])
    with transaction.atomic():
        inform_the_public(people, shown, INFORMED)
        commend_the_willing(people, lived, COMMENDED)
        live_a_winter(people, lived, COLD)
        complain(people, lived, LEAKED)
        with clock.on(COMMENDED):
            bulletin_page.publish(people.bureau(), Period(FIRST_YEAR, None))


def _rewards(people: People) -> None:
    """Pay and publish the districts' rewards of the first year; the city's waits for its finance bureau."""
    for level, district in levels_of(Project.objects.select_related("building")):
        proposal = propose_reward(people, level, district, REWARD_PROPOSED)
        if proposal is not None and level == "district":
            pay_reward(people, proposal, REWARD_PAID)
            with clock.on(REWARD_PAID):
                issue_allocation(people, proposal)


def _meters(people: People) -> None:
    """Let one building converted in the first year be metered for the season that followed."""
    converted = Project.objects.filter(state__in=("accepted", "in_use")).select_related("building__supplier")
    own = converted.filter(building__supplier=_supplier_with_most_to_do())
    project = own.order_by("building__code").first() or converted.order_by("building__code").first()
    if project is not None and not Meter.objects.exists():
        building = project.building
        meter_a_season(people.of(Role.HEAT_SUPPLIER, building.supplier), building)


def _qualify(people: People) -> None:
    """Let every contractor of the synthetic city have its qualification on file."""
    organisations(Role.CONTRACTOR, CONTRACTORS)
    with clock.on(FIRST_FILED):
        for number, name in enumerate(CONTRACTORS, start=1):
            works.file_contractor(
                people.bureau(), name=name, qualification="示范：建筑机电安装工程专业承包二级",
                certificate_number=f"SF-{number:03d}", valid_until=QUALIFIED_UNTIL,
                lead=f"示范经理{number}", phone=f"0000-200000{number}",
            )  # fmt: skip


def _second_year(study: Study) -> None:
    """Let every other supplier have filed; the demo's own supplier still works on his draft."""
    own = _supplier_with_most_to_do()
    others = [plan for plan in works.propose_annual_plans(study, SECOND_YEAR) if plan.supplier_id != own.pk]
    _fire_all(others[::2], "file", SECOND_FILED)


def _fire_all(plans: Iterable[AnnualPlan], step: str, day: date, actor: User | None = None) -> None:
    with transaction.atomic(), clock.on(day):
        for plan in plans:
            plan.refresh_from_db()
            works.fire(actor or _planner_of(plan.supplier), plan, step, version=plan.version)


def _planner_of(supplier: Organisation) -> User:
    """Return the person who files for ``supplier``; only the demo's own supplier's can sign in."""
    own = User.objects.filter(grants__role=Role.HEAT_SUPPLIER, grants__organisation=supplier).first()
    if own is not None:
        return own
    username = f"{Role.HEAT_SUPPLIER}_{supplier.code.lower()}"
    return _person(Role.HEAT_SUPPLIER, username, None, organisation=supplier)
