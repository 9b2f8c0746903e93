"""What goes into a calibration and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fenhu.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was measured: rooms by flat, flow and return temperature at the inlet if known."""

    room_c: Mapping[str, float]
    flow_kg_s: float | None = None
    return_c: float | None = None
    noise_k: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A value and its standard error."""

    value: float
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """Risers or branches that may be blocked: numbers from 1 along the water's way, all feeding ``flats``.

    ``share`` is what one of them carries of what it would carry unblocked. ``explains`` is how much of the
    misfit (chi-square) its blockage takes away; ``named`` if that is more than chance would.
    """

    ways: tuple[int, ...]
    flats: tuple[str, ...]
    share: Estimate
    explains: float
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What explains the measurements; suspects most telling first, ``misfit`` is chi-square after all."""

    supply_c: Estimate
    loss_ratio: Estimate
    suspects: tuple[Suspect, ...]
    misfit: float
    measurements: int
    sentences: tuple[Text, ...]
