"""What the programme did within a month or a year, and how it stood on a day: read off dates, not states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from statistics import median
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from fenhu.papers.bulletin_values import (
    Amount,
    CaseCounts,
    Coming,
    Deadlines,
    Period,
    ProgrammeNews,
    Standing,
    Steps,
    Warmth,
    YearGoal,
)
from fenhu.programme import CASE, Role, due_on
from fenhu.web.access.gates import has_role
from fenhu.web.registry.queries import visible_buildings, visible_flats
from fenhu.web.rules import current_policy, programme_year
from fenhu.web.works.cases import OVER
from fenhu.web.works.models import AnnualPlan, AnnualPlanItem, Case, FlatWork, Project
from fenhu.web.works.queries.buildings import with_outcome
from fenhu.web.works.queries.milestones import with_approval
from fenhu.web.works.queries.warmth import flats_by_degree

# The days of a project that are its steps in a bulletin.
_DAYS: Mapping[str, str] = {"begun": "started_on", "accepted": "accepted_on", "in_use": "in_use_on"}


def programme_news(user: Any, period: Period, as_of: date) -> ProgrammeNews:
    """Return what happened among the buildings ``user`` may see in ``period``, up to ``as_of``.

    A number of queries that does not grow; the temperatures of the flats in use come from the study's cache.
    """
    year = programme_year(period.last_day)
    spans = (
        (period.first_day, as_of), (period.before.first_day, period.before.last_day),
        (date(period.year, 1, 1), as_of), (date.min, as_of),
    )  # fmt: skip
    projects = Project.objects.visible_to(user).exclude(state="withdrawn")
    listed = _listed(user, as_of)
    own = projects.filter(year=year)
    accepted = own.filter(accepted_on__lte=as_of)
    of_year = listed.filter(plan__year=year)
    now, before, this_year, ever = _steps(projects, _listed(user, None), spans)
    return ProgrammeNews(
        steps=now, before=before, this_year=this_year, ever=ever, year=year,
        years=_years(user, projects, listed, as_of), months=_months(own, year, as_of),
        districts=_standings(of_year, accepted, "building__district", "building__district"),
        suppliers=_standings(of_year, accepted, "building__supplier__name", "building__supplier"),
        deadlines=_deadlines(user, projects, year, as_of), warmth=_warmth(user, projects, as_of),
        cases=_cases(user, period, as_of), coming=_coming(user, own, year, period.coming, as_of),
        synthetic=visible_buildings(user).filter(synthetic=True).exists(),
    )  # fmt: skip


def _listed(user: Any, until: date | None) -> QuerySet[Any]:
    """Return the buildings on approved plans, with the day of approval, those approved by a day alone."""
    dated = with_approval(AnnualPlanItem.objects.visible_to(user))
    return dated if until is None else dated.filter(approved_on__lte=until)


def _steps(
    projects: QuerySet[Any], listed: QuerySet[Any], spans: Iterable[tuple[date, date]]
) -> tuple[Steps, ...]:
    """Return what came through each step within each span of days, asked for in two queries."""
    wanted = tuple(spans)
    flats = "building__flat_count"
    asked: dict[str, Any] = {}
    for number, span in enumerate(wanted):
        for step, day in _DAYS.items():
            within = Q(**{f"{day}__range": span})
            asked[f"{step}{number}"] = Count("pk", filter=within)
            asked[f"{step}{number}_flats"] = Sum(flats, filter=within, default=0)
    built = projects.aggregate(**asked)
    approved = listed.aggregate(**{
        name: made
        for number, span in enumerate(wanted)
        for name, made in (
            (f"approved{number}", Count("pk", filter=Q(approved_on__range=span))),
            (f"approved{number}_flats", Sum(flats, filter=Q(approved_on__range=span), default=0)),
        )
    })  # fmt: skip
    found = built | approved
    return tuple(
        Steps(**{
            step: Amount(found[f"{step}{number}"], found[f"{step}{number}_flats"])
            for step in ("approved", *_DAYS)
        })
        for number in range(len(wanted))
    )  # fmt: skip


def _years(user: Any, projects: QuerySet[Any], listed: QuerySet[Any], as_of: date) -> tuple[YearGoal, ...]:
    programme = current_policy().programme
    targets = programme.targets if has_role(user, Role.CITY_BUREAU) else {}
    on_plans = _counted(listed, "plan__year")
    accepted = _counted(projects.filter(accepted_on__lte=as_of), "year")
    return tuple(
        YearGoal(
            year=year, target=targets[year].buildings if year in targets else None,
            listed=on_plans[year,], accepted=accepted[year,],
        )
        for year in programme.years
    )  # fmt: skip


def _months(own: QuerySet[Any], year: int, as_of: date) -> tuple[int, ...]:
    """Return the year's buildings accepted by the end of each of its months, up to the month of a day."""
    last = 0 if as_of.year < year else as_of.month if as_of.year == year else 12
    days = sorted(own.filter(accepted_on__lte=as_of).values_list("accepted_on", flat=True))
    ends = [Period(year, month).last_day for month in range(1, last + 1)]
    return tuple(sum(day <= end for day in days) for end in ends)


def _standings(listed: QuerySet[Any], accepted: QuerySet[Any], name: str, key: str) -> tuple[Standing, ...]:
    on_plans, done = _counted(listed, name, key), _counted(accepted, name, key)
    return tuple(
        Standing(name=one[0], key=str(one[1]), listed=on_plans[one], accepted=done[one])
        for one in sorted(on_plans | done)
    )


