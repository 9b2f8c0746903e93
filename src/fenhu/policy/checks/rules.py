"""Dates, targets, criteria, consent and forms must fit together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from fenhu.policy.checks.common import Found, ends_early, overlaps, second, twice
from fenhu.policy.conduct import WAITING, Term
from fenhu.policy.judging import EVIDENCE_LEVEL, ConsentRule, Criterion, FormRules, PriorityGroup
from fenhu.policy.programme import Calendar, Programme
from fenhu.wording import text


def document_dates(issued: date, valid_from: date, valid_to: date | None) -> Found:
    """The document is issued before it ends."""
    if valid_from < issued:
        yield (
            ("valid_from",),
            text(
                "The rules start on {start}, before the document was issued on {issued}",
                start=valid_from.isoformat(),
                issued=issued.isoformat(),
            ),
        )
    if valid_to is not None and valid_to < valid_from:
        yield ("valid_to",), ends_early(valid_from, valid_to)


def programme_years(programme: Programme) -> Found:
    """Planned years lie within the document's span and every target within the planned years."""
    years, low, high = programme.planned_years.value, programme.years_min, programme.years_max
    if not low <= years <= high:
        yield (
            ("programme", "planned_years", "value"),
            text("{years} planned years lie outside {low} to {high}", years=years, low=low, high=high),
        )
        return
    yield from twice("programme.target", [target.year for target in programme.target], "year")
    for index, target in enumerate(programme.target):
        if target.year not in programme.years:
            yield (
                ("programme", "target", index, "year"),
                text(
                    "Year {year} is not planned; planned: {first} to {last}",
                    year=str(target.year),
                    first=str(programme.first_year),
                    last=str(programme.years[-1]),
                ),
            )
    flats = sum(target.flats for target in programme.target)
    if flats > programme.stock_flats:
        yield (
            ("programme", "target"),
            text(
                "The targets add up to {flats} flats, the stock has {stock}",
                flats=flats,
                stock=programme.stock_flats,
            ),
        )


def calendar_dates(calendar: Calendar) -> Found:
    """A plan is filed before its works are done, and no year has two exceptions for one deadline."""
    keys = [(exception.deadline, exception.year) for exception in calendar.exception]
    yield from twice("calendar.exception", keys, "year")
    for index, exception in enumerate(calendar.exception):
        if exception.date.year != exception.year:
            yield (
                ("calendar", "exception", index, "date"),
                text("{date} is not in {year}", date=exception.date.isoformat(), year=str(exception.year)),
            )
        elif calendar.filing_deadline(exception.year) >= calendar.completion_deadline(exception.year):
            yield (
                ("calendar", "exception", index, "date"),
                text(
                    "In {year} plans would be filed on {filing}, not before works are done on {completion}",
                    year=str(exception.year),
                    filing=calendar.filing_deadline(exception.year).isoformat(),
                    completion=calendar.completion_deadline(exception.year).isoformat(),
                ),
            )
    if calendar.filing.day >= calendar.completion.day:
        yield (
            ("calendar", "filing_deadline", "day"),
            text(
                "Plans would be filed on {filing}, not before works are done on {completion}",
                filing=calendar.filing.day,
                completion=calendar.completion.day,
            ),
        )


def criteria_scales(criteria: Sequence[Criterion]) -> Found:
    """Codes are unique, thresholds lie on their scales, evidence is of its level, weights make 1."""
    yield from twice("criterion", [criterion.code for criterion in criteria], "code")
    for index, criterion in enumerate(criteria):
        low, high = sorted((criterion.none_at, criterion.full_at))
        if low == high or not low <= criterion.threshold <= high:
            yield (
                ("criterion", index, "threshold"),
                text(
                    "{threshold} lies outside the scale from none_at {none_at} to full_at {full_at}",
                    threshold=str(criterion.threshold),
                    none_at=str(criterion.none_at),
                    full_at=str(criterion.full_at),
                ),
            )
        level = EVIDENCE_LEVEL[criterion.evidence]
        if criterion.applies_to != level:
            yield (
                ("criterion", index, "applies_to"),
                text(
                    "Evidence {evidence} is of the {level}, not of the {applies_to}",
                    evidence=criterion.evidence,
                    level=level,
                    applies_to=criterion.applies_to,
                ),
            )
    total = sum((criterion.weight for criterion in criteria), Decimal(0))
    if total != 1:
        yield (
            ("criterion",),
            text("The weights of the criteria add up to {total}, not to 1", total=str(total)),
        )


