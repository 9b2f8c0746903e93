"""What a gateway hands over: messages as JSON, as it publishes them by MQTT, and raw M-Bus frames.

The M-Bus frames are read by pyMeterBus (extra ``gateway``); without it everything else works.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from fenhu.errors import InputFault, UnreadableFile
from fenhu.money.metering.readings import ReadingRecord
from fenhu.wording import text
from fenhu.worksheets import Faults

GATEWAY_SUFFIXES = frozenset((".jsonl", ".hex"))
"""A gateway's log: one JSON message a line, or one day and M-Bus frame in hexadecimal a line."""
_MAX_BYTES, _LONGEST_METER = 20_000_000, 40
_LARGEST_KWH = Decimal(10) ** 12
_PER_KWH = {"kWh": Decimal(1), "MWh": Decimal(1000), "GJ": Decimal(1000) / Decimal("3.6")}
_STEP_KWH = Decimal("0.001")
# As pyMeterBus names them; counters of past days and peaks are not what the meter shows.
_OF_UNIT = {"MeasureUnit.WH": 1000, "MeasureUnit.J": 3_600_000}
_NOW = "FunctionType.INSTANTANEOUS_VALUE"


def reading_of_json(payload: bytes | str) -> ReadingRecord:
    """Return the reading in a gateway's message.

    A message is an object with ``meter``, ``time`` (ISO 8601; its own calendar day counts) and ``energy``;
    ``unit`` is ``kWh`` unless it says ``MWh`` or ``GJ``.

    Raises
    ------
    InputFault
        If the message is no such object.

    Examples
    --------
    >>> reading_of_json('{"meter": "H7", "time": "2010-11-30T08:00:00+08:00", "energy": 1.5, "unit": "MWh"}')
    ReadingRecord(meter='H7', day=datetime.date(2010, 11, 30), energy_kwh=Decimal('1500.000'))
    """
    try:
        message = json.loads(payload, parse_float=Decimal, parse_int=Decimal)
    except (ValueError, RecursionError, InvalidOperation) as fault:
        raise InputFault(text("The message is no JSON: {why}", why=str(fault)[:80])) from fault
    if not isinstance(message, dict):
        raise InputFault(text("The message is no object with meter, time and energy"))
    meter = message.get("meter")
    if not isinstance(meter, str) or not 0 < len(meter.strip()) <= _LONGEST_METER:
        raise InputFault(text("meter is missing; the number on the meter, in quotes"))
    return ReadingRecord(meter=meter.strip(), day=_day(message.get("time")), energy_kwh=_energy(message))


def reading_of_mbus(frame: bytes, day: date) -> ReadingRecord:
    """Return the reading in an M-Bus long frame: the meter's number and its first energy counter.

    Parameters
    ----------
    frame
        The frame from its start byte 68h to its stop byte 16h.
    day
        The day on which the gateway received it.

    Raises
    ------
    InputFault
        If the frame is broken or holds no energy, or pyMeterBus is not installed.
    """
    meterbus = _library()
    try:
        telegram = meterbus.load(frame)
        serial, records = telegram.secondary_address[:8], telegram.records
        for record in records:
            said = record.interpreted
            per_kwh = _OF_UNIT.get(said["unit"])
            if per_kwh is not None and said["storage_number"] == 0 and said["function"] == _NOW:
                energy_kwh = (Decimal(str(said["value"])) / per_kwh).quantize(_STEP_KWH)
                return ReadingRecord(meter=str(serial), day=day, energy_kwh=energy_kwh)
    except InputFault:
        raise
    except Exception as fault:  # the library raises whatever a broken frame runs into
        raise InputFault(text("The M-Bus frame is broken: {why}", why=str(fault)[:80])) from fault
    raise InputFault(text("The M-Bus frame holds no energy counter"))


def read_gateway_log(path: Path, faults: Faults) -> list[tuple[int, ReadingRecord]]:
    """Return the readings of a gateway's log with their lines; what is wrong is noted in ``faults``.

    Raises
    ------
    UnreadableFile
        If the file cannot be read as text, or is larger than a log of readings.
    """
    kind = path.suffix.lower()
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UnreadableFile(text("The file is too large; hand it in by parts"), code="too-large")
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise UnreadableFile(text("The gateway's log is no text in UTF-8"), code="not-text") from fault
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append((number, reading_of_json(line) if kind == ".jsonl" else _of_hex(line)))
        except InputFault as fault:
            faults.add("gateway", kind[1:], fault.message, row=number)
    if not found and not faults.findings:
        faults.add("empty", kind[1:], text("The log holds no reading"))
    return found


def _of_hex(line: str) -> ReadingRecord:
    day, _, frame = line.strip().partition(" ")
    try:
        return reading_of_mbus(bytes.fromhex(frame), date.fromisoformat(day))
    except ValueError as fault:
        raise InputFault(text("A day such as 2010-11-30 and a frame in hexadecimal were expected")) from fault


def _day(value: object) -> date:
    try:
        return datetime.fromisoformat(str(value)).date()
    except ValueError as fault:
        raise InputFault(text("time is missing or no time such as 2010-11-30T08:00:00+08:00")) from fault


def _energy(message: dict[str, Any]) -> Decimal:
    value, unit = message.get("energy"), message.get("unit", "kWh")
    if unit not in _PER_KWH:
        raise InputFault(text("unit is none of {known}", known="、".join(_PER_KWH)))
    if not isinstance(value, Decimal) or not value.is_finite() or not 0 <= value <= _LARGEST_KWH:
        raise InputFault(text("energy is missing or no number of at least 0"))
    return value if unit == "kWh" else (value * _PER_KWH[unit]).quantize(_STEP_KWH)


def _library() -> Any:
    try:
        import meterbus
    except ImportError as fault:
        raise InputFault(
            text("M-Bus frames need pyMeterBus; install fenhu with its extra gateway: fenhu[gateway]")
        ) from fault
    return meterbus
