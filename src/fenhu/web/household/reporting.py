"""Room temperatures a household reports; a cold one waits for the supplier's answer."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from fenhu.errors import InputFault
from fenhu.web import clock
from fenhu.web.household.doors import Door
from fenhu.web.household.models import RoomReport
from fenhu.web.household.pages import least_room_c
from fenhu.web.journal import services as journal
from fenhu.web.rules import current_policy
from fenhu.wording import text

LEAST_C, MOST_C = Decimal(0), Decimal(40)
MOST_A_DAY = 4
HOURS = range(24)


@transaction.atomic
def report_room(door: Door, *, value_c: Decimal, hour: int) -> RoomReport:
    """Return the report of a room's temperature today; below the policy's limit it waits for the supplier.

    Raises
    ------
    InputFault
        If no room can be that warm or cold, there is no such hour, or there were too many reports today.
    """
    if not (value_c.is_finite() and LEAST_C <= value_c <= MOST_C):
        raise InputFault(text("A room has between {least} and {most} ℃; look at the thermometer again",
                              least=str(LEAST_C), most=str(MOST_C)))  # fmt: skip
    if hour not in HOURS:
        raise InputFault(text("Give the hour as a number from 0 to 23"))
    today, value = clock.today(), value_c.quantize(Decimal("0.1"))
    if RoomReport.objects.filter(flat=door.flat, on_date=today).count() >= MOST_A_DAY:
        raise InputFault(text("You reported {most} times today; report again tomorrow", most=MOST_A_DAY))
    cold = float(value) < least_room_c(current_policy())
    report = RoomReport.objects.create(
        flat=door.flat, value_c=value, on_date=today, hour=hour, since=today,
        state="waiting" if cold else "noted",
    )  # fmt: skip
    journal.record(actor=door.actor(), subject=report, kind="household.room", data={
        "flat": door.flat.pk, "value_c": str(value), "hour": hour, "to": report.state,
    })  # fmt: skip
    return report
