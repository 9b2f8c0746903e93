"""One cell to one value: numbers within their range, materials, kinds and settings by their names."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from fenhu import tables
from fenhu.design import catalogue
from fenhu.design.catalogue import Setting
from fenhu.design.values import Device, DeviceKind
from fenhu.records import Severity
from fenhu.wording import text
from fenhu.worksheets.faults import Faults
from fenhu.worksheets.rows import Line

_SIZE = re.compile(r"(?:dn|de|d)?\s*(\d+)(?:\.0+)?(?:[x×*].*)?", re.IGNORECASE)


def number(line: Line, key: str, low: float, high: float, faults: Faults) -> float | None:
    """Return a cell as a number between two limits, None where it is blank or wrong."""
    words = line.words(key)
    if not words:
        return None
    cell = line.cells[key]
    value = _as_float(cell)
    if value is None or not low <= value <= high:
        faults.add(
            "out-of-range" if value is not None else "not-a-number",
            line.sheet,
            text(
                "{value} cannot be used; a number from {low} to {high} was expected. Correct it or leave it"
                " blank",
                value=words,
                low=f"{low:g}",
                high=f"{high:g}",
            ),
            row=line.number,
            column=line.head(key),
        )
        return None
    return value


def _as_float(cell: object) -> float | None:
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def named(
    line: Line, key: str, names: Mapping[str, str], faults: Faults, severity: Severity = Severity.ERROR
) -> str:
    """Return which of the names a cell holds, by key or by Chinese name; empty where blank or unknown."""
    words = line.words(key)
    if not words:
        return ""
    by_word = {word.casefold(): name for name, chinese in names.items() for word in (name, chinese)}
    found = by_word.get(words.casefold(), "")
    if not found:
        faults.add(
            "unknown-word",
            line.sheet,
            text(
                "{value} is not known here; use one of: {accepted}",
                value=words,
                accepted="、".join(f"{chinese} ({name})" for name, chinese in names.items()),
            ),
            row=line.number,
            column=line.head(key),
            severity=severity,
        )
    return found


def materials() -> Mapping[str, str]:
    """Return the pipe materials by key with their Chinese names."""
    return {key: row["name"] for key, row in tables.load("pipes")["material"].items()}


def radiator_kinds() -> Mapping[str, str]:
    """Return the kinds of radiators by key with their Chinese names."""
    return {key: row["name"] for key, row in tables.load("radiators")["radiator"].items()}


def size(line: Line, material: str, faults: Faults) -> int:
    """Return a nominal size the material is made in (25, DN25, De25×2.3), 0 where blank or unknown."""
    words = line.words("dn")
    if not words:
        return 0
    match = _SIZE.fullmatch(words)
    known = [one.dn for one in catalogue.sizes_of(material)]
    dn = int(match[1]) if match else 0
    if dn in known:
        return dn
    faults.add(
        "unknown-size",
        line.sheet,
        text(
            "{material} is not made in size {value}; there are {known}",
            material=materials()[material],
            value=words,
            known="、".join(str(one) for one in known),
        ),
        row=line.number,
        column=line.head("dn"),
    )
    return 0


def settings_of(device: Device) -> Sequence[Setting]:
    """Return the settings a device can have; none where it has no presetting."""
    if device.kind is DeviceKind.TRV:
        return catalogue.trv_settings() if device.preset else ()
    if device.kind is DeviceKind.LOCK_VALVE:
        return catalogue.lock_valve_settings(device.dn)
    if device.kind in (DeviceKind.RISER_BALANCING, DeviceKind.BUILDING_BALANCING):
        return catalogue.balancing_settings(device.dn)
    return ()


def mark(line: Line, settings: Sequence[Setting], faults: Faults) -> str:
    """Return the mark of a presetting, or of the one nearest to a Kv; empty where blank or unknown."""
    words = line.words("preset")
    if not words:
        return _nearest_mark(line, settings, faults)
    by_word = {word: one.mark for one in settings for word in (one.mark, _short(one.mark))}
    found = by_word.get(words, "") or by_word.get(_short(words), "")
    if not found:
        faults.add(
            "unknown-setting",
            line.sheet,
            text(
                "The valve has no setting {value}; there are {first} to {last}",
                value=words,
                first=settings[0].mark,
                last=settings[-1].mark,
            ),
            row=line.number,
            column=line.head("preset"),
        )
    return found


def _nearest_mark(line: Line, settings: Sequence[Setting], faults: Faults) -> str:
    low, high = settings[0].kv_m3_h, settings[-1].kv_m3_h
    kv_m3_h = number(line, "kv_m3_h", 0.5 * low, 2.0 * high, faults)
    if kv_m3_h is None:
        return ""
    nearest = min(settings, key=lambda one: abs(one.kv_m3_h - kv_m3_h))
    faults.add(
        "nearest-setting",
        line.sheet,
        text(
            "Kv {kv} m³/h: setting {mark} with Kv {found} m³/h was taken, the nearest there is",
            kv=f"{kv_m3_h:g}",
            mark=nearest.mark,
            found=f"{nearest.kv_m3_h:.2f}",
        ),
        row=line.number,
        column=line.head("kv_m3_h"),
        severity=Severity.WARNING,
    )
    return nearest.mark


def _short(words: str) -> str:
    return words.removesuffix(".0")
