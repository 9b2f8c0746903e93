"""What the register holds of a flat's people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fenhu.records import PERSONAL_OF_FLATS
from fenhu.web.holding import Holding, Row, hold
from fenhu.web.journal.services import subject_name
from fenhu.web.registry.models import Flat
from fenhu.wording import text


def begin() -> None:
    """Name the register's row."""
    hold(Holding(
        key="register", name=text("The register's row of the flat"), rows=_row, erase=_erase,
        persons=lambda flat: (subject_name(flat),),
    ))  # fmt: skip


def _row(flat: Any) -> Iterator[Row]:
    yield {
        "building": flat.building.code, "flat": flat.flat_id, "area_m2": flat.area_m2, "use": flat.use,
        "owner_name": flat.owner_name, "phone": flat.phone, "measured_c": flat.measured_c,
        "consent": flat.consent, "fee_paid": flat.fee_paid,
    }  # fmt: skip


def _erase(flat: Any) -> int:
    """Take name and telephone out; search finds flats by these two and by nothing else of a person."""
    nobody = dict.fromkeys(PERSONAL_OF_FLATS, "")
    return Flat.objects.filter(pk=flat.pk).exclude(**nobody).update(**nobody)
