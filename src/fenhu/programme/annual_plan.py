"""The annual plan of a heat supplier: drafted, filed by 30 April, judged by the bureau (clause 三(二))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fenhu.policy import Policy
from fenhu.programme.roles import Role
from fenhu.programme.workflow import Step, Workflow
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What the guards ask of an annual plan.

    ``unfileable``: a reason per building that may not be filed; ``objected``: buildings the bureau returns
    with a reason; ``scheme``: whether the implementation scheme is written.
    """

    year: int
    buildings: int
    scheme: bool = True
    objected: tuple[str, ...] = ()
    foreign_buildings: tuple[str, ...] = ()
    unfileable: tuple[Text, ...] = ()


def _has_buildings(facts: PlanFacts) -> Text | None:
    if facts.buildings:
        return None
    return text("The plan of {year} lists no building; add at least one before filing", year=str(facts.year))


def _only_own_buildings(facts: PlanFacts) -> Text | None:
    if not facts.foreign_buildings:
        return None
    return text(
        "Building {codes} is heated by another supplier; take it off the plan",
        codes=", ".join(facts.foreign_buildings),
    )


def _every_form_may_be_filed(facts: PlanFacts) -> Text | None:
    return facts.unfileable[0] if facts.unfileable else None


def _scheme_written(facts: PlanFacts) -> Text | None:
    return None if facts.scheme else text("The implementation scheme is not written yet")


def _no_building_objected(facts: PlanFacts) -> Text | None:
    if not facts.objected:
        return None
    return text(
        "Building {codes} is marked to be returned; return the plan, or lift the mark",
        codes=", ".join(facts.objected),
    )


def filed_late(policy: Policy, year: int, day: date) -> bool:
    """Return whether a plan of ``year`` filed on ``day`` missed the policy's filing deadline."""
    return day > policy.calendar.filing_deadline(year)


def _filing_day(policy: Policy, year: int) -> date:
    return policy.calendar.filing_deadline(year)


_FILEABLE = (_has_buildings, _only_own_buildings, _every_form_may_be_filed, _scheme_written)
_FILING = ("file", "refile", "amend")

ANNUAL_PLAN: Workflow[PlanFacts] = Workflow(
    name="annual_plan",
    states={
        "draft": text("Being drafted"),
        "filed": text("Filed"),
        "returned": text("Returned"),
        "approved": text("Approved"),
        "amending": text("Being amended"),
        "amended": text("Amended, to be judged again"),
        "closed": text("Closed"),
    },
    initial="draft",
    final=("closed",),
    steps=(
        Step(
            name="file", label=text("File the plan"), sources=("draft",), target="filed",
            roles=(Role.HEAT_SUPPLIER,), guards=_FILEABLE, due=_filing_day,
        ),
        Step(
            name="approve", label=text("Approve"), sources=("filed", "amended"), target="approved",
            roles=(Role.CITY_BUREAU,), guards=(_no_building_objected,), apart_from=_FILING,
        ),
        Step(
            name="return", label=text("Return with a reason"), sources=("filed", "amended"),
            target="returned", roles=(Role.CITY_BUREAU,), apart_from=_FILING, needs_note=True, aside=True,
        ),
        Step(
            name="refile", label=text("File again"), sources=("returned",), target="filed",
            roles=(Role.HEAT_SUPPLIER,), guards=_FILEABLE, due=_filing_day,
        ),
        Step(
            name="reopen", label=text("Amend the approved plan"), sources=("approved",), target="amending",
            roles=(Role.HEAT_SUPPLIER,), needs_note=True, aside=True,
        ),
        Step(
            name="amend", label=text("File the amendment"), sources=("amending",), target="amended",
            roles=(Role.HEAT_SUPPLIER,), guards=_FILEABLE, needs_note=True,
        ),
        Step(
            name="close", label=text("Close the year"), sources=("approved",), target="closed",
            roles=(Role.CITY_BUREAU,), apart_from=_FILING, aside=True,
        ),
    ),
)  # fmt: skip
