"""A season of heat meters in one converted building: installed, read by file, billed."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from fenhu.web import clock
from fenhu.web.access.models import User
from fenhu.web.metering import services
from fenhu.web.registry import queries as registry
from fenhu.web.registry.models import Building, Flat
from fenhu.wording import text

INSTALLED, MID_WINTER, COLD_FROM, COLD_TO, SPRING = (
    date(2010, 10, 15), date(2011, 1, 15), date(2010, 12, 6), date(2010, 12, 12), date(2011, 4, 2),
)  # fmt: skip
SEASON = 2010
# The flats' heat of the season in kWh/m², in turn: about that of dwellings of 40 to 60 W/m².
_USE_KWH_PER_M2 = (103, 118, 129, 141, 155)
_UNREAD, _COLD = 2, 0
_COLD_C = Decimal("16.5")


def meter_a_season(supplier: User, building: Building) -> None:
    """Let the first stairwell's flats be metered for a season; one reading is missing, one room was cold."""
    flats = [flat for flat in registry.flats_of(building.pk) if flat.unit == 1]
    with clock.on(INSTALLED):
        for place, flat in enumerate(flats):
            services.install_meter(
                supplier, flat, number=_number(building, place), on=INSTALLED, first_kwh=Decimal(0)
            )
    with clock.on(MID_WINTER):
        _read(supplier, building, flats, MID_WINTER, Decimal("0.5"))
        services.record_cold(supplier, flats[_COLD], since=COLD_FROM, until=COLD_TO, room_c=_COLD_C)
    with clock.on(SPRING):
        unread = [flat for place, flat in enumerate(flats) if place != _UNREAD]
        _read(supplier, building, flats, SPRING, Decimal(1), only=unread)
        services.issue_bills(supplier, building, SEASON)


def _read(
    supplier: User,
    building: Building,
    flats: list[Flat],
    day: date,
    part: Decimal,
    only: list[Flat] | None = None,
) -> None:
    """Hand in a file of what the meters show after ``part`` of the season's heat."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "readings.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(("表号", "抄表日期", "读数"))
            for place, flat in enumerate(flats):
                if only is None or flat in only:
                    rows.writerow((_number(building, place), day.isoformat(), _shown(place, flat, part)))
        services.take_readings(supplier, path, name=f"{text('Meter readings')} {day.isoformat()}.csv")


def _shown(place: int, flat: Flat, part: Decimal) -> Decimal:
    use = _USE_KWH_PER_M2[place % len(_USE_KWH_PER_M2)]
    return (Decimal(str(flat.area_m2)) * use * part).quantize(Decimal("0.1"))


def _number(building: Building, place: int) -> str:
    return f"{building.code}-R{place + 1:02d}"
