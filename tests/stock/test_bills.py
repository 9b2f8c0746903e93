"""Bills of many buildings by designs: kept by what they depend on, faults as rows."""

import json
from dataclasses import replace

import pytest

from fenhu.building import describe
from fenhu.design.designing import design_building
from fenhu.design.prices import price_book
from fenhu.design.quantities import bill_of_quantities, summed_lines
from fenhu.engines import Cancelled
from fenhu.stock import bill_stock, bills

HOUSE = describe(storeys=3, units=1, flats_per_floor=2, flat_area_m2=60.0, year_built=1985, outdoor_c=-15.7)
COLD = replace(HOUSE, code="cold", supply_c=30.0)
BOOK = price_book(2010)


def named(code):
    return replace(HOUSE, code=code)


def test_a_buildings_bill_is_that_of_its_design_summed_by_item():
    (found,) = bill_stock([named("a")], BOOK)
    bill = bill_of_quantities(design_building(HOUSE, prices=BOOK), BOOK)
    assert (found.code, found.lines, found.fault) == ("a", summed_lines(bill), None)
    assert sum(line.cost_fen for line in found.lines) == bill.cost_fen


def test_a_building_that_cannot_be_designed_says_why_and_does_not_stop_the_others():
    # water of 30 °C comes back cooler than the rooms
    faulty, sound = bill_stock([COLD, named("a")], BOOK)
    assert (faulty.code, faulty.lines) == ("cold", ())
    assert "30" in str(faulty.fault)
    assert sound.lines


def test_kept_bills_are_taken_up_again(tmp_path, monkeypatch):
    first = bill_stock([named("a")], BOOK, folder=tmp_path)
    monkeypatch.setattr(bills, "design_building", None)  # a second design would fail
    again = bill_stock([named("a"), named("b")], BOOK, folder=tmp_path)
    assert [one.lines for one in again] == [first[0].lines] * 2  # b is a's equal under another name


@pytest.mark.parametrize(
    "other", [(replace(HOUSE, supply_c=HOUSE.supply_c + 1.0), BOOK), (HOUSE, price_book(2024))]
)
def test_another_building_or_another_price_book_is_designed_anew(tmp_path, other):
    bill_stock([HOUSE], BOOK, folder=tmp_path)
    bill_stock([other[0]], other[1], folder=tmp_path)
    assert len(list(tmp_path.glob("*.json"))) == 2


@pytest.mark.parametrize("content", ["", "[[1]]", "{}", json.dumps([["a", "b", "", "项", "x"]])])
def test_a_damaged_kept_bill_is_made_again(tmp_path, content):
    (first,) = bill_stock([HOUSE], BOOK, folder=tmp_path)
    (kept,) = tmp_path.glob("*.json")
    kept.write_text(content, encoding="utf-8")
    assert bill_stock([HOUSE], BOOK, folder=tmp_path)[0].lines == first.lines


def test_a_faulty_design_is_not_kept(tmp_path):
    bill_stock([COLD], BOOK, folder=tmp_path)
    assert not list(tmp_path.iterdir())


def test_designing_can_be_cancelled():
    with pytest.raises(Cancelled):
        bill_stock([HOUSE], BOOK, cancelled=lambda: True)
