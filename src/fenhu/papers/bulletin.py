"""工作简报: what happened in a month or a year, on two pages of A4, made for a mayor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from fenhu.drawing import (
    BarChart,
    ChartTable,
    bar_chart_svg,
    bar_table,
    histogram_svg,
    histogram_table,
    stacked_bars_svg,
    stacked_table,
)
from fenhu.drawing.model import Wording
from fenhu.papers import bulletin_pictures as pictures
from fenhu.papers import bulletin_sentences as sentences
from fenhu.papers.behind import Figure, behind, runs
from fenhu.papers.bulletin_values import Amount, Bulletin, Steps
from fenhu.papers.report_sentences import counted
from fenhu.papers.typesetting import typeset
from fenhu.papers.words import DEMO_DATA
from fenhu.wording import Text, text

# Where the list behind a figure stands.
Address = Callable[[Figure], str]
_WIDTH = 380.0
_PAGE = """
#set document(title: data.title, date: none)
#set page(paper: "a4", margin: (x: 20mm, top: 16mm, bottom: 16mm),
  footer: context align(center, text(size: 8pt, data.mark + data.page_words
    .replace("{page}", str(counter(page).get().first()))
    .replace("{pages}", str(counter(page).final().first())))))
#set text(size: 10.5pt)
#set par(leading: 0.62em, spacing: 0.75em)
#let said(line) = for run in line {
  if run.href == "" { run.words } else { link(run.href, run.words) }
}
#let part(one) = if one.lines.len() > 0 { block(above: 3.5mm, below: 0mm, {
  block(below: 1.6mm, text(size: 12.5pt, weight: "bold", fill: rgb("#143a68"), one.heading))
  for line in one.lines { block(spacing: 2.2mm, said(line)) }
}) }
#let drawn(one, high) = if one.number == none { none } else {
  block(above: 3mm, below: 1mm, height: high,
    image(picture(one.number), format: "svg", width: 100%, height: 100%, fit: "contain", alt: one.alt))
}
#align(center, text(size: 22pt, weight: "bold", fill: rgb("#b3261e"), data.title))
#v(1mm)
#grid(columns: (1fr, auto, 1fr), align: (left, center, right),
  data.office, strong(data.issue), data.day)
#line(length: 100%, stroke: 1.6pt + rgb("#b3261e"))
#v(1mm)
#block(text(size: 13pt, weight: "bold", said(data.answer.first())))
#for line in data.answer.slice(1) { block(spacing: 2.4mm, text(size: 11pt, said(line))) }
#part(data.changes)
#v(2mm)
#table(columns: (1.3fr, 1fr, 1fr, 1fr, 1fr), stroke: 0.4pt + rgb("#9aa5b1"), inset: 1.8mm,
  align: (x, y) => if x == 0 { left } else { right } + horizon,
  fill: (x, y) => if y == 0 { rgb("#e8eef5") },
  table.header(..data.table.head.map(head => strong(head))),
  ..data.table.rows.map(row => row.map(said)).flatten())
#grid(columns: (1fr, 1fr), gutter: 6mm, drawn(data.charts.years, 64mm), drawn(data.charts.pace, 64mm))
#grid(columns: (1fr, 1fr), gutter: 6mm, part(data.lag), drawn(data.charts.standings, 62mm))
#pagebreak()
#grid(columns: (1fr, 1fr), gutter: 7mm, {
  part(data.spending)
  drawn(data.charts.money, 82mm)
}, {
  part(data.warmth)
  drawn(data.charts.warmth, 92mm)
})
#part(data.missed)
#part(data.conflicts)
#part(data.coming)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinChart:
    """A picture of a bulletin with its words and the table behind it."""

    key: str
    title: Wording
    svg: str
    table: ChartTable


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinPart:
    """One heading of a bulletin and its sentences."""

    key: str
    heading: Text
    lines: tuple[Text, ...]


def bulletin_pdf(bulletin: Bulletin, address: Address = lambda figure: "") -> bytes:
    """Return the bulletin as a PDF of two pages; the same values give the same bytes.

    Parameters
    ----------
    address : where the list behind a figure stands for everybody, empty where nowhere.
    """
    charts = bulletin_charts(bulletin)
    numbers = {one.key: number for number, one in enumerate(charts)}
    titles = {one.key: str(one.title) for one in charts}
    return typeset(
        _PAGE,
        {
            "title": str(sentences.title(bulletin)),
            "office": f"{bulletin.office} {bulletin.scope}".strip(),
            "issue": str(sentences.issue(bulletin)),
            "day": str(sentences.day_said(bulletin.as_of)),
            "mark": f"{DEMO_DATA} · " if bulletin.news.synthetic else "",
            "page_words": str(text("Page {page} of {pages}", page="{page}", pages="{pages}")),
            "answer": [_runs(line, address) for line in sentences.answer(bulletin)],
            "table": _table_data(bulletin, address),
            "charts": {
                key: {"number": numbers.get(key), "alt": titles.get(key, "")}
                for key in ("years", "pace", "standings", "money", "warmth")
            },
            **{part.key: _part_data(part, address) for part in bulletin_parts(bulletin)},
        },
        pictures=[one.svg for one in charts],
    )