def _counted(rows: QuerySet[Any], *columns: str) -> Counter[tuple[Any, ...]]:
    counted = rows.order_by().values_list(*columns).annotate(count=Count("building", distinct=True))
    return Counter({tuple(values): count for *values, count in counted})


def _deadlines(user: Any, projects: QuerySet[Any], year: int, as_of: date) -> Deadlines:
    calendar = current_policy().calendar
    filing, completion = calendar.filing_deadline(year), calendar.completion_deadline(year)
    plans = AnnualPlan.objects.visible_to(user).filter(year=year, late=True, filed_at__lte=as_of)
    late = projects.filter(year=year, late=True, finished_on__lte=as_of)
    overdue = _overdue(projects.filter(year__lte=year), as_of)
    return Deadlines(
        filing_day=filing, completion_day=completion,
        not_filed=_not_filed(user, year, as_of) if as_of > filing else (),
        filed_late=tuple(plans.order_by("supplier__name").values_list("supplier__name", flat=True)),
        unfinished=Amount(len(overdue), sum(flats for _, flats in overdue)),
        unfinished_since=min((day for day, _ in overdue), default=None),
        finished_late=_amount(late),
    )  # fmt: skip


def _overdue(projects: QuerySet[Any], as_of: date) -> list[tuple[date, int]]:
    """Return the day each overdue project was to be finished by, and its flats."""
    calendar = current_policy().calendar
    unfinished = projects.filter(Q(finished_on__isnull=True) | Q(finished_on__gt=as_of))
    rows = unfinished.filter(accepted_on__isnull=True, in_use_on__isnull=True).values_list(
        "year", "extended_to", "building__flat_count"
    )
    due = ((extended or calendar.completion_deadline(year), flats) for year, extended, flats in rows)
    return [(day, flats) for day, flats in due if day < as_of]


def _amount(projects: QuerySet[Any]) -> Amount:
    found = projects.aggregate(buildings=Count("pk"), flats=Sum("building__flat_count", default=0))
    return Amount(found["buildings"], found["flats"])


def _not_filed(user: Any, year: int, as_of: date) -> tuple[str, ...]:
    """Return the suppliers with planned buildings and no plan filed by a day; the bureau's to know."""
    if not has_role(user, Role.CITY_BUREAU):
        return ()
    filed = AnnualPlan.objects.filter(year=year, filed_at__lte=as_of).values("supplier")
    planned = with_outcome(visible_buildings(user)).filter(outcome__planned_year=year)
    missing = planned.exclude(supplier__in=filed).order_by("supplier__name")
    return tuple(missing.values_list("supplier__name", flat=True).distinct())


def _warmth(user: Any, projects: QuerySet[Any], as_of: date) -> Warmth:
    in_use = projects.filter(in_use_on__lte=as_of)
    used = in_use.values("building")
    before, after = flats_by_degree(visible_buildings(user).filter(pk__in=used))
    # Whose projects one sees, one sees the flats of: asked by project, which the index of flats answers.
    passed = FlatWork.objects.filter(project__in=in_use, passed_on__lte=as_of)
    known = visible_flats(user).filter(building__in=used, measured_c__isnull=False)
    return Warmth(
        before=before, after=after,
        measured_before_c=tuple(known.values_list("measured_c", flat=True)),
        measured_after_c=tuple(one for one in passed.values_list("room_c", flat=True) if one is not None),
    )  # fmt: skip


def _cases(user: Any, period: Period, as_of: date) -> CaseCounts:
    seen = Case.objects.visible_to(user)
    within = (period.first_day, as_of)
    opened, settled = Q(opened_on__range=within), Q(settled_on__range=within)
    still = Q(opened_on__lte=as_of) & (Q(settled_on__isnull=True) | Q(settled_on__gt=as_of))
    found = seen.aggregate(
        opened=Count("pk", filter=opened), complaints=Count("pk", filter=opened & Q(kind="complaint")),
        settled=Count("pk", filter=settled), open=Count("pk", filter=still),
    )  # fmt: skip
    days = seen.filter(settled).values_list("opened_on", "settled_on")
    took = [(over - since).days for since, over in days if since is not None and over is not None]
    overdue = sum(day < as_of for day in _due_days(seen.filter(still)))
    return CaseCounts(**found, overdue=overdue, median_days=median(took) if took else None)


def _due_days(cases: QuerySet[Any]) -> list[date]:
    """Return the days by which open cases are to be moved on, of those that have one."""
    waiting = cases.exclude(state__in=OVER).filter(since__isnull=False)
    policy = current_policy()
    days = (due_on(policy, CASE.name, state, since) for state, since in waiting.values_list("state", "since"))
    return [day for day in days if day is not None]


def _coming(user: Any, own: QuerySet[Any], year: int, month: Period, as_of: date) -> Coming:
    calendar = current_policy().calendar
    filing, completion = calendar.filing_deadline(year), calendar.completion_deadline(year)
    to_finish = own.filter(Q(finished_on__isnull=True) | Q(finished_on__gt=as_of))
    days = _due_days(Case.objects.visible_to(user))
    return Coming(
        filing_day=filing if _within(filing, month) else None,
        to_file=len(_not_filed(user, year, as_of)) if _within(filing, month) else 0,
        completion_day=completion if _within(completion, month) else None,
        to_finish=to_finish.count() if _within(completion, month) else 0,
        cases=sum(_within(day, month) for day in days),
    )  # fmt: skip


def _within(day: date, period: Period) -> bool:
    return period.first_day <= day <= period.last_day
