"""What money is worth, drawn."""

from __future__ import annotations

from collections.abc import Sequence

from fenhu import drawing
from fenhu.drawing import Bar, BarChart
from fenhu.web.ui.pictures import HALF_PAGE, Picture, pictured
from fenhu.web.works.queries import Dear
from fenhu.wording import text


def dearest(found: Sequence[Dear]) -> Picture | None:
    """Return the purses whose money is worth most, the first first; None without one."""
    if not found:
        return None
    bars = [
        Bar(label=text("{year}: {purse}", year=str(one.year), purse=one.name), value=one.worth)
        for one in found
    ]
    chart = BarChart(
        title=text("{purse} in {year} is what is most worth more", purse=found[0].name, year=found[0].year),
        desc=text("Purses and crews by what a little more of them adds to the plan's worth"),
        category_axis=text("Purse or crew and year"),
        value_axis=text("Worth of 10,000 yuan, or of ten crew days"),
        bars=bars,
        decimals=1,
    )
    return pictured(drawing.ranking_svg, chart, drawing.bar_table, width=HALF_PAGE)
