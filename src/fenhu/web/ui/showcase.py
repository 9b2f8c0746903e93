"""What the page of components shows: invented values, one for every state."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import mark_safe

from fenhu import drawing
from fenhu.programme import ANNUAL_PLAN, CASE, PROJECT
from fenhu.web.ui.pictures import Picture, bar_picture
from fenhu.wording import Text, text

ROOMS_C = (15.2, 17.1, 18.6, 20.9, 23.4, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chips:
    """The states of one workflow, each with the filter that gives its tone."""

    name: Text
    states: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Showcase:
    """The values of the components that need some."""

    rooms_c: tuple[float | None, ...]
    projects: Chips
    cases: Chips
    plans: Chips
    bars: Picture
    elevation: Picture


def showcase() -> Showcase:
    """Return the values of the page of components."""
    return Showcase(
        rooms_c=ROOMS_C,
        projects=Chips(name=text("States of a conversion"), states=tuple(PROJECT.states.items())),
        cases=Chips(name=text("States of a case"), states=tuple(CASE.states.items())),
        plans=Chips(name=text("States of an annual plan"), states=tuple(ANNUAL_PLAN.states.items())),
        bars=_bars(), elevation=_elevation(),
    )  # fmt: skip


def _bars() -> Picture:
    chart = drawing.BarChart(
        title=text("Two of three years reach their target"), desc=text("An invented programme"),
        category_axis=text("Year"), value_axis=text("Buildings"),
        bars=[drawing.Bar(label=str(year), value=value, target=target)
              for year, value, target in ((2010, 96, 100), (2011, 128, 120), (2012, 140, 140))],
    )  # fmt: skip
    return bar_picture(chart)


def _elevation() -> Picture:
    cells = [
        drawing.ElevationCell(
            unit=unit, storey=storey, position=position, label=f"{unit}-{storey}-{storey}0{position}",
            value_c=None if (unit, storey, position) == (2, 1, 2) else 13.5 + 2.1 * storey + 0.8 * position,
        )
        for unit in (1, 2) for storey in (1, 2, 3, 4) for position in (1, 2)
    ]  # fmt: skip
    svg = drawing.elevation_svg(
        cells, title=text("The ground floor is cold, the top floor is hot"), desc=text("An invented building")
    )
    return Picture(svg=mark_safe(svg), table=drawing.elevation_table(cells))
