"""The heating curve: how warm a building's water is for the weather."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fenhu.errors import OutOfRange
from fenhu.heat.network import Floats
from fenhu.wording import text

_ROOM_C, _EXPONENT = 18.0, 1.3


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatingCurve:
    """Supply temperature by outdoor temperature, at constant flow (质调节).

    Parameters
    ----------
    design_supply_c, design_return_c : water at the design outdoor temperature.
    design_outdoor_c : the outdoor temperature these belong to; the water gets no warmer below it.
    room_c : the room temperature aimed at; at this outdoor temperature nothing is heated.
    exponent : n of the radiators' law.
    lowest_c : the water is never cooler than this.
    averaging_h : the supply follows the mean outdoor temperature of so many hours.

    Raises
    ------
    OutOfRange
        If the temperatures do not fall from supply over return and room to outdoors, or n is below 1.

    References
    ----------
    docs/sources.md#heating-curve
    """

    design_supply_c: float
    design_return_c: float
    design_outdoor_c: float
    room_c: float = _ROOM_C
    exponent: float = _EXPONENT
    lowest_c: float = 0.0
    averaging_h: float = 24.0

    def __post_init__(self) -> None:
        falls = self.design_supply_c >= self.design_return_c > self.room_c > self.design_outdoor_c
        if not falls or self.exponent < 1.0:
            raise OutOfRange(
                text(
                    "Heating curve {supply}/{back} °C for {room} °C inside and {outdoor} °C outdoors, n {n}: "
                    "each must be cooler than the one before, n at least 1.",
                    supply=self.design_supply_c, back=self.design_return_c, room=self.room_c,
                    outdoor=self.design_outdoor_c, n=self.exponent,
                )
            )  # fmt: skip

    @classmethod
    def through(
        cls, supply_c: float, outdoor_c: float, *, design_outdoor_c: float, fall_ratio: float
    ) -> HeatingCurve:
        """Return the curve that gives ``supply_c`` at ``outdoor_c``.

        Parameters
        ----------
        supply_c, outdoor_c : water and weather of one and the same time.
        design_outdoor_c : the outdoor temperature the design state belongs to.
        fall_ratio : from supply to return, as a share of from supply to room, in the design state.

        Raises
        ------
        OutOfRange
            If nothing is heated at ``outdoor_c``, or the water is no warmer than the room.

        References
        ----------
        docs/sources.md#heating-curve
        """
        share = min((_ROOM_C - outdoor_c) / (_ROOM_C - design_outdoor_c), 1.0)
        if share <= 0.0 or supply_c <= _ROOM_C:
            raise OutOfRange(
                text(
                    "Supply of {supply} °C at {outdoor} °C outdoors: expected water warmer, and weather "
                    "colder, than {room} °C.",
                    supply=supply_c, outdoor=outdoor_c, room=_ROOM_C,
                )
            )  # fmt: skip
        # The formula is linear in the design excess over the room once the fall is a share of it.
        half = 0.5 * fall_ratio
        excess_k = (supply_c - _ROOM_C) / ((1.0 - half) * share ** (1.0 / _EXPONENT) + half * share)
        return cls(
            design_supply_c=_ROOM_C + excess_k, design_return_c=_ROOM_C + (1.0 - fall_ratio) * excess_k,
            design_outdoor_c=design_outdoor_c,
        )  # fmt: skip

    def supply_c(self, outdoor_c: Floats | float) -> Floats:
        """Return t_room + Δt_mean·q^(1/n) + (t_supply − t_return)/2·q, q the share of the design heat."""
        outdoor = np.asarray(outdoor_c, dtype=np.float64)
        share = np.clip((self.room_c - outdoor) / (self.room_c - self.design_outdoor_c), 0.0, 1.0)
        mean_k = 0.5 * (self.design_supply_c + self.design_return_c) - self.room_c
        fall_k = self.design_supply_c - self.design_return_c
        supply: Floats = self.room_c + mean_k * share ** (1.0 / self.exponent) + 0.5 * fall_k * share
        return np.maximum(supply, self.lowest_c)
