"""Play one year of the programme over the synthetic city."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from fenhu.errors import NotAllowed
from fenhu.programme import PROJECT
from fenhu.web.playing import People, play_year
from fenhu.web.rules import current_policy
from fenhu.web.works import services as works
from fenhu.web.works.management.commands.demo_city import progress
from fenhu.web.works.models import AnnualPlan, Project, Study
from fenhu.wording import text

FILED, APPROVED = (4, 20), (5, 4)


class Command(BaseCommand):
    """Let every office do its part of one year, from the empty plan to the reward."""

    help = (
        "Let every office of the synthetic city do its part of one year, from the empty plan to the reward."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the year."""
        parser.add_argument("year", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        """Play it, and say what came of it."""
        if not settings.DEMO:
            raise NotAllowed(text("Only the synthetic city's years are played; set FENHU_DEMO=1"))
        year: int = options["year"]
        works.propose_annual_plans(Study.objects.get(current=True), year)
        plans = list(AnnualPlan.objects.filter(year=year, state="draft").select_related("supplier"))
        with progress() as report:
            play_year(
                plans, People(), filed=date(year, *FILED), approved=date(year, *APPROVED),
                until=date(year, 12, 31), report=report,
            )  # fmt: skip
        self.stdout.write(str(_found(year)))


def _found(year: int) -> object:
    """Return what the year brought, in one sentence."""
    projects = Project.objects.filter(year=year)
    states = Counter(projects.values_list("state", flat=True))
    done = sum(states[state] for state in ("in_use", "rewarded"))
    return text(
        "{year}: {done} of {all} buildings in use, {late} finished after {deadline}; the others: {others}",
        year=str(year), done=done, all=projects.count(), late=projects.filter(late=True).count(),
        deadline=current_policy().calendar.completion_deadline(year).isoformat(),
        others=", ".join(
            f"{PROJECT.states[state]} {count}"
            for state, count in sorted(states.items()) if state not in ("in_use", "rewarded")
        ) or "—",
    )  # fmt: skip
