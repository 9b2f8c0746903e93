"""The fixed cast of the web tests: two suppliers, three buildings, and somebody in every role.

====== ========= ======== ============== ===========
code   supplier  district owner kind     authority
====== ========= ======== ============== ===========
A1     宏远热力  海州     municipal      city
A2     宏远热力  海州     district       district
B1     光明供热  太平     district       district
====== ========= ======== ============== ===========

Every building has two flats. A contractor works on A1, an escalated incident concerns B1, and the household
lives in A1's first flat.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from fenhu.policy import load
from fenhu.programme import Role
from fenhu.records import (
    BudgetRecord,
    BuildingRecord,
    CrewRecord,
    FlatRecord,
    OwnerKind,
    Register,
    Source,
    SystemForm,
)
from fenhu.web.access import services as access
from fenhu.web.access.models import User
from fenhu.web.registry.comparing import compare
from fenhu.web.registry.models import Building, Flat, Organisation
from fenhu.web.registry.services import apply_changes, organisations
from fenhu.web.works.models import AnnualPlan, AnnualPlanItem, BuildingOutcome, Case, Project, Study

HONGYUAN, GUANGMING = "宏远热力", "光明供热"
PASSWORD = "a-long-test-password"


def a_building(code, supplier, district, owner_kind, **more):
    return BuildingRecord(
        code=code, name=f"{code}号楼", estate="和平小区", district=district, address=f"和平路{code}",
        supplier=supplier, owner_kind=owner_kind, owner=f"{code}厂", community="和平社区",
        year_built=1985, storeys=2, units=1, flats=2, heated_area_m2=180.0,
        system_form=SystemForm.VERTICAL_SINGLE_SERIES, **more,
    )  # fmt: skip


def a_flat(code, storey, **more):
    return FlatRecord(
        building=code, unit=1, storey=storey, room=f"{storey}01", area_m2=90.0, owner_name="张三丰",
        phone="00012340001", **more,
    )  # fmt: skip


def the_register():
    kinds = (("A1", HONGYUAN, "海州", OwnerKind.MUNICIPAL), ("A2", HONGYUAN, "海州", OwnerKind.DISTRICT),
             ("B1", GUANGMING, "太平", OwnerKind.DISTRICT))  # fmt: skip
    return Register(
        buildings=tuple(a_building(*row) for row in kinds),
        flats=tuple(a_flat(code, storey) for code, *_ in kinds for storey in (1, 2)),
        budgets=(BudgetRecord(source=Source.CITY, scope="", year=2010, amount_fen=1_000_000_00),),
        crews=(CrewRecord(supplier=HONGYUAN, year=2010, crew_days=100.0),),
    )


def store_register(register=None):
    changes = list(compare(register or the_register(), None))
    apply_changes(changes, policy=load("fuxin-2010"), synthetic=False)


def a_user(username, role=None, **scope):
    user = access.enrol(username=username, display_name=username, password=PASSWORD)
    if role is not None:
        access.grant(user=user, role=role, **scope)
    return User.objects.get(pk=user.pk)


def a_study(years=None):
    """A stored study that plans A1 and A2 for 2011 and leaves B1 out, unless ``years`` says otherwise."""
    years = years or {"A1": 2011, "A2": 2011, "B1": None}
    study = Study.objects.create(
        policy_id="fuxin-2010", policy_version="1", policy_digest="0" * 64, register_digest="0" * 64,
        status="feasible", current=True,
    )  # fmt: skip
    flats = {"1-1-101": [16.0, 0.02], "1-2-201": [22.0, 0.02]}
    for building in Building.objects.all():
        BuildingOutcome.objects.create(
            study=study, building=building, status="converged", before=flats, after=flats, before_mean_c=19.0,
            before_min_c=16.0, before_below_18=1, after_mean_c=20.0, after_min_c=20.0, after_below_18=0,
            priority=0.5, priority_class=True, cost_fen=100_00, shares={"user": 40_00, "supplier": 60_00},
            planned_year=years[building.code],
            bill=[["1", "indoor_material", "1-1-101", "1", "m2", "40", 40_00],
                  ["2", "common_material", "", "1", "m2", "60", 60_00]],
        )  # fmt: skip
    return study


def a_plan(supplier=HONGYUAN, year=2011, codes=("A1", "A2")):
    plan = AnnualPlan.objects.create(
        supplier=Organisation.objects.get(name=supplier), year=year, scheme="先易后难"
    )
    for code in codes:
        AnnualPlanItem.objects.create(plan=plan, building=Building.objects.get(code=code))
    return plan


@dataclass(frozen=True)
class Cast:
    """The people and things of the tests."""

    people: dict[Role, User]
    outsider: User
    other_supplier: User
    flat: Flat

    def __getitem__(self, role):
        return self.people[role]


def everybody():
    """Store the register and return the cast."""
    store_register()
    build = SimpleNamespace(**{building.code: building for building in Building.objects.all()})
    supplier = Organisation.objects.get(name=HONGYUAN)
    contractor = organisations(Role.CONTRACTOR, ["建安公司"])["建安公司"]
    Project.objects.create(building=build.A1, year=2010, contractor=contractor, state="in_use")
    Case.objects.create(building=build.B1, kind="obstruction", escalated=True)
    flat = build.A1.flats.get(storey=1)
    scopes = {
        Role.CITY_BUREAU: {}, Role.DISTRICT_GOV: {"district": "海州"}, Role.FINANCE: {"level": "city"},
        Role.HEAT_SUPPLIER: {"organisation": supplier},
        Role.OWNER_UNIT: {"organisation": build.A2.owner},
        Role.COMMUNITY: {"organisation": build.A1.community},
        Role.CONTRACTOR: {"organisation": contractor}, Role.PUBLIC_SECURITY: {},
        Role.HOUSEHOLD: {"flat": flat},
    }  # fmt: skip
    people = {role: a_user(role.value, role, **scope) for role, scope in scopes.items()}
    other = Organisation.objects.get(name=GUANGMING)
    return Cast(
        people=people,
        outsider=a_user("outsider"),
        other_supplier=a_user("other_supplier", Role.HEAT_SUPPLIER, organisation=other),
        flat=flat,
    )
