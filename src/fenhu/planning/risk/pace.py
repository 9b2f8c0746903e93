"""Whether a programme ends in time: the pace its first target sets, the pace its span asks for, the plan's.

Fuxin says both 5,000 flats in 2010 and 50,000 flats in three to five years: at the first pace the stock takes
ten years, and what 2010 leaves, 45,000 flats, needs 11,250 a year to end in five, 22,500 to end in three.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from fenhu.errors import OutOfRange
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededPace:
    """What ending ``years`` years after the start asks of every year after the first, at the plan's costs."""

    years: int
    flats_a_year: int
    cost_fen_a_year: int
    crew_days_a_year: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """A programme's pace.

    ``target_flats`` is the first year's target (0: none), ``years_at_target`` what the whole stock would take
    at that pace. ``planned_flats`` holds the plan's flats by year, ``years_at_plan`` what those of the
    register would take at its mean pace (None: it converts nothing); ``cost_fen_a_year`` and
    ``crew_days_a_year`` are the plan's means.
    """

    stock_flats: int
    first_year: int
    target_flats: int
    years_at_target: int | None
    needed: tuple[NeededPace, ...]
    register_flats: int
    planned_flats: Mapping[int, int]
    years_at_plan: int | None
    cost_fen_a_year: int
    crew_days_a_year: float

    @property
    def planned_a_year(self) -> int:
        """Return the plan's mean pace, in flats a year."""
        return round(sum(self.planned_flats.values()) / max(1, len(self.planned_flats)))

    @property
    def contradicts(self) -> bool:
        """Return whether the first target's pace is slower than the longest span allows."""
        return self.years_at_target is not None and self.years_at_target > max(
            one.years for one in self.needed
        )

    def sentences(self) -> tuple[Text, ...]:
        """Return what the pace means, the contradiction first."""
        return tuple(_said(self))


def pace_of(
    *,
    stock_flats: int,
    first_year: int,
    years_min: int,
    years_max: int,
    target_flats: int,
    register_flats: int,
    planned_flats: Mapping[int, int],
    cost_fen: int,
    crew_days: float,
) -> Pace:
    """Return the pace of a programme and of its plan.

    Parameters
    ----------
    stock_flats : flats to convert in all. years_min, years_max : the span the policy gives.
    target_flats : the target of the first year, 0 where there is none.
    register_flats : the flats that were planned for, perhaps a part of the stock.
    planned_flats : the plan's flats by calendar year. cost_fen, crew_days : what all of the plan takes.

    Raises
    ------
    OutOfRange
        If the stock is empty or the span is none.
    """
    if stock_flats < 1 or not 1 <= years_min <= years_max:
        raise OutOfRange(text("A pace needs flats to convert and a span of years."))
    planned = sum(planned_flats.values())
    done = target_flats or planned_flats.get(first_year, 0)
    each_fen, each_days = (cost_fen / planned, crew_days / planned) if planned else (0.0, 0.0)
    years = max(1, len(planned_flats))
    return Pace(
        stock_flats=stock_flats,
        first_year=first_year,
        target_flats=target_flats,
        years_at_target=ceil(stock_flats / target_flats) if target_flats else None,
        needed=tuple(
            _needed(stock_flats - done, span, each_fen, each_days) for span in range(years_min, years_max + 1)
        ),
        planned_flats=dict(planned_flats),
        register_flats=register_flats,
        years_at_plan=ceil(register_flats * years / planned) if planned else None,
        cost_fen_a_year=round(cost_fen / years),
        crew_days_a_year=crew_days / years,
    )


def _needed(left_flats: int, span: int, each_fen: float, each_days: float) -> NeededPace:
    flats = ceil(max(0, left_flats) / max(1, span - 1))
    return NeededPace(
        years=span,
        flats_a_year=flats,
        cost_fen_a_year=round(flats * each_fen),
        crew_days_a_year=flats * each_days,
    )


def _said(pace: Pace) -> list[Text]:
    slowest, fastest = pace.needed[-1], pace.needed[0]
    said = []
    if pace.years_at_target is not None:
        said.append(
            text(
                "At the pace of {year}, {target} flats a year, {stock} flats take {years} years; the policy "
                "gives {least} to {most}.",
                year=str(pace.first_year), target=f"{pace.target_flats:,}", stock=f"{pace.stock_flats:,}",
                years=pace.years_at_target, least=fastest.years, most=slowest.years,
            )
        )  # fmt: skip
    said.append(
        text(
            "To end within {most} years, every year after the first has to convert {flats} flats; within "
            "{least} years, {more}.",
            most=slowest.years, flats=f"{slowest.flats_a_year:,}", least=fastest.years,
            more=f"{fastest.flats_a_year:,}",
        )
    )  # fmt: skip
    if pace.years_at_plan is None:
        return [*said, text("The plan converts nothing.")]
    said.append(
        text(
            "The plan converts {flats} flats a year on average; at that pace the {register} flats of the "
            "register take {years} years.",
            flats=f"{pace.planned_a_year:,}",
            register=f"{pace.register_flats:,}",
            years=pace.years_at_plan,
        )
    )
    return said
