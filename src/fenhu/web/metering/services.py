"""What people do with meters: install, exchange, read, correct, record cold rooms, issue bills."""

from fenhu.web.metering.billing import Issued, issue_bills
from fenhu.web.metering.installing import exchange_meter, install_meter
from fenhu.web.metering.measuring import TakenTemperatures, TemperatureRow, take_temperatures
from fenhu.web.metering.reading import (
    TakenReadings,
    correct_reading,
    record_cold,
    take_reading_rows,
    take_readings,
)

__all__ = [
    "Issued", "TakenReadings", "TakenTemperatures", "TemperatureRow", "correct_reading", "exchange_meter",
    "install_meter", "issue_bills", "record_cold", "take_reading_rows", "take_readings", "take_temperatures",
]  # fmt: skip
