"""Colours: the one temperature scale, the series of charts, and the ink that reads on them.

References
----------
Contrast: WCAG 2.1, relative luminance and contrast ratio, success criterion 1.4.3 (4.5 : 1 for small text).
Series: the eight-colour set of Okabe and Ito (2008), made for readers who confuse colours.
Ramp: stops of cividis (Nuñez, Anderton and Renslow 2018), even in lightness for readers who confuse colours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from fenhu.errors import OutOfRange
from fenhu.wording import Text, text

INK, PAPER, INK_ON_FILL = "#1f2933", "#ffffff", "#0b0f14"
QUIET_INK, RULE, FAINT = "#52606d", "#9aa5b1", "#e4e7eb"
ACCENT = "#1d4e89"
ALARM = "#b3261e"
MISSING = "#f5f7fa"
LEAST_CONTRAST = 4.5
SERIES = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#999999")

_CIVIDIS = ("#00224e", "#35456c", "#666970", "#948e77", "#c8b866", "#fee838")


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One class of the temperature scale: from ``from_c`` (included) to ``to_c`` (not included)."""

    code: str
    from_c: float
    to_c: float
    label: Text
    fill: str


TEMPERATURE_BANDS = (
    Band(code="below-16", from_c=-math.inf, to_c=16.0, label=text("below 16 ℃"), fill="#23519c"),
    Band(code="16-18", from_c=16.0, to_c=18.0, label=text("16–18 ℃"), fill="#9cc3e6"),
    Band(code="18-20", from_c=18.0, to_c=20.0, label=text("18–20 ℃"), fill="#f4f1e6"),
    Band(code="20-22", from_c=20.0, to_c=22.0, label=text("20–22 ℃"), fill="#fbcf8a"),
    Band(code="22-up", from_c=22.0, to_c=math.inf, label=text("22 ℃ and above"), fill="#e0731d"),
)


def temperature_band(value_c: float) -> Band:
    """Return the class of a room temperature on the one scale every picture uses.

    Parameters
    ----------
    value_c : float
        Room temperature, ℃; a boundary belongs to the warmer class, so 18.0 is no longer cold.

    Raises
    ------
    OutOfRange
        If ``value_c`` is no number; a temperature nobody knows is None, and has no class.
    """
    for band in TEMPERATURE_BANDS:
        if band.from_c <= value_c < band.to_c:
            return band
    raise OutOfRange(
        text(
            "A room temperature of {value} has no place on the scale; a finite number in ℃ is needed",
            value=value_c,
        )
    )


def shown_temperature(value_c: float) -> str:
    """Return the temperature with one decimal, never rounded into a warmer class than its colour says."""
    rounded = round(value_c, 1)
    if temperature_band(rounded) is not temperature_band(value_c):
        rounded = math.floor(value_c * 10) / 10
    return f"{rounded:.1f}"


def ramp(count: int) -> tuple[str, ...]:
    """Return ``count`` colours in order from dark to light, for what comes one after the other."""
    last = len(_CIVIDIS) - 1
    places = [number * last / max(1, count - 1) for number in range(count)]
    return tuple(_between(_CIVIDIS[int(at)], _CIVIDIS[min(int(at) + 1, last)], at % 1) for at in places)


def _between(one: str, other: str, part: float) -> str:
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def contrast_ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two ``#rrggbb`` colours, between 1 and 21 (WCAG 2.1)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(fill: str) -> str:
    """Return the writing colour, dark or white, that reads best on ``fill``."""
    return max((INK_ON_FILL, PAPER), key=lambda ink: contrast_ratio(ink, fill))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
