"""《供热分户控制改造楼栋明细表》 (clause 三(二)) is a workbook an office accepts."""

import re
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from tests.papers.examples import ASSUMED, FIRST, a_row, a_schedule

from fenhu.errors import InputFault
from fenhu.papers import NamedAssumption, ScheduleYear, schedule_xlsx
from fenhu.papers.schedule_columns import COLUMNS, column_number
from fenhu.records import Payer
from fenhu.wording import speaking, text

HEAD, FIRST_ROW = 5, 6


@pytest.fixture
def written(tmp_path):
    """Return a function that writes a schedule in English and reads it back: (formulas, values)."""

    def write(schedule=None):
        path = tmp_path / "schedule.xlsx"
        with speaking("en"):
            schedule_xlsx(schedule or a_schedule(), path)
        return load_workbook(path), load_workbook(path, data_only=True)

    return write


def cell(sheet, row, key):
    return sheet.cell(row, column_number(key) + 1)


def column(sheet, key):
    return [cell(sheet, row, key).value for row in range(FIRST_ROW, sheet.max_row + 1)]


def row_of(sheet, label):
    return column(sheet, "supplier").index(label) + FIRST_ROW


def everything(book):
    return [one.value for sheet in book for row in sheet for one in row if one.value is not None]


def test_the_sheets_are_schedule_reasons_further_years_summary_assumptions(written):
    assert written()[0].sheetnames == [
        "Schedule 2010", "Reasons for the list", "Schedule 2011", "Summary", "Notes and assumptions",
    ]  # fmt: skip


def test_the_title_block_names_city_year_basis_supplier_office_and_unit(written):
    formulas, _ = written(a_schedule(prepared_by="Planning office", prepared_on=date(2010, 4, 20)))
    sheet = formulas["Schedule 2010"]
    assert "Fuxin" in sheet["A1"].value
    assert "2010" in sheet["A1"].value
    assert sheet["A2"].value == "Basis: Document 34 of 2010"
    assert "all suppliers" in sheet["A3"].value
    assert "Planning office" in sheet["A3"].value
    assert "2010-04-20" in sheet["A3"].value
    assert "Unit of money: yuan" in [one.value for one in sheet[3]]


def test_rows_are_numbered_and_ordered_by_supplier_district_and_code(written):
    sheet = written()[1]["Schedule 2010"]
    assert [value for value in column(sheet, "number") if isinstance(value, int)] == [1, 2, 3]
    assert [value for value in column(sheet, "code") if value] == ["B1", "B2", "B3"]


def test_heads_carry_groups_and_units(written):
    sheet = written()[0]["Schedule 2010"]
    assert cell(sheet, HEAD, "heated_area_m2").value == "Heated area\n(m²)"
    assert cell(sheet, HEAD, "arrears").value == "Arrears\n(yuan)"
    assert cell(sheet, HEAD - 1, f"cost_{Payer.USER}").value == "Cost by payer"


def test_every_field_of_the_form_that_a_register_knows_has_a_column():
    # facts.md D, 楼栋明细表
    wanted = {
        "number", "district", "supplier", "estate", "building", "address", "year_built", "storeys", "units",
        "flats", "heated_area_m2", "shops", "owner_kind", "present_form", "station", "pipe_age_years",
        "water_loss_percent", "mean_room_c", "min_room_c", "complaints", "fee_collection_percent", "arrears",
        "repair_fund", "consent_agreed", "consent_asked", "consent_area_m2", "planned_form", "planned_start",
        "planned_finish", "supplier_contact", "contractor_contact", "remarks",
    }  # fmt: skip
    assert wanted | {f"cost_{payer}" for payer in Payer} <= {one.key for one in COLUMNS}


def test_money_is_in_yuan_to_the_cent_and_dates_are_dates(written):
    sheet = written()[1]["Schedule 2010"]
    # 1,000,050 fen + 300,025 fen = 13,000.75 yuan
    assert cell(sheet, FIRST_ROW, "cost_user").value == 10_000.50
    assert cell(sheet, FIRST_ROW, "cost_total").value == 13_000.75
    assert cell(sheet, FIRST_ROW, "cost_city").value == 0
    assert cell(sheet, FIRST_ROW, "planned_start").value == datetime(2010, 5, 15)
    assert cell(sheet, FIRST_ROW, "planned_start").number_format == "yyyy-mm-dd"


