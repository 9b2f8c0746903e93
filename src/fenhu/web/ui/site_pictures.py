"""A site in pictures and words: the flats by stage, the share done week by week, when it will be done."""

from __future__ import annotations

from django.utils.formats import date_format

from fenhu.drawing import STAGE, Bar, BarChart, ElevationCell
from fenhu.web.ui.pictures import Elevation, Picture, bar_picture, drawn
from fenhu.web.works.queries import SiteView
from fenhu.wording import Text, text


def site_elevation(view: SiteView) -> Elevation | None:
    """Return the building by stage, each flat a link to its row; None without a flat."""
    if not view.flats:
        return None
    cells = tuple(
        ElevationCell(
            unit=flat.unit, storey=flat.storey, position=flat.position, label=flat.flat_id,
            state=flat.stage if flat.signed else "without", href=f"#flat-{flat.flat_id}",
        )
        for flat in view.flats
    )  # fmt: skip
    finding = text("{done} of {signed} flats with a contract are done", done=view.done, signed=view.signed)
    desc = text("The building {name} from the front, one cell per flat", name=view.row.name)
    return drawn([(cells, finding, desc)], STAGE)


def progress_by_week(view: SiteView) -> Picture | None:
    """Return the share done at the end of every reported week, beside what the deadline needs."""
    if not view.weeks:
        return None
    last = view.weeks[-1]
    chart = BarChart(
        title=_finding(last.share, last.needed),
        desc=text("Share of the works done by the end of every reported week"),
        category_axis=text("Week from"),
        value_axis=text("Done (%)"),
        bars=[
            Bar(label=f"{week.week:%m-%d}", value=100 * week.share,
                target=None if week.needed is None else 100 * week.needed)
            for week in view.weeks[-16:]
        ],
    )  # fmt: skip
    return bar_picture(chart)


def said(view: SiteView) -> Text:
    """Return how far the works are and when they will be done, in one sentence."""
    deadline = date_format(view.deadline, "DATE_FORMAT")
    if view.started_on is None:
        return text("The works have not begun; they are to be done by {deadline}.", deadline=deadline)
    if view.finished_on is not None and view.forecast is None:
        day = date_format(view.finished_on, "DATE_FORMAT")
        return text("The works were reported finished on {day}.", day=day)
    if view.forecast is None:
        return text("The works rest; they are to be done by {deadline}.", deadline=deadline)
    if view.forecast.share >= 1:
        return text("Every flat is done; the works can be reported finished.")
    if view.forecast.finished_on is None:
        return text(
            "Nothing moved in the last three weeks; at this pace {deadline} is missed.", deadline=deadline
        )
    day = date_format(view.forecast.finished_on, "DATE_FORMAT")
    if view.forecast.late_days:
        return text(
            "At the pace of the last three weeks they are done on {day}, {days} days after {deadline}.",
            day=day, days=view.forecast.late_days, deadline=deadline,
        )  # fmt: skip
    return text(
        "At the pace of the last three weeks they are done on {day}, in time for {deadline}.",
        day=day, deadline=deadline,
    )  # fmt: skip


def _finding(share: float, needed: float | None) -> Text:
    done = f"{100 * share:.0f}"
    if needed is None:
        return text("{done} % of the works are done", done=done)
    if share >= needed:
        return text(
            "{done} % are done, more than the {needed} % needed", done=done, needed=f"{100 * needed:.0f}"
        )
    return text("{done} % are done, {needed} % were needed", done=done, needed=f"{100 * needed:.0f}")