def bulletin_parts(bulletin: Bulletin) -> tuple[BulletinPart, ...]:
    """Return the bulletin's sentences below their headings, in the order of reading."""
    named: Sequence[tuple[str, Text, Callable[[Bulletin], tuple[Text, ...]]]] = (
        ("changes", text("What changed in {period}", period=bulletin.period.said), sentences.changes),
        ("lag", text("Who is how far"), sentences.lag),
        ("missed", text("Deadlines missed"), sentences.missed),
        ("spending", text("Money"), sentences.spending),
        ("warmth", text("How warm it became"), sentences.warmth),
        ("conflicts", text("Complaints and conflicts"), sentences.conflicts),
        ("coming", text("Due in {period}", period=bulletin.period.coming.said), sentences.coming),
    )
    return tuple(BulletinPart(key=key, heading=head, lines=made(bulletin)) for key, head, made in named)


def bulletin_charts(bulletin: Bulletin, *, width: float = _WIDTH) -> tuple[BulletinChart, ...]:
    """Return the bulletin's pictures, those left out for which there is nothing to draw."""
    bars = {
        "years": pictures.years_chart(bulletin), "pace": pictures.pace_chart(bulletin),
        "standings": pictures.standings_chart(bulletin),
    }  # fmt: skip
    made = [_bars(key, chart, width) for key, chart in bars.items() if chart is not None]
    if (money := pictures.money_chart(bulletin.money)) is not None:
        drawn = stacked_bars_svg(money, width=width)
        made.append(_chart("money", money.title, drawn, stacked_table(money)))
    if (warmth := pictures.warmth_chart(bulletin)) is not None:
        drawn = histogram_svg(warmth, width=width)
        made.append(_chart("warmth", warmth.title, drawn, histogram_table(warmth)))
    return tuple(made)


def change_rows(bulletin: Bulletin) -> tuple[tuple[Text, tuple[Figure, ...]], ...]:
    """Return each step's amounts in the period, the one before, the year so far, and since the beginning."""
    news, period, as_of = bulletin.news, bulletin.period, bulletin.as_of
    spans: Sequence[tuple[Steps, date | None, date]] = (
        (news.steps, *sentences.within(period, as_of)),
        (news.before, *sentences.within(period.before, as_of)),
        (news.this_year, date(period.year, 1, 1), as_of), (news.ever, None, as_of),
    )  # fmt: skip
    named = (
        ("approved", text("Approved")), ("begun", text("Begun")), ("accepted", text("Accepted")),
        ("in_use", text("Put into use")),
    )  # fmt: skip
    return tuple(
        (name, tuple(_cell(step, getattr(one, step), since, until) for one, since, until in spans))
        for step, name in named
    )


def _cell(step: str, amount: Amount, since: date | None, until: date) -> Figure:
    shown = f"{counted(amount.buildings)} / {counted(amount.flats)}"
    return behind("buildings", shown, step=step, since=since, until=until)


def change_heads(bulletin: Bulletin) -> tuple[Text, ...]:
    """Return the heads of the table of steps."""
    period = bulletin.period
    return (
        text("Buildings / flats"), period.said, period.before.said,
        text("Since 1 January {year}", year=str(period.year)), text("Since the beginning"),
    )  # fmt: skip


def _bars(key: str, chart: BarChart, width: float) -> BulletinChart:
    return _chart(key, chart.title, bar_chart_svg(chart, width=width), bar_table(chart))


def _chart(key: str, title: Wording, svg: str, table: ChartTable) -> BulletinChart:
    return BulletinChart(key=key, title=title, svg=svg, table=table)


def _part_data(part: BulletinPart, address: Address) -> dict[str, object]:
    return {"heading": str(part.heading), "lines": [_runs(line, address) for line in part.lines]}


def _runs(line: Text, address: Address) -> list[dict[str, str]]:
    """Return a line's runs of words with where each leads, units not parted from their figures."""
    return [
        {
            "words": run.words.replace(" %", "\N{NO-BREAK SPACE}%").replace(" ℃", "\N{NO-BREAK SPACE}℃"),
            "href": address(run.figure) if run.figure is not None else "",
        }
        for run in runs(line)
    ]


def _table_data(bulletin: Bulletin, address: Address) -> dict[str, object]:
    return {
        "head": [str(head) for head in change_heads(bulletin)],
        "rows": [
            [_runs(name, address), *(_runs(one, address) for one in cells)]
            for name, cells in change_rows(bulletin)
        ],
    }
