"""Proving oneself on a flat's page: the last four digits of its telephone, a few tries, then a pause.

Ten thousand numbers, five tries and a pause that doubles up to a day: whoever holds the link needs years to
guess.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from fenhu.web.household.models import FlatLink
from fenhu.web.journal import services as journal

DIGITS = 4
TRIES = 5
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=15), timedelta(days=1)
LASTS = timedelta(minutes=30)


class Tried(StrEnum):
    """What came of a try."""

    RIGHT = "right"
    WRONG = "wrong"
    PAUSED = "paused"
    NO_PHONE = "no_phone"


@transaction.atomic
def try_digits(link: FlatLink, digits: str) -> Tried:
    """Return what came of trying ``digits``; the journal never learns which they were."""
    case = FlatLink.objects.select_for_update().get(pk=link.pk)
    now, phone = timezone.now(), "".join(filter(str.isdecimal, case.flat.phone))
    if len(phone) < DIGITS:
        return Tried.NO_PHONE
    if case.paused_until is not None and now < case.paused_until:
        return Tried.PAUSED
    if constant_time_compare(digits.strip(), phone[-DIGITS:]):
        case.failures, case.paused_until = 0, None
        kind, tried = "household.let_in", Tried.RIGHT
    else:
        case.failures += 1
        case.paused_until = now + _pause(case.failures) if case.failures % TRIES == 0 else None
        kind, tried = "household.turned_away", Tried.PAUSED if case.paused_until else Tried.WRONG
    case.save(update_fields=["failures", "paused_until"])
    journal.record(
        actor=None, subject=case, kind=kind, data={"flat": case.flat_id, "failures": case.failures}
    )
    return tried


def pass_of(link: FlatLink) -> str:
    """Return what a browser keeps as proof; void with the link and with the telephone."""
    return salted_hmac(
        "fenhu.web.household.pass", f"{link.pk}:{link.flat.phone}", algorithm="sha256"
    ).hexdigest()


def _pause(failures: int) -> timedelta:
    return min(FIRST_PAUSE * 2 ** (failures // TRIES - 1), LONGEST_PAUSE)