def test_what_is_not_known_stays_blank(written):
    sheet = written()[1]["Schedule 2010"]
    for key in ("mean_room_c", "arrears", "supplier_contact", "planned_finish"):
        assert cell(sheet, FIRST_ROW, key).value is None


def test_subtotals_and_totals_are_formulas_whose_stored_values_agree(written):
    formulas, values = written()
    shown, sheet = formulas["Schedule 2010"], values["Schedule 2010"]
    north, south, total = (
        row_of(sheet, name) for name in ("Subtotal North Heat", "Subtotal South Heat", "Total")
    )
    # B1 and B2: 36 + 48 flats; B3: 24
    assert [cell(sheet, row, "flats").value for row in (north, south, total)] == [84, 24, 108]
    # 2 × 13,000.75 + 1.01
    assert cell(sheet, total, "cost_total").value == 26_002.51
    assert cell(sheet, north, "building").value == "2 buildings"
    letter = cell(sheet, total, "flats").column_letter
    assert cell(shown, north, "flats").value == f"=SUBTOTAL(9,{letter}6:{letter}7)"
    assert cell(shown, total, "flats").value == f"=SUBTOTAL(9,{letter}6:{letter}{total - 1})"


def test_totals_per_district_add_up_to_the_total(written):
    sheet = written()[1]["Schedule 2010"]
    total = row_of(sheet, "Total")
    districts = [row for row in range(total + 1, sheet.max_row) if cell(sheet, row, "district").value]
    assert [cell(sheet, row, "district").value for row in districts] == ["East", "West"]
    assert [cell(sheet, row, "flats").value for row in districts] == [36, 72]
    for key in (one.key for one in COLUMNS if one.summed):
        parts = [cell(sheet, row, key).value for row in districts]
        assert round(sum(parts), 2) == cell(sheet, total, key).value


def test_the_summary_agrees_with_the_years(written):
    formulas, values = written()
    sheet = values["Summary"]
    rows = {row[0].value: [one.value for one in row[1:4]] for row in sheet.iter_rows(min_row=5, max_row=7)}
    # heated area: 3,240.5 each
    assert rows == {"2010": [3, 108, 9721.5], "2011": [1, 10, 3240.5], "Total": [4, 118, 12_962.0]}
    assert "'Schedule 2010'!" in formulas["Summary"]["C5"].value
    total = row_of(values["Schedule 2010"], "Total")
    assert formulas["Summary"]["C5"].value.endswith(f"{cell(sheet, total, 'flats').coordinate}")


def test_the_summary_lists_suppliers_and_districts_over_the_years(written):
    sheet = written()[1]["Summary"]
    places = [[one.value for one in row[:11]] for row in sheet.iter_rows(min_row=11, max_row=14)]
    assert places == [
        ["North Heat", "East", 1, 36, 13_000.75, 1, 10, 13_000.75, 2, 46, 26_001.50],
        ["North Heat", "West", 1, 48, 13_000.75, 0, 0, 0, 1, 48, 13_000.75],
        ["South Heat", "West", 1, 24, 1.01, 0, 0, 0, 1, 24, 1.01],
        ["Total", None, 3, 108, 26_002.51, 1, 10, 13_000.75, 4, 118, 39_003.26],
    ]


def test_it_prints_on_landscape_a4_with_heads_repeated_and_pages_numbered(written):
    book = written()[0]
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert "&P" in sheet.oddFooter.center.text or "Page" in sheet.oddFooter.center.text
    sheet = book["Schedule 2010"]
    assert sheet.print_title_rows == "$4:$5"
    assert sheet.print_title_cols == "$A:$E"
    assert sheet.page_setup.fitToWidth == 2


def test_both_printed_pages_are_equally_wide(written):
    sheet = written()[0]["Schedule 2010"]
    dimensions = sheet.column_dimensions.values()
    pixels = [7 * one.width + 5 for one in dimensions for _ in range(one.min, one.max + 1)]
    assert len(pixels) == len(COLUMNS)
    split = column_number("planned_form")
    left, right = sum(pixels[5:split]), sum(pixels[split:])
    assert 0 < left - right < pixels[split]  # the next column does not fit on the left page


def test_the_head_is_frozen_and_filtered(written):
    sheet = written()[0]["Schedule 2010"]
    assert sheet.freeze_panes == "F6"
    assert sheet.auto_filter.ref.startswith("A5:")


