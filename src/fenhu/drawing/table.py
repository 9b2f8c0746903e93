"""The table behind a picture: the same values, for readers, screen readers and spreadsheets."""

from __future__ import annotations

from dataclasses import dataclass

from fenhu.drawing.model import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartTable:
    """A head with units and rows of values; every row is as long as the head."""

    head: tuple[Wording, ...]
    rows: tuple[tuple[Wording | int | float, ...], ...]
