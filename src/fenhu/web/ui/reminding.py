"""Reminders by mail: to each person what is due or overdue, to the bureau what has been overdue for long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from fenhu.programme import Role, working_day_after
from fenhu.web import clock
from fenhu.web.access.gates import has_role
from fenhu.web.access.queries import reminded_users
from fenhu.web.journal import services as journal
from fenhu.web.journal.queries import happened_on
from fenhu.web.rules import current_policy
from fenhu.web.ui.templatetags.programme import leads_to
from fenhu.web.works.queries import WorkItem, due_items, overdue_elsewhere
from fenhu.wording import speaking, text

_KIND = "reminder.sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """How many people were reminded, and whom the mail server would not take a letter for."""

    sent: int
    failed: tuple[str, ...]


def remind() -> Reminded:
    """Send today's reminders, one letter a person and day; run again, it sends only what is missing."""
    sent, failed = 0, []
    for user in reminded_users():
        letter = None if happened_on(user, _KIND, clock.today()) else letter_to(user)
        if letter is None:
            continue
        try:
            letter.send()
        except (SMTPException, OSError):
            failed.append(user.username)
            continue
        journal.record(actor=None, subject=user, kind=_KIND, data={})
        sent += 1
    return Reminded(sent=sent, failed=tuple(failed))


def letter_to(user: Any) -> EmailMessage | None:
    """Return the letter that reminds a person, None where nothing is due or the policy reminds nobody."""
    rules = current_policy().reminding
    if rules is None:
        return None
    soon = working_day_after(clock.today(), rules.soon_working_days.value)
    due = [item for item in due_items(user) if item.due is not None and item.due <= soon]
    long = list(_long_overdue(user, rules.escalate_working_days.value))
    if not due and not long:
        return None
    with speaking(user.language or settings.LANGUAGE_CODE):
        overdue = sum(item.overdue for item in due)
        subject = text("Due: {count}, overdue: {overdue}", count=len(due), overdue=overdue)
        lines = [str(subject), "", *_lines(due)]
        if long:
            lines += ["", str(text("Overdue for long with other offices:")), *_lines(long, office=True)]
        return EmailMessage(str(subject), "\n".join(lines), to=[user.email])


def _long_overdue(user: Any, days: int) -> Iterator[WorkItem]:
    """Yield what other offices have left overdue for so many working days, for the bureau alone."""
    if not has_role(user, Role.CITY_BUREAU):
        return
    for item in overdue_elsewhere(user):
        if item.due is not None and working_day_after(item.due, days) < item.today:
            yield item


def _lines(items: Iterable[WorkItem], *, office: bool = False) -> Iterator[str]:
    for item in items:
        who = f" ({item.waits_for})" if office else ""
        yield f"{item.due}  {item.title}: {item.todo}{who}\n  {settings.ADDRESS}{leads_to(item)}"
