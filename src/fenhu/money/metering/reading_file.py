"""Readings by file: a workbook or CSV with meter, day and counter, or what a gateway wrote down."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from fenhu.money.metering.gateway import GATEWAY_SUFFIXES, read_gateway_log
from fenhu.money.metering.readings import ReadingRecord
from fenhu.records import Finding, Severity
from fenhu.wording import text
from fenhu.worksheets import Column, Faults, Line, Sheet, open_sheets, single_table, values

READINGS = Sheet(
    "readings",
    "抄表读数",
    (
        Column("meter", "表号", required=True, note=text("the number on the meter")),
        Column("date", "抄表日期", required=True, note=text("the day it was read, such as 2010-11-30")),
        Column("kwh", "读数", required=True, note=text("what the counter shows, in kWh")),
    ),
)
LONGEST_METER = 40
_STEP_KWH = Decimal("0.001")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingFile:
    """The readings in the file's order with the rows they stand in; None where a finding is an error."""

    rows: tuple[tuple[int, ReadingRecord], ...] | None
    sheet: str
    findings: tuple[Finding, ...]


def read_readings(path: Path) -> ReadingFile:
    """Return the readings of a workbook (.xlsx), a CSV file, or a gateway's log (.jsonl, .hex).

    Whether a meter exists and its readings can be believed is for the caller, who knows the meters.

    Raises
    ------
    UnreadableFile
        If the file cannot be opened as what it claims to be.
    """
    faults = Faults()
    if path.suffix.lower() in GATEWAY_SUFFIXES:
        sheet, rows = path.suffix.lower()[1:], read_gateway_log(path, faults)
    else:
        lines = single_table(READINGS, open_sheets(path), faults)
        sheet = lines[0].sheet if lines else READINGS.chinese
        rows = [(line.number, record) for line in lines if (record := _record(line, faults)) is not None]
    failed = any(finding.severity is Severity.ERROR for finding in faults.findings)
    return ReadingFile(rows=None if failed else tuple(rows), sheet=sheet, findings=tuple(faults.findings))


def _record(line: Line, faults: Faults) -> ReadingRecord | None:
    meter = values.short_text(line, "meter", LONGEST_METER, faults, required=True)
    day = values.day(line, "date", faults)
    energy_kwh = values.number(line, "kwh", faults)
    if meter is None or day is None or energy_kwh is None:
        return None
    return ReadingRecord(meter=meter, day=day, energy_kwh=energy_kwh.quantize(_STEP_KWH))
