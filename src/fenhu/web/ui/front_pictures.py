"""The pictures of contractor and public security: works by year and state, incidents by district and age."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from django.urls import reverse
from django.utils.http import urlencode

from fenhu import drawing
from fenhu.drawing.palette import ramp
from fenhu.web.ui.map_pictures import STATE_FILLS
from fenhu.web.ui.pictures import Picture, pictured
from fenhu.web.works.queries import AGES, LAYERS, Incidents, WorksInHand
from fenhu.wording import text


def works(found: WorksInHand) -> Picture | None:
    """Return a contractor's works by year and state, each part leading to its list; None without one."""
    if not found.all:
        return None
    kinds = [
        kind for kind in LAYERS["state"].kinds() if any(kind.code in one for one in found.states.values())
    ]
    rows = drawing.StackedRows(
        title=text(
            "{built} of {all} buildings are under construction, {soon} are to be handed over within 30 days",
            built=f"{found.at_work:,}", all=f"{len(found.all):,}", soon=f"{found.soon:,}",
        ),
        desc=text("The works in your hands by year of the plan and state"),
        category_axis=text("Year"),
        classes=[drawing.CountClass(label=kind.label, fill=STATE_FILLS[kind.code]) for kind in kinds],
        rows=[
            _row(str(year), counts, [kind.code for kind in kinds], partial(_works, year))
            for year, counts in found.states.items()
        ],
    )  # fmt: skip
    return _picture(rows)


def incidents(found: Incidents) -> Picture | None:
    """Return the open incidents by district and age, each part leading to its list; None without one."""
    if not found.rows:
        return None
    rows = drawing.StackedRows(
        title=text(
            "{older} of {all} incidents are open for more than 30 days",
            older=f"{found.older:,}", all=f"{len(found.rows):,}",
        ),
        desc=text("Incidents that are not settled, by district and by how long they are open"),
        category_axis=text("District"),
        classes=[
            drawing.CountClass(label=label, fill=fill)
            for (label, _), fill in zip(AGES.values(), reversed(ramp(len(AGES))), strict=True)
        ],
        rows=[
            _row(name, counts, list(AGES), partial(_cases, name))
            for name, counts in found.ages.items()
        ],
    )  # fmt: skip
    return _picture(rows)


def _row(
    label: str, counts: Mapping[str, int], codes: list[str], address: Callable[[str], str]
) -> drawing.CountRow:
    return drawing.CountRow(
        label=label, counts=[counts.get(code, 0) for code in codes], hrefs=[address(code) for code in codes]
    )


def _works(year: int, code: str) -> str:
    return f"{reverse('front')}?{urlencode({'works': code, 'year': str(year)})}#works"


def _cases(district: str, age: str) -> str:
    return f"{reverse('cases')}?{urlencode({'state': 'pending', 'district': district, 'age': age})}"


def _picture(rows: drawing.StackedRows) -> Picture:
    leads = tuple(("", *row.hrefs) for row in rows.rows)
    return pictured(drawing.stacked_rows_svg, rows, drawing.stacked_rows_table, leads=leads)
