"""Unit conversion at the edges, and the closed list of unit suffixes.

Inside fenhu quantities are SI with their unit in the name; a temperature is ``_c``, a difference ``_k``.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

SUFFIXES: dict[str, str] = {
    "_m": "metre", "_mm": "millimetre (edges only)", "_m2": "square metre", "_m3": "cubic metre",
    "_c": "temperature state, degree Celsius", "_k": "temperature difference, kelvin",
    "_pa": "pascal", "_kpa": "kilopascal (edges only)", "_kg_s": "kilogram per second",
    "_m_s": "metre per second", "_m3_h": "cubic metre per hour (valves and pumps)",
    "_w": "watt", "_w_k": "watt per kelvin", "_w_m2": "watt per square metre of floor",
    "_w_m2k": "watt per square metre and kelvin", "_kg_m3": "density", "_pa_s": "dynamic viscosity",
    "_j_kgk": "specific heat capacity", "_1_k": "per kelvin", "_j_k": "heat capacity, joule per kelvin",
    "_j_m2k": "heat capacity, joule per square metre of floor and kelvin",
    "_m3_s": "cubic metre per second", "_k_h": "kelvin hour (edges only)",
    "_gj": "gigajoule (edges only)", "_gj_m2": "gigajoule per square metre of floor (edges only)",
    "_kwh": "kilowatt hour (edges only)",
    "_fen": "money, integer fen", "_yuan": "money, yuan (edges only)", "_ratio": "share between 0 and 1",
    "_percent": "share in percent (edges only)", "_days": "days", "_s": "second", "_h": "hour",
}  # fmt: skip


def fen_from_yuan(yuan: Decimal | int | str) -> int:
    """Return an amount in yuan as whole fen, half a fen rounded up.

    Raises
    ------
    decimal.InvalidOperation
        If ``yuan`` is no number.
    """
    return int((Decimal(yuan) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def yuan_from_fen(fen: int) -> Decimal:
    """Return whole fen as yuan with two decimals."""
    return Decimal(fen).scaleb(-2)


def gj_from_kwh(energy_kwh: float) -> float:
    """Return an energy in kilowatt hours as gigajoules."""
    return energy_kwh * 3.6e-3
