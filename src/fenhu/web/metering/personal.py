"""What heat metering holds of a flat's people: readings tell how somebody lives, bills are accounts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fenhu.web.holding import Holding, Row, hold
from fenhu.web.metering.models import Reading, SeasonBill
from fenhu.wording import text


def begin() -> None:
    """Name what is held."""
    hold(
        Holding(
            key="readings", name=text("Readings of the heat meter"), rows=_readings, rule="accounts",
            kept=lambda flat: Reading.objects.filter(meter__flat=flat.pk).count(),
        ),
        Holding(
            key="bills", name=text("Heat bills"), rows=_bills, rule="accounts",
            kept=lambda flat: SeasonBill.objects.filter(flat=flat.pk).count(),
        ),
    )  # fmt: skip


def _readings(flat: Any) -> Iterator[Row]:
    rows = Reading.objects.filter(meter__flat=flat.pk).select_related("meter").order_by("pk")
    for one in rows.iterator(chunk_size=2000):
        yield {"meter": one.meter.number, "on_date": one.on_date, "energy_kwh": one.energy_kwh}


def _bills(flat: Any) -> Iterator[Row]:
    for one in SeasonBill.objects.filter(flat=flat.pk).order_by("pk"):
        yield {"season": one.year, "due_fen": one.due_fen, "issued_on": one.issued_on}
