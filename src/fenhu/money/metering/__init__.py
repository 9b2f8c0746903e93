"""Heat by the meter: readings in, a flat's bill for a season out, each figure with its step.

In: what meters showed on which day, by file or gateway; the policy's tariff. Out: doubts about readings, the
heat used in a season with every estimated part marked, and the two-part bill beside the bill by area.
"""

from fenhu.money.metering.consumption import HOW_NAMES, How, Part, SeasonUse, season_use
from fenhu.money.metering.gateway import GATEWAY_SUFFIXES, read_gateway_log, reading_of_json, reading_of_mbus
from fenhu.money.metering.heat_bill import ColdSpell, HeatBill, Step, heat_bill
from fenhu.money.metering.reading_file import READINGS, ReadingFile, read_readings
from fenhu.money.metering.readings import Doubt, MeterSeries, ReadingRecord, doubts
from fenhu.money.metering.season import Season, season_of

__all__ = [
    "GATEWAY_SUFFIXES", "HOW_NAMES", "READINGS", "ColdSpell", "Doubt", "HeatBill", "How", "MeterSeries",
    "Part", "ReadingFile", "ReadingRecord", "Season", "SeasonUse", "Step", "doubts", "heat_bill",
    "read_gateway_log", "read_readings", "reading_of_json", "reading_of_mbus", "season_of", "season_use",
]  # fmt: skip