def priority_codes(groups: Sequence[PriorityGroup], criteria: Sequence[Criterion]) -> Found:
    """Groups name criteria that exist and ask for no more than they name."""
    known = {criterion.code for criterion in criteria}
    for index, group in enumerate(groups):
        for code in group.criteria:
            if code not in known:
                yield (
                    ("priority_group", index, "criteria"),
                    text(
                        "There is no criterion {code}; known: {known}",
                        code=code,
                        known=", ".join(sorted(known)),
                    ),
                )
        if group.at_least > len(group.criteria):
            yield (
                ("priority_group", index, "at_least"),
                text(
                    "At least {at_least} of {count} criteria cannot be met",
                    at_least=group.at_least,
                    count=len(group.criteria),
                ),
            )


def consent_thresholds(rules: Sequence[ConsentRule], valid_from: date) -> Found:
    """Thresholds are shares, every rule has one, and a purpose's periods neither overlap nor start late."""
    for index, rule in enumerate(rules):
        for key in ("heads", "area", "quorum_heads", "quorum_area"):
            value = getattr(rule, key)
            if value is not None and not 0 < value <= 1:
                yield (
                    ("consent", index, key),
                    text("{value} is no share; more than 0 and at most 1", value=str(value)),
                )
        if rule.heads is None and rule.area is None:
            yield ("consent", index), text("The rule has no threshold; give heads, area or both")
        if rule.of == "all" and (rule.quorum_heads is not None or rule.quorum_area is not None):
            yield ("consent", index, "of"), text("A quorum makes sense only where those voting are counted")
    yield from overlaps("consent", rules, [(rule.purpose, rule.scope) for rule in rules])
    if not any(rule.purpose == "conversion" and rule.in_force(valid_from) for rule in rules):
        yield (
            ("consent",),
            text(
                "No rule for the conversion is in force on {day}, when the policy starts",
                day=valid_from.isoformat(),
            ),
        )


def form_changes(form: FormRules) -> Found:
    """Every existing form changes once, into a form that may be filed."""
    fileable = {target.form for target in form.target if target.fileable}
    yield from twice("form.target", [target.form for target in form.target], "form")
    seen = set()
    for index, change in enumerate(form.change):
        for existing in change.existing:
            if existing in seen:
                yield ("form", "change", index, "existing"), second(existing.value)
            seen.add(existing)
        if change.becomes not in fileable:
            yield (
                ("form", "change", index, "becomes"),
                text(
                    "{form} is not among the forms that may be filed: {fileable}",
                    form=change.becomes.value,
                    fileable=", ".join(sorted(fileable)),
                ),
            )
    for index, target in enumerate(form.target):
        if not target.fileable and not target.reason_zh:
            yield (
                ("form", "target", index, "reason"),
                text("Say why {form} may not be filed: add reason and reason_en", form=target.form.value),
            )


def terms_of_states(terms: Sequence[Term]) -> Found:
    """Every term is of a state in which a case can wait, and no state has two."""
    yield from twice("term", [(one.workflow, one.state) for one in terms], "state")
    for index, one in enumerate(terms):
        if one.state not in WAITING[one.workflow]:
            yield (
                ("term", index, "state"),
                text(
                    "{workflow} knows no state {state} to wait in; it has {known}",
                    workflow=one.workflow,
                    state=one.state,
                    known=", ".join(WAITING[one.workflow]),
                ),
            )
