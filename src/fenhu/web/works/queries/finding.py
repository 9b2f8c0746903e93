"""Finding contracts, contractors, annual plans and cases by number or words."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from fenhu.programme import CASE, KINDS, Role
from fenhu.web.access.gates import has_role
from fenhu.web.hits import Asked, Hit
from fenhu.web.registry.queries import full_name, is_called, visible_buildings
from fenhu.web.works.models import AnnualPlan, Case, FlatWork, Project
from fenhu.web.works.queries.contractors import visible_contractors
from fenhu.wording import text

# Shorter beginnings of a contract number fit half the city.
LEAST_OF_A_NUMBER = 4


def find_contracts(user: Any, asked: Asked, most: int) -> tuple[Hit, ...]:
    """Return the signed contracts whose number begins as typed."""
    number = asked.number(LEAST_OF_A_NUMBER)
    if not number:
        return ()
    begun = Q(contract_number__begins=number) | Q(contract_number__begins=number.upper())
    rows = FlatWork.objects.visible_to(user).filter(begun).select_related("flat__building")
    return tuple(_contract(user, one, asked) for one in rows.order_by("contract_number", "pk")[:most])


def _contract(user: Any, work: FlatWork, asked: Asked) -> Hit:
    building = work.flat.building
    page = ("my-flat", (), "") if has_role(user, Role.HOUSEHOLD) else (
        "project", (building.code,), f"#flat-{work.flat.flat_id}"
    )  # fmt: skip
    return Hit(
        title=work.contract_number, place=_at(building, work.flat), page=page[0], keys=page[1],
        after=page[2], exact=work.contract_number.lower() == asked.words,
    )  # fmt: skip


def find_contractors(user: Any, asked: Asked, most: int) -> tuple[Hit, ...]:
    """Return the contractors ``user`` may see, by name or certificate number."""
    found = visible_contractors(user).order_by("name").select_related("contractor_file")
    return tuple(
        Hit(title=one.name, place=one.code, page="contractor", keys=(one.code,),
            exact=one.code.lower() == asked.words)
        for one in found
        if is_called(f"{one.name} {_certificate(one)}", asked) or one.code.lower() == asked.words
    )[:most]  # fmt: skip


def _certificate(contractor: Any) -> str:
    file = getattr(contractor, "contractor_file", None)
    return file.certificate_number if file else ""


def find_plans(user: Any, asked: Asked, most: int) -> tuple[Hit, ...]:
    """Return the annual plans ``user`` may see by supplier and year, the newest first."""
    seen = AnnualPlan.objects.visible_to(user).select_related("supplier").order_by("-year", "supplier__name")
    return tuple(
        Hit(title=text("Annual plan {year} of {supplier}", year=plan.year, supplier=plan.supplier.name),
            page="annual-plan", keys=(plan.pk,))
        for plan in seen
        if is_called(f"{plan.year}{plan.supplier.name}{plan.year}", asked)
    )[:most]  # fmt: skip


def find_cases(user: Any, asked: Asked, most: int) -> tuple[Hit, ...]:
    """Return the cases ``user`` may see by title, building or number (``#12``), the newest first."""
    seen = Case.objects.visible_to(user).select_related("building", "flat")
    number = asked.words.removeprefix("#")
    if asked.words.startswith("#") and number.isdecimal():
        seen = seen.filter(pk=int(number))
    else:
        for word in asked.parts:
            seen = seen.filter(Q(title__icontains=word) | Q(building__search__contains=word))
    return tuple(_case(one) for one in seen.order_by("-pk")[:most])


def _case(case: Case) -> Hit:
    return Hit(
        title=case.title or KINDS[case.kind],
        place=text("#{number} · {building} · {state}", number=case.pk, building=_at(case.building, case.flat),
                   state=CASE.states[case.state]),
        page="case", keys=(case.pk,),
    )  # fmt: skip


def _at(building: Any, flat: Any) -> str:
    called = full_name(building.estate, building.name)
    return f"{called} {flat.flat_id}" if flat else called


def newest_project(user: Any) -> str | None:
    """Return the code of a building ``user`` may see whose conversion is the newest; None where none is."""
    seen = Project.objects.visible_to(user).exclude(state="withdrawn").order_by("-year", "building__code")
    return seen.values_list("building__code", flat=True).first()


def newest_plan(user: Any) -> int | None:
    """Return the newest annual plan ``user`` may see, one that waits for an answer before others."""
    seen = AnnualPlan.objects.visible_to(user).annotate(waits=Q(state="filed"))
    return seen.order_by("-waits", "-year", "pk").values_list("pk", flat=True).first()


def newest_case(user: Any) -> int | None:
    """Return the newest case ``user`` may see; None where none is."""
    return Case.objects.visible_to(user).order_by("-pk").values_list("pk", flat=True).first()


def coldest_building(user: Any) -> str | None:
    """Return the code of the building ``user`` may see that is coldest by the study; None where none is."""
    cold = F("outcomes__before_mean_c").asc(nulls_last=True)
    seen = visible_buildings(user).order_by(cold, "code")
    return seen.values_list("code", flat=True).first()
