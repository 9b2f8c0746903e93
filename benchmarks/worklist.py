"""The worklist of an office with a thousand projects: milliseconds, and queries beside those of ten projects.

On a built demo city: FENHU_DEMO=1 DJANGO_SETTINGS_MODULE=fenhu.web.settings python benchmarks/worklist.py
Everything it adds is taken back.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from statistics import median
from time import perf_counter

import django

ROLES, ROUNDS, MOST_MS = ("city_bureau", "heat_supplier", "community"), 7, 200.0


def main() -> None:
    """Print a table of worklists."""
    django.setup()
    from django.db import transaction

    rows = [
        "| office | projects | waiting | worklist | queries | to be reached |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for count in (10, 1000):
        with transaction.atomic():
            _fill(count)
            rows += [_row(role, count) for role in ROLES]
            transaction.set_rollback(True)
    sys.stdout.write("\n".join((*rows, "")))


def _fill(count: int) -> None:
    """Put so many buildings at different places of their way."""
    from fenhu.programme import PROJECT
    from fenhu.web.registry.models import Building, Flat
    from fenhu.web.works.models import AcceptanceRound, FlatWork, Project

    AcceptanceRound.objects.all().delete()
    Project.objects.all().delete()
    waiting = [state for state in PROJECT.states if PROJECT.waiting_for(state)]
    made = Project.objects.bulk_create(
        Project(
            building=building, year=2011, state=waiting[place % len(waiting)],
            since=date(2011, 1, 10) + timedelta(days=place % 90),
        )
        for place, building in enumerate(Building.objects.order_by("code")[:count])
    )  # fmt: skip
    by_building = {project.building_id: project for project in made}
    flats = Flat.objects.filter(building__in=by_building)
    FlatWork.objects.bulk_create(
        (FlatWork(project=by_building[flat.building_id], flat=flat) for flat in flats), batch_size=2000
    )


def _row(role: str, count: int) -> str:
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from fenhu.web.works import queries

    users = get_user_model().objects
    queries.worklist(users.get(username=role))
    with CaptureQueriesContext(connection) as asked:
        found = queries.worklist(users.get(username=role))
    taken_ms = []
    for _ in range(ROUNDS):
        user, begun = users.get(username=role), perf_counter()
        queries.worklist(user)
        taken_ms.append((perf_counter() - begun) * 1e3)
    said = "reached" if median(taken_ms) <= MOST_MS else "not reached"
    return (
        f"| {role} | {count:,} | {found.total:,} | {median(taken_ms):.0f} ms | {len(asked)} |"
        f" ≤ {MOST_MS:.0f} ms: {said} |"
    )


if __name__ == "__main__":
    main()
