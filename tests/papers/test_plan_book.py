"""《分年改造计划》 as workbook and PDF: sums by hand, safe text, empty years, long names, demo mark."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import openpyxl
import pypdfium2
import pytest

from fenhu.errors import InputFault
from fenhu.papers import (
    BookRow,
    MainsRow,
    NamedAssumption,
    PlanBook,
    PurseRow,
    SeasonRow,
    compared,
    gain_said,
    narrowed,
    plan_book_pdf,
    plan_book_xlsx,
    plan_totals,
    year_totals,
)
from fenhu.papers.plan_pictures import budget_bars, plan_map, season_gantt
from fenhu.papers.plan_sentences import book_answer, season_finding
from fenhu.records import Payer, Source
from fenhu.wording import speaking, text

DUE = {2010: date(2010, 9, 30), 2011: date(2011, 9, 30)}
LONG = "阜新市海州区某某房屋开发建设有限责任公司第一分公司" * 2


def a_row(code, year, *, ranked=None, supplier="North Heat", district="East", flats=50, late=False, **more):
    starts = DUE[year] - timedelta(days=20) if year else None
    known = {
        "name": f"Block {code}", "cluster": f"{district}-1", "address": "1 Main Road", "area_m2": 4000.5,
        "cost_fen": {Payer.USER: 100_00, Payer.SUPPLIER: 200_01}, "benefit": 10.0, "priority": 0.5,
    }  # fmt: skip
    if year:
        known |= {"crew": 1, "crew_days": 14.0, "starts": starts, "due": DUE[year],
                  "ends": starts + timedelta(days=25 if late else 13)}  # fmt: skip
    else:
        known |= {"cause": text("Its supplier's crews are used up"), "reasons": (text("wait"),)}
    return BookRow(
        code=code, year=year, ranked_year=ranked, supplier=supplier, district=district, flats=flats,
        **(known | more),
    )  # fmt: skip


def a_purse(year, given_fen, carried, spent, *, source=Source.SUPPLIER, scope="North Heat", carries=True):
    return PurseRow(
        source=source, scope=scope, year=year, given_fen=given_fen, carried_fen=carried, spent_fen=spent,
        left_fen=given_fen + carried - spent, carries=carries,
    )  # fmt: skip


def a_season(year, supplier="North Heat"):
    return SeasonRow(
        supplier=supplier, year=year, first_day=date(year, 4, 1), last_day=DUE[year], crews=1,
        available_days=92.0, used_days=28.0,
    )  # fmt: skip


def a_book(**more):
    known = {
        "city": "Fuxin", "basis": "Document 34 of 2010", "years": (2010, 2011),
        "rows": (
            a_row("B1", 2010, ranked=2010), a_row("B2", 2010, ranked=2011, late=True),
            a_row("B3", 2011, supplier="South Heat", district="West", flats=30),
            a_row("B4", None, ranked=2010, flats=20),
        ),
        "mains": (MainsRow(
            year=2010, cluster="East-1", district="East", supplier="North Heat", mains_fen=1000_00,
            set_up_fen=50_00, upper_fen=700_00, starts=date(2010, 4, 1), ends=date(2010, 4, 20),
            due=DUE[2010],
        ),),
        "purses": (a_purse(2010, 5000_00, 0, 750_02), a_purse(2011, 1000_00, 4249_98, 0),
                   a_purse(2010, 900_00, 0, 100_00, source=Source.CITY, scope="", carries=False)),
        "seasons": (a_season(2010), a_season(2011, "South Heat")),
        "assumptions": (NamedAssumption(key="crew_calendar", value="x", reason=text("assumed")),),
    }  # fmt: skip
    return PlanBook(**(known | more))


@pytest.fixture
def written(tmp_path):
    """Return a function that writes a book in English and reads it back: formulas or values by sheet."""

    def write(book=None, *, values=True):
        path = tmp_path / "book.xlsx"
        with speaking("en"):
            plan_book_xlsx(book or a_book(), path)
        return openpyxl.load_workbook(path, data_only=values)

    return write


def pages_of(made):
    with pypdfium2.PdfDocument(made) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "") for page in document]


def everything(workbook):
    return [cell.value for sheet in workbook for row in sheet for cell in row if cell.value is not None]


def test_totals_count_buildings_and_the_mains_beside_them():
    # 2 × (100 + 200.01) for the buildings; 1,000 + 50 beside them, of which 700 come from above
    year = year_totals(a_book(), 2010)
    assert (year.buildings, year.flats, year.mains_fen, year.late) == (2, 100, 1050_00, 1)
    assert year.cost_fen[Payer.SUPPLIER] == 2 * 200_01 + 350_00
    assert year.cost_fen[Payer.UPPER] == 700_00
    assert year.total_fen == 2 * 300_01 + 1050_00


def test_the_plan_beside_the_ranking_is_counted_year_by_year():
    first, second, every = compared(a_book().rows, (2010, 2011))
    assert (first.plan.buildings, first.ranking.buildings) == (2, 2)
    assert (second.plan.flats, second.ranking.flats) == (30, 50)
    # plan: 100 flats for two winters and 30 for one; ranking: 70 for two and 50 for one
    assert (every.plan.flat_winters, every.ranking.flat_winters) == (230, 190)
    assert every.year is None
    with speaking("en"):
        said = str(gain_said(every))
    assert "would convert 3 buildings with 120 flats" in said
    assert "the plan has ±0 buildings, +10 flats and +40 flat winters (benefit ±0 %)" in said


def test_a_part_of_the_book_keeps_only_what_is_its_own():
    north = narrowed(a_book(), supplier="North Heat")
    assert {row.code for row in north.rows} == {"B1", "B2", "B4"}
    assert {one.source for one in north.purses} == {Source.SUPPLIER}
    assert [one.year for one in north.seasons] == [2010]
    west = narrowed(a_book(), district="West")
    assert ([row.code for row in west.rows], west.mains, west.purses) == (["B3"], (), ())
    assert west.reader == "West"
    assert narrowed(a_book()) == a_book()


def test_every_planned_building_stands_once_in_the_workbook_with_its_days(written):
    sheet = written()["Buildings by year"]
    rows = {row[4]: row for row in sheet.iter_rows(min_row=3, values_only=True) if row[4]}
    assert list(rows) == ["B1", "B2", "B3"]
    assert rows["B2"][-4:-1] == (datetime(2010, 10, 5), "late", 2011)
    assert rows["B1"][-3] == "in time"
    assert rows["B1"][9:11] == (100.0, 0)


def test_totals_are_formulas_that_follow_a_filter_and_carry_their_value(written):
    formulas, values = written(values=False)["Suppliers and districts"], written()["Suppliers and districts"]
    last = values.max_row
    assert values.cell(last, 4).value == 3
    assert formulas.cell(last, 4).value == f"=SUBTOTAL(9,D3:D{last - 1})"
    heads = [cell.value for cell in values[2]]
    assert values.cell(last, heads.index("Total") + 1).value == pytest.approx(3 * 300.01 + 1050.00)


def test_money_of_every_purse_adds_up_in_its_row(written):
    sheet = written()["Budgets by year"]
    rows = list(sheet.iter_rows(min_row=3, max_row=5, values_only=True))
    assert [row[3:8] for row in rows] == [
        (5000.0, 0, 5000.0, 750.02, 4249.98), (1000.0, 4249.98, 5249.98, 0, 5249.98),
        (900.0, 0, 900.0, 100.0, 800.0),
    ]  # fmt: skip
    assert [row[8] for row in rows] == ["goes into the next year", "goes into the next year", "lapses"]


def test_text_stays_text_whatever_it_starts_with(written):
    hostile = '=HYPERLINK("http://x","y")'
    rows = (a_row("B1", 2010, name=hostile, supplier=hostile), a_row("B2", None, name="+1", supplier=hostile))
    book = a_book(rows=rows, mains=(), seasons=(a_season(2010, hostile),))
    formulas = [value for value in everything(written(book, values=False)) if str(value).startswith("=")]
    assert all(value == hostile or value.startswith("=SUBTOTAL(9,") for value in formulas)
    cells = [cell for sheet in written(book, values=False) for row in sheet for cell in row]
    assert {cell.data_type for cell in cells if cell.value == hostile} == {"s"}


def test_the_demo_mark_stands_on_every_sheet_and_page(written):
    book = a_book(synthetic=True)
    workbook = written(book)
    assert all("Demo data" in str(sheet["A1"].value) for sheet in workbook)
    assert all("Demo data" in sheet.oddHeader.right.text for sheet in workbook)
    with speaking("en"):
        pages = pages_of(plan_book_pdf(book))
        assert not any("Demo data" in page for page in pages_of(plan_book_pdf(a_book())))
    assert all("Demo data" in page for page in pages)


def test_the_same_book_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        plan_book_xlsx(a_book(), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert plan_book_pdf(a_book()) == plan_book_pdf(a_book())


def test_the_paper_lists_every_year_every_building_and_what_is_late():
    with speaking("en"):
        pages = pages_of(plan_book_pdf(a_book()))
    whole = " ".join(pages)
    for words in (
        "3 of 4 buildings with 130 flats", "Year schedule 2010", "Year schedule 2011", "B1", "B2", "B3",
        "B2 ends on 2010-10-05, after 2010-09-30", "No year yet", "Its supplier's crews are used up",
        "Against the ranking", "Budgets by year", "The years on the map", "Mains and set-ups", "Assumptions",
    ):  # fmt: skip
        assert words in whole, words


def test_a_year_without_works_says_so_in_page_and_picture():
    book = a_book(years=(2010, 2011, 2012))
    with speaking("en"):
        pages = pages_of(plan_book_pdf(book))
        assert str(season_finding(book, 2012)) == "2012: no works are planned"
    empty = next(page for page in pages if "Year schedule 2012" in page)
    assert "No building is planned in this year." in empty
    assert season_gantt(book, 2012) is None


def test_two_hundred_long_names_stay_on_their_pages_and_none_is_lost(tmp_path):
    rows = tuple(a_row(f"QQ-{n:04}", 2010, name=LONG, supplier=LONG, address=LONG) for n in range(200))
    book = a_book(rows=rows, seasons=(a_season(2010, LONG),), mains=())
    made = plan_book_pdf(book)
    whole = "".join(pages_of(made))
    assert all(f"QQ-{n:04}" in whole for n in range(200))
    with pypdfium2.PdfDocument(made) as document:
        sizes = {tuple(round(side) for side in page.get_size()) for page in document}
    assert sizes == {(842, 595)}
    plan_book_xlsx(book, tmp_path / "long.xlsx")


def test_words_in_names_are_never_markup():
    hostile = "#set page(width: 1mm) *x* $y$ <script>"
    made = plan_book_pdf(a_book(rows=(a_row("B1", 2010, name=hostile, supplier=hostile),), seasons=(
        a_season(2010, hostile),), mains=()))  # fmt: skip
    assert hostile.replace(" ", "") in "".join(pages_of(made)).replace(" ", "")


def test_a_book_without_a_year_is_refused(tmp_path):
    book = a_book(years=())
    with pytest.raises(InputFault):
        plan_book_xlsx(book, tmp_path / "none.xlsx")
    with pytest.raises(InputFault):
        plan_book_pdf(book)


def test_a_book_that_plans_nothing_still_opens(tmp_path):
    book = a_book(rows=(a_row("B4", None),), mains=(), purses=(), seasons=())
    with speaking("en"):
        assert "0 of 1 buildings" in str(book_answer(book))
        assert pages_of(plan_book_pdf(book))
    plan_book_xlsx(book, tmp_path / "empty.xlsx")


def test_pictures_are_made_of_the_same_values():
    book = a_book()
    gantt = season_gantt(book, 2010, address=lambda code: f"/b/{code}/")
    (row,) = gantt.rows
    assert [(bar.label, bar.lane, bar.href) for bar in row.bars] == [
        ("", None, ""), ("B1", 0, "/b/B1/"), ("B2", 0, "/b/B2/"),
    ]  # fmt: skip
    purses = budget_bars(book.purses).purses
    assert [[one.spent_fen for one in purse.columns] for purse in purses] == [[100_00], [750_02, 0]]
    assert [(one.district, one.year) for one in plan_map(book.rows, book.years).places] == [
        ("East", 2010), ("East", 2010), ("West", 2011), ("East", None),
    ]  # fmt: skip


def test_sums_over_parts_are_the_sum_of_the_whole():
    book = a_book()
    parts = [narrowed(book, supplier=name) for name in ("North Heat", "South Heat")]
    whole = plan_totals(book.planned, book.mains)
    assert whole.total_fen == sum(plan_totals(one.planned, one.mains).total_fen for one in parts)
    assert whole == plan_totals(replace(book).planned, book.mains)