def test_the_signature_line_is_there(written):
    sheet = written()[0]["Schedule 2010"]
    last = next(value for value in reversed(column(sheet, "number")) if value)
    assert all(word in last for word in ("Filed by (seal)", "Person in charge", "Phone", "Date"))


def test_reasons_stand_with_every_criterion_and_its_evidence(written):
    sheet = written()[1]["Reasons for the list"]
    head = [one.value for one in sheet[2]]
    row = [one.value for one in sheet[3]]
    assert head[-2:] == ["Cold for long (clause 3(2); assumed threshold)", "Corroded pipes (clause 3(2))"]
    assert row[2] == "B1"
    assert row[7:] == [
        0.75, "Meets 2 criteria", "Met: lowest room temperature 13.2 ℃", "No evidence: no grade given",
    ]  # fmt: skip
    assert [one.value for one in sheet["C"]][2:] == ["B1", "B2", "B3", "B4"]


def test_every_assumption_is_named_with_value_reason_and_clause(written):
    sheet = written(a_schedule(assumptions=(ASSUMED,)))[1]["Notes and assumptions"]
    rows = [[one.value for one in row] for row in sheet.iter_rows()]
    assert [1, "2(4)", "consent.threshold", "2/3", "The document names no threshold"] in rows
    assert any("fuxin-2010" in str(row[0]) for row in rows)


@pytest.mark.parametrize(
    "hostile", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "http://x/"]
)
def test_text_stays_text_whatever_it_starts_with(written, hostile):
    row = a_row(hostile, supplier=hostile, district=hostile, estate=hostile, remarks=hostile, address=hostile)
    assumed = NamedAssumption(key=hostile, value=hostile, reason=text("{it}", it=hostile), clause=hostile)
    schedule = a_schedule(
        basis=hostile,
        prepared_by=hostile,
        years=(ScheduleYear(year=2010, rows=(row,)),),
        assumptions=(assumed,),
    )
    book, values = written(schedule)
    for sheet in book:
        assert all(one.data_type == "s" for line in sheet for one in line if one.value == hostile)
        assert all(one.hyperlink is None for line in sheet for one in line)
    sheet = values["Schedule 2010"]
    assert cell(sheet, FIRST_ROW, "remarks").value == hostile
    assert cell(sheet, FIRST_ROW, "flats").value == 36
    assert values["Summary"]["D10"].value == 36  # the supplier's name is compared, not read as a pattern


def test_control_characters_and_very_long_names_do_not_break_the_file(written):
    sheet = written(a_schedule(years=(ScheduleYear(year=2010, rows=(a_row(address="x\x00y" * 20_000),)),)))[1]
    assert cell(sheet["Schedule 2010"], FIRST_ROW, "address").value.startswith("x\ufffdy")


def test_the_demo_mark_is_in_title_header_footer_and_properties(written):
    book = written(a_schedule(synthetic=True))[0]
    for sheet in book:
        assert "Demo data" in sheet["A1"].value
        assert sheet.oddHeader.right.text == "Demo data"
        assert sheet.oddFooter.right.text == "Demo data"
    assert book.properties.keywords == "Demo data"


def test_real_data_bear_no_demo_mark(written):
    book = written()[0]
    assert not [value for value in everything(book) if "Demo" in str(value)]
    assert not any(sheet.oddHeader.right.text or sheet.oddFooter.right.text for sheet in book)
    assert not book.properties.keywords


def test_a_year_without_buildings_is_a_sheet_that_says_so(written):
    sheet = written(a_schedule(years=(FIRST, ScheduleYear(year=2011, rows=()))))[1]["Schedule 2011"]
    assert sheet["A6"].value == "No building is planned in this year."
    assert cell(sheet, row_of(sheet, "Total"), "flats").value == 0


def test_a_schedule_without_years_or_with_one_twice_is_refused(tmp_path):
    for years in ((), (FIRST, FIRST)):
        with pytest.raises(InputFault):
            schedule_xlsx(a_schedule(years=years), tmp_path / "refused.xlsx")
    assert not list(tmp_path.iterdir())


def test_the_same_schedule_gives_the_same_bytes(tmp_path):
    one, other = tmp_path / "one.xlsx", tmp_path / "other.xlsx"
    schedule_xlsx(a_schedule(), one)
    schedule_xlsx(a_schedule(), other)
    assert one.read_bytes() == other.read_bytes()


def test_the_english_workbook_holds_no_chinese_words(written):
    assert not [value for value in everything(written()[0]) if re.search("[\u4e00-\u9fff]", str(value))]
