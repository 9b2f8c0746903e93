"""The portal's pictures: progress that states its finding, and a building's shape, nothing personal in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from fenhu import drawing
from fenhu.drawing import State, StateLayer, Tone
from fenhu.web.portal.queries import FrontView, Progress, shape_of
from fenhu.wording import Text, text

# Drawn as wide as a phone, so that its letters stay as large as the page's.
PHONE = 320.0
_MOST_BARS = 12
STATES = StateLayer(
    name=text("State of the building"),
    states=(
        State(code="in_use", label=text("converted and in use"), mark="✓", tone=Tone.DONE),
        State(code="planned", label=text("on an approved plan"), mark="…", tone=Tone.UNDER_WAY),
        State(code="open", label=text("not yet on an approved plan"), mark="", tone=Tone.WAITING),
    ),
)
"""How far a building is, the same for every flat of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture and the table behind it."""

    svg: SafeString
    table: drawing.ChartTable


def by_year(view: FrontView) -> Picture:
    """Return the buildings in use by their plan's year, against the year's target."""
    now = view.now
    chart = drawing.BarChart(
        title=text(
            "{used} buildings are in use; {approved} more of the plan of {year} are on their way",
            used=f"{view.in_use_buildings:,}", year=str(now.year),
            approved=f"{now.approved_buildings - now.in_use_buildings:,}",
        ),
        desc=text("Buildings in use by the year of their plan, with the year's target"),
        category_axis=text("Plan of the year"), value_axis=text("Buildings in use"),
        bars=[drawing.Bar(label=str(one.year), value=one.in_use_buildings, target=one.target_buildings)
              for one in view.years],
    )  # fmt: skip
    table = drawing.ChartTable(
        head=(text("Year"), text("Target (buildings)"), text("Approved (buildings)"),
              text("In use (buildings)"), text("In use (flats)")),
        rows=tuple(
            (str(one.year), "—" if one.target_buildings is None else one.target_buildings,
             one.approved_buildings, one.in_use_buildings, one.in_use_flats)
            for one in view.years
        ),
    )  # fmt: skip
    return Picture(svg=_safe(drawing.bar_chart_svg(chart, width=PHONE)), table=table)


def by_district(view: FrontView) -> Picture:
    """Return the districts by their buildings in use."""
    return _ranked(view.districts, text("District"), text("Buildings in use in each district"))


def by_supplier(view: FrontView) -> Picture:
    """Return the heat suppliers by their buildings in use."""
    return _ranked(view.suppliers, text("Heat supplier"), text("Buildings in use of each heat supplier"))


def building_svg(code: str) -> str:
    """Return a building from the front; every flat carries the building's state, none a number.

    Raises
    ------
    django.http.Http404
        If there is no such building.
    """
    row, places = shape_of(code)
    cells = [
        drawing.ElevationCell(
            unit=unit, storey=storey, position=place, label=str(text("Flat")), state=row.state
        )
        for (unit, storey), count in sorted(places.items())
        for place in range(count)
    ] or [drawing.ElevationCell(unit=1, storey=1, position=1, label=row.name, state=row.state)]
    finding = text("{name}: {state}", name=row.name, state=STATES.state(row.state).label)
    return drawing.elevation_svg(cells, title=finding, desc=finding, layer=STATES)


def _ranked(rows: Sequence[Progress], name: Text, desc: Text) -> Picture:
    ranked = sorted(rows, key=lambda one: (-one.in_use_buildings, -one.approved_buildings, one.name))
    chart = drawing.BarChart(
        title=_finding(ranked), desc=desc, category_axis=name, value_axis=text("Buildings in use"),
        bars=[drawing.Bar(label=one.name, value=one.in_use_buildings) for one in ranked[:_MOST_BARS]],
    )  # fmt: skip
    table = drawing.ChartTable(
        head=(name, text("Buildings"), text("Approved"), text("In use"), text("In use (flats)")),
        rows=tuple(
            (one.name, one.buildings, one.approved_buildings, one.in_use_buildings, one.in_use_flats)
            for one in ranked
        ),
    )
    return Picture(svg=_safe(drawing.ranking_svg(chart, width=PHONE)), table=table)


def _finding(ranked: Sequence[Progress]) -> Text:
    if not ranked or not ranked[0].in_use_buildings:
        return text("No building is in use yet")
    first = ranked[0]
    return text("{name} has most in use: {used} of {all} buildings", name=first.name,
                used=f"{first.in_use_buildings:,}", all=f"{first.buildings:,}")  # fmt: skip


def _safe(svg: str) -> SafeString:
    """Mark a picture as safe: ``fenhu.drawing`` escapes every word it writes."""
    return mark_safe(svg)
