"""Document numbers: an office's own series for each kind and year, without gaps, none given twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from fenhu.errors import InputFault, NotAllowed, UnknownItem
from fenhu.web import clock
from fenhu.web.access.scope import grants_of
from fenhu.web.documents.codes import new_code
from fenhu.web.documents.kinds import KINDS
from fenhu.web.documents.models import Number, Numbering, Office
from fenhu.web.journal import services as journal
from fenhu.wording import text

_FIELD = re.compile(r"\{[^{}]*\}")
_KNOWN = re.compile(r"\{year\}|\{n(:0[2-6])?\}")
_MOST = 50
_SAMPLE_YEAR, _SAMPLE_N = 2011, 12


def pattern_of(office: Office, kind: str) -> str:
    """Return how an office writes the numbers of a kind; its mark and the kind's word unless it says else."""
    own = Numbering.objects.filter(office=office, kind=kind).first()
    return own.pattern if own is not None else usual_pattern(office, kind)


def usual_pattern(office: Office, kind: str) -> str:
    """Return how the numbers of a kind are written unless the office says else."""
    return f"{office.mark}{KINDS[kind].word}〔{{year}}〕{{n}}号"


def written_out(pattern: str, year: int = _SAMPLE_YEAR, n: int = _SAMPLE_N) -> str:
    """Return a number as the pattern writes it.

    Examples
    --------
    >>> written_out("阜热改〔{year}〕{n}号", 2011, 12)
    '阜热改〔2011〕12号'
    """
    return pattern.format(year=year, n=n)


@transaction.atomic
def set_pattern(actor: Any, office: Office, kind: str, pattern: str) -> str:
    """Return how the office writes the numbers of a kind from now on; those given stay as they are.

    Raises
    ------
    NotAllowed
        If it is not the actor's office.
    UnknownItem
        If there is no such kind of paper.
    InputFault
        If year or running number do not stand in it once each, or another series is written the same way.
    """
    require_own(actor, office)
    if kind not in KINDS:
        raise UnknownItem(text("There is no paper of kind {kind}", kind=kind))
    said = pattern.strip()
    _check(said)
    locked(office)
    if said in _others(office, kind):
        raise InputFault(text("Another series is written {pattern}; numbers must differ", pattern=said))
    Numbering.objects.update_or_create(office=office, kind=kind, defaults={"pattern": said})
    journal.record(
        actor=actor, subject=office, kind="document.numbering", data={"paper": kind, "pattern": said}
    )
    return said


def require_own(actor: Any, office: Office) -> None:
    """Go on only for somebody of the office itself.

    Raises
    ------
    NotAllowed
        If he is not.
    """
    own = [grant for grant in grants_of(actor) if grant.role == office.role]
    if not Office.objects.covered_by(own).filter(pk=office.pk).exists():
        raise NotAllowed(text("Only {office} itself may do that", office=office.name))


def locked(office: Office) -> Office:
    """Return the office, held until the transaction ends: its numbers are given one after the other."""
    return Office.objects.select_for_update().get(pk=office.pk)


def give_numbers(actor: Any, office: Office, kind: str, subjects: Sequence[str]) -> list[Number]:
    """Return a number for the next paper of each subject, within the caller's transaction.

    A number whose paper was never finished is taken up again, so that a series has no gaps. The office is
    locked until the transaction ends.
    """
    locked(office)
    held = _unfinished(kind, subjects)
    editions = _editions(kind, subjects)
    year, pattern = clock.today().year, pattern_of(office, kind)
    last = Number.objects.filter(office=office, kind=kind, year=year).aggregate(n=Max("n"))["n"] or 0
    new = [one for one in subjects if one not in held]
    given = Number.objects.bulk_create(
        Number(
            office=office, kind=kind, year=year, n=n, words=written_out(pattern, year, n), subject=subject,
            edition=editions.get(subject, 0) + 1, code=new_code(), given_on=clock.today(), given_by=actor,
        )
        for n, subject in enumerate(new, start=last + 1)
    )  # fmt: skip
    held |= {one.subject: one for one in given}
    return [held[subject] for subject in subjects]


def _unfinished(kind: str, subjects: Collection[str]) -> dict[str, Number]:
    waiting = Number.objects.filter(kind=kind, subject__in=subjects, document__isnull=True)
    return {one.subject: one for one in waiting.select_related("office")}


def _editions(kind: str, subjects: Collection[str]) -> Mapping[str, int]:
    rows = Number.objects.filter(kind=kind, subject__in=subjects).values_list("subject")
    return dict(rows.annotate(last=Max("edition")))


def _check(pattern: str) -> None:
    fields = _FIELD.findall(pattern)
    rest = _FIELD.sub("", pattern)
    known = all(_KNOWN.fullmatch(one) for one in fields)
    counted = sorted(one[1:].partition(":")[0].rstrip("}") for one in fields)
    if not known or counted != ["n", "year"] or "{" in rest or "}" in rest or not rest.strip():
        raise InputFault(text(
            "{pattern}: write the office's mark, {year} and {number} once each, e.g. {example}",
            pattern=pattern, year="{year}", number="{n}", example="阜热改〔{year}〕{n}号",
        ))  # fmt: skip
    if len(pattern) > _MOST:
        raise InputFault(text("A number is written in at most {most} characters", most=_MOST))


def _others(office: Office, kind: str) -> set[str]:
    """Return how every other series is written; no two may look alike."""
    own = {(one.office_id, one.kind): one.pattern for one in Numbering.objects.all()}
    return {
        own.get((one.pk, other)) or usual_pattern(one, other)
        for one in Office.objects.all() for other in KINDS if (one.pk, other) != (office.pk, kind)
    }  # fmt: skip
