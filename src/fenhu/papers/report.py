"""The plan report: one HTML file that stands alone, reads on a telephone and prints on A4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from fenhu.drawing import ChartTable, bar_table, ranking_svg, shown_temperature, wan_yuan
from fenhu.errors import InputFault
from fenhu.papers import report_charts as charts
from fenhu.papers import report_sentences as say
from fenhu.papers.plan_compare import BESIDE, MEASURES, RANKING_NOTES, Compared, difference, gain_said
from fenhu.papers.report_values import PlannedBuilding, PlanReport, PlanYear, ReportPart, UnplannedBuilding
from fenhu.papers.words import DEMO_DATA, payer_name
from fenhu.records import Payer
from fenhu.wording import Text, current_language, text

UNPLANNED_SHOWN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of the report: ``numbers`` are the columns set flush right, ``total`` its last line."""

    head: Sequence[Text | str]
    rows: Sequence[Sequence[Text | str]]
    numbers: frozenset[int] = frozenset()
    total: Sequence[Text | str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart and the table behind it."""

    picture: Markup
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One heading of the report and what stands under it, in this order."""

    heading: Text
    paragraphs: Sequence[Text] = ()
    items: Sequence[Text] = ()
    figures: Sequence[Figure] = ()
    table: Table | None = None
    notes: Sequence[Text] = ()


def plan_report_html(report: PlanReport) -> str:
    """Return the report on a plan as one self-contained HTML page in the current language.

    No script and nothing from outside; the charts are inline SVG, each with the table behind it.

    Raises
    ------
    InputFault
        If the plan has no year.
    """
    if not report.years:
        raise InputFault(text("A plan report needs at least one year"))
    title = text(
        "Plan for the conversion of {city} to per-household heating, {first}–{last}",
        city=report.city, first=report.years[0].year, last=report.years[-1].year,
    )  # fmt: skip
    return _template().render(
        language="en" if current_language() == "en" else "zh-Hans",
        title=title,
        mark=DEMO_DATA if report.synthetic else "",
        mark_note=text("All buildings, people and amounts are made up for demonstration."),
        basis=text("Basis: {basis}", basis=report.basis),
        date=report.prepared_on or "",
        answer=say.answer(report),
        behind=text("The table behind this chart"),
        sections=_sections(report),
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("fenhu.papers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("plan_report.html")


def _sections(report: PlanReport) -> tuple[Section, ...]:
    return (
        _findings(report),
        _years(report.years),
        *_ranking(report.ranking),
        *(_part(one) for one in report.parts),
        _first_year(report),
        _unplanned(report.unplanned),
        _search(report),
        _assumptions(report),
    )


def _findings(report: PlanReport) -> Section:
    shortfalls = tuple(sentence for year in report.years for sentence in year.shortfalls)
    failed = tuple(
        text("Building {code} could not be simulated: {status}", code=code, status=status)
        for code, status in report.stock.not_simulated
    )
    figures = tuple(
        Figure(picture=Markup(picture), table=_behind(table))
        for picture, table in (charts.progress(report), charts.temperatures(report), charts.payers(report))
    )
    items = (*report.findings, *shortfalls, *failed)
    return Section(
        heading=text("What was found"), paragraphs=say.quality(report.search), items=items, figures=figures
    )


def _years(years: Sequence[PlanYear]) -> Section:
    head = (
        text("Year"), text("Number of buildings"), text("Target of buildings"), text("Number of households"),
        text("Target of households"), text("Heated area (m²)"),
        *(payer_name(payer) for payer in Payer), text("Total"),
    )  # fmt: skip
    costs = [year.cost_fen for year in years]
    total: tuple[Text | str, ...] = (
        text("Total"), say.counted(sum(year.buildings for year in years)), "",
        say.counted(sum(year.flats for year in years)), "", say.counted(sum(year.area_m2 for year in years)),
        *charts.money_cells({payer: sum(cost.get(payer, 0) for cost in costs) for payer in Payer}),
    )  # fmt: skip
    rows = [
        (
            str(year.year), say.counted(year.buildings), _target(year.target_buildings),
            say.counted(year.flats), _target(year.target_flats), say.counted(year.area_m2),
            *charts.money_cells(year.cost_fen),
        )
        for year in years
    ]  # fmt: skip
    table = Table(head=head, rows=rows, numbers=frozenset(range(1, len(head))), total=total)
    unit = text("Money in 10,000 yuan, rounded so that the payers of a year add up to its total.")
    return Section(heading=text("The plan year by year"), table=table, notes=(unit,))


def _ranking(compared: Sequence[Compared]) -> tuple[Section, ...]:
    """Return the plan beside the clerk's ranking, nothing where it was not made."""
    if not compared:
        return ()
    head = [text("Year")]
    for name, _ in MEASURES:
        head += [text("{which}: {measure}", which=which, measure=name) for which in BESIDE]
    *years, every = [_compared_cells(one) for one in compared]
    table = Table(head=head, rows=years, numbers=frozenset(range(1, len(head))), total=every)
    return (
        Section(
            heading=text("Against the ranking"), paragraphs=(gain_said(compared[-1]),), table=table,
            notes=RANKING_NOTES,
        ),
    )  # fmt: skip


def _part(part: ReportPart) -> Section:
    figures: tuple[Figure, ...] = ()
    if part.chart is not None:
        figures = (Figure(picture=Markup(ranking_svg(part.chart)), table=_behind(bar_table(part.chart))),)
    numbers = frozenset(range(1, len(part.head)))
    table = Table(head=part.head, rows=part.rows, numbers=numbers) if part.head else None
    return Section(heading=part.heading, paragraphs=part.sentences, figures=figures, table=table)


def _compared_cells(one: Compared) -> list[Text | str]:
    cells: list[Text | str] = [text("All years") if one.year is None else str(one.year)]
    for _, key in MEASURES:
        plan, ranking = getattr(one.plan, key), getattr(one.ranking, key)
        cells += [say.counted(plan), say.counted(ranking), difference(plan - ranking)]
    return cells


def _target(target: int | None) -> str:
    return "—" if target is None else say.counted(target)


def _first_year(report: PlanReport) -> Section:
    first = next((year for year in report.years if year.buildings), report.years[0])
    heading = text("Buildings to be converted in {year}, and why", year=first.year)
    if not report.first_year:
        return Section(heading=heading, paragraphs=(text("No building is planned in this year."),))
    head = (
        text("No."), text("Building"), text("District"), text("Heat supplier"), text("Number of households"),
        text("Cost (10,000 yuan)"), text("Coldest flat before → after (℃)"),
        text("Flats below 18 ℃ before → after"), text("Reasons"),
    )  # fmt: skip
    rows = [_planned_row(number, one) for number, one in enumerate(report.first_year, start=1)]
    return Section(heading=heading, table=Table(head=head, rows=rows, numbers=frozenset({0, 4, 5, 6, 7})))


def _planned_row(number: int, one: PlannedBuilding) -> tuple[str, ...]:
    return (
        str(number), f"{one.name} ({one.code})", one.district, one.supplier, say.counted(one.flats),
        wan_yuan(one.cost_fen), f"{_degrees(one.min_before_c)} → {_degrees(one.min_after_c)}",
        f"{_count(one.below_18_before)} → {_count(one.below_18_after)}", _joined(one.reasons),
    )  # fmt: skip


def _unplanned(unplanned: Sequence[UnplannedBuilding]) -> Section:
    heading = text("Buildings without a year, and why")
    if not unplanned:
        return Section(heading=heading, paragraphs=(text("Every building has its year."),))
    causes = Counter(str(one.cause) for one in unplanned).most_common()
    items = tuple(
        text("{count} buildings: {cause}", count=say.counted(n), cause=cause) for cause, n in causes
    )
    shown = sorted(unplanned, key=lambda one: (-one.priority, one.code))[:UNPLANNED_SHOWN]
    head = (
        text("Building"), text("District"), text("Heat supplier"), text("Number of households"),
        text("Priority (0–1)"), text("Reasons"),
    )  # fmt: skip
    rows = [
        (
            f"{one.name} ({one.code})", one.district, one.supplier, say.counted(one.flats),
            f"{one.priority:.3f}", _joined(one.reasons or (one.cause,)),
        )
        for one in shown
    ]  # fmt: skip
    note = text(
        "Shown: the {shown} of highest priority among {all}; plan.json lists them all.",
        shown=len(shown), all=say.counted(len(unplanned)),
    )  # fmt: skip
    table = Table(head=head, rows=rows, numbers=frozenset({3, 4}))
    return Section(heading=heading, items=items, table=table, notes=(note,))


def _search(report: PlanReport) -> Section:
    search = report.search
    versions = ", ".join(f"{name} {version}" for name, version in search.versions.items())
    rows = (
        (text("Policy"), report.policy_id),
        (text("Version"), report.policy_version),
        (text("Digest"), report.policy_digest),
        (text("Value of the plan"), f"{search.objective:,.3f}"),
        (text("No plan can exceed"), "—" if search.bound is None else f"{search.bound:,.3f}"),
        (text("The search stopped because"), str(search.stopped_by)),
        (text("Effort"), str(search.effort)),
        (text("Seed"), str(search.seed)),
        (text("Versions"), versions or "—"),
    )
    table = Table(head=(text("Item"), text("Value")), rows=rows)
    again = text("The same register, policy, seed and effort give the same plan.")
    return Section(heading=text("How the plan was made"), table=table, notes=(again,))


def _assumptions(report: PlanReport) -> Section:
    heading = text("What was assumed")
    if not report.assumptions:
        return Section(heading=heading, paragraphs=(text("Nothing was assumed."),))
    head = (text("Clause"), text("Item"), text("Value taken"), text("Reason"))
    rows = [(one.clause or "—", one.key, one.value, one.reason) for one in report.assumptions]
    said = text("The documents leave these open; the city can set each of them.")
    return Section(heading=heading, paragraphs=(said,), table=Table(head=head, rows=rows))


def _behind(table: ChartTable) -> Table:
    rows = [[_cell(value) for value in row] for row in table.rows]
    return Table(head=table.head, rows=rows, numbers=frozenset(range(1, len(table.head))))


def _cell(value: Text | str | int | float) -> Text | str:
    return say.counted(value) if isinstance(value, int | float) else value


def _degrees(value_c: float | None) -> str:
    return "—" if value_c is None else shown_temperature(value_c)


def _count(value: int | None) -> str:
    return "—" if value is None else say.counted(value)


def _joined(reasons: Iterable[Text]) -> str:
    return str(text("; ")).join(str(reason) for reason in reasons)
