"""What the demo shows to each role: five to eight real tasks, in the order of a working day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fenhu.programme import Role
from fenhu.web.works import queries as works
from fenhu.wording import Text, text

Key = Callable[[Any], str | int | None]


@dataclass(frozen=True, slots=True)
class Stop:
    """One task: the page it is done on and the thing that is shown there.

    It is done once the page was looked at, or, where ``kinds`` are named, once one of them was recorded.
    """

    page: str
    title: Text
    todo: Text
    key: Key | None = None
    kinds: frozenset[str] = frozenset()


FRONT = Stop(
    "front", text("How things stand"), text("read the first sentence, then open one of the figures.")
)
WORK = Stop(
    "worklist", text("What waits"), text("look for what is due next, and why a step is not open yet.")
)
FIND = Stop(
    "search",
    text("Find something"),
    text("press /, type the first letters of an estate's pinyin, press Enter."),
)
COLD = Stop(
    "building",
    text("A cold building"),
    text("compare today with the conversion; point at a flat for its figures."),
    works.coldest_building,
)
PROJECT = Stop(
    "project",
    text("A conversion"),
    text("see which gate holds the next step back, and the flats one by one."),
    works.newest_project,
)
MAP = Stop("city-map", text("The map"), text("colour it by temperature, then choose one entry of the key."))
CASE = Stop(
    "case",
    text("A case"),
    text("read the evidence beside the rule; who decides on liability is a person."),
    works.newest_case,
)
RULES = Stop("assumptions", text("The rules"), text("find a rule that is assumed, and the reason beside it."))

TOURS: Mapping[Role, tuple[Stop, ...]] = {
    Role.CITY_BUREAU: (
        FRONT,
        WORK,
        COLD,
        Stop(
            "annual-plan",
            text("A filed plan"),
            text("see which rules it breaks and what it costs whom."),
            works.newest_plan,
        ),
        Stop(
            "annual-plan",
            text("Judge it"),
            text("approve the plan, or return it with a reason."),
            works.newest_plan,
            frozenset({"annual_plan.approve", "annual_plan.return"}),
        ),
        Stop(
            "scenarios",
            text("What if"),
            text("give a question a name and begin: 300,000 yuan more, or a year later."),
            kinds=frozenset({"scenario.created"}),
        ),
        FIND,
        Stop("journal", text("The journal"), text("find what you have just done.")),
    ),
    Role.DISTRICT_GOV: (
        FRONT,
        WORK,
        COLD,
        MAP,
        PROJECT,
        Stop("rewards", text("Rewards"), text("see what your district owes its accepted buildings.")),
        FIND,
    ),
    Role.FINANCE: (
        FRONT,
        Stop("money", text("Money"), text("see who owes what; open the purse with the least left.")),
        Stop(
            "arrears", text("Who is late"), text("narrow the list to one payer, take it along as a workbook.")
        ),
        Stop("rewards", text("Rewards"), text("open a proposal: every figure shows its steps.")),
        Stop(
            "building-money",
            text("A building's money"),
            text("follow one line of the bill to its rule."),
            works.coldest_building,
        ),
        FIND,
    ),
    Role.HEAT_SUPPLIER: (
        FRONT,
        COLD,
        Stop(
            "design",
            text("Design it"),
            text("press the button: sizes, balance, checks and bill in a second."),
            works.coldest_building,
            frozenset({"design.made"}),
        ),
        Stop(
            "annual-plan",
            text("This year's plan"),
            text("see what the study proposed and what it costs."),
            works.newest_plan,
        ),
        PROJECT,
        Stop("bank", text("Bank and counter"), text("take the template; see how a payment finds who paid.")),
        Stop(
            "import",
            text("The register"),
            text("take the template; every fault is shown before anything is stored."),
        ),
        FIND,
    ),
    Role.OWNER_UNIT: (
        FRONT,
        COLD,
        Stop(
            "building-money",
            text("What you pay"),
            text("follow your share to the rule it comes from."),
            works.coldest_building,
        ),
        Stop("plan", text("When"), text("find the year of your buildings.")),
        WORK,
        FIND,
    ),
    Role.COMMUNITY: (
        FRONT,
        PROJECT,
        Stop(
            "campaign",
            text("Campaign"),
            text("log a meeting with the residents."),
            kinds=frozenset({"campaign.activity"}),
        ),
        Stop("commendations", text("Commendations"), text("see who deserves one, and by which rule.")),
        Stop("case-open", text("A complaint"), text("look at what is asked when a resident complains.")),
        FIND,
    ),
    Role.CONTRACTOR: (
        FRONT,
        WORK,
        PROJECT,
        Stop(
            "project-site",
            text("On site"),
            text("look at the stage of each flat and the forecast."),
            works.newest_project,
        ),
        Stop(
            "project-acceptance",
            text("Acceptance"),
            text("see what is measured and who signs in which order."),
            works.newest_project,
        ),
        Stop(
            "contractors",
            text("Your record"),
            text("works in time, rounds passed, defects: quality follows the contractor."),
        ),
    ),
    Role.PUBLIC_SECURITY: (
        FRONT,
        CASE,
        Stop(
            "case",
            text("Answer it"),
            text("report what was done; the case goes back to whoever asked."),
            works.newest_case,
            frozenset({"case.report_back"}),
        ),
        Stop("cases", text("All cases"), text("see how many are open and how long they take.")),
        COLD,
        FIND,
    ),
    Role.HOUSEHOLD: (
        Stop("my-flat", text("Your flat"), text("how warm, when, what you pay, whom to call.")),
        Stop(
            "building",
            text("Your building"),
            text("find your flat among the others, before and after."),
            works.coldest_building,
        ),
        Stop(
            "building-explained",
            text("Why it is cold"),
            text("read what a single riser does to the top and the bottom."),
            works.coldest_building,
        ),
        RULES,
        FIND,
    ),
}
