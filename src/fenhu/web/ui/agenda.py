"""Due days as an iCalendar feed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event

from fenhu.web.ui.templatetags.programme import leads_to
from fenhu.web.works.queries import WorkItem
from fenhu.wording import text


def agenda(items: Iterable[WorkItem], *, at: str) -> bytes:
    """Return the feed, a whole-day event for each thing that waits.

    Parameters
    ----------
    items : what waits; things without a day are left out.
    at : the product's own address, without a slash at the end.

    References
    ----------
    RFC 5545
    """
    calendar = Calendar()
    calendar.add("prodid", "-//fenhu//worklist//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", str(text("Per-household heating: due days")))
    for item in items:
        if item.due is not None:
            calendar.add_component(_event(item, at))
    return calendar.to_ical()


def _event(item: WorkItem, at: str) -> Event:
    assert item.due is not None
    event = Event()
    event.add("uid", f"{item.kind}-{item.key}@fenhu")
    event.add("dtstamp", datetime.combine(item.today, time(), UTC))
    event.add("dtstart", item.due)
    event.add("dtend", item.due + timedelta(days=1))
    event.add("summary", f"{item.todo}: {item.title}")
    event.add("url", f"{at}{leads_to(item)}")
    return event
