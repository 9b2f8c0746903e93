"""What is written is what is read, for any register that can be written down."""

from __future__ import annotations

import dataclasses
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from fenhu.records import Register, Severity
from fenhu.register import (
    SHEETS,
    Column,
    Kind,
    RegisterReading,
    Sheet,
    read_register,
    synthetic_city,
    write_register,
)
from fenhu.register.cells import BLANKS

WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufffe\uffff"),
    min_size=1, max_size=12,
).map(lambda words: words.strip(BLANKS)).filter(lambda words: words != "")  # fmt: skip
TRICKY = st.sampled_from(
    ["=1+1", "+86", "-", "@sum", "'x", "'=x", "0101", "1e5", "TRUE", "_x0041_", '"', "a,b", "是", "#REF!"]
)


def _values(column: Column) -> st.SearchStrategy[Any]:
    low, high = column.low or 0, column.high if column.high is not None else 1e6
    of_kind: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.TEXT: WORDS | TRICKY,
        Kind.INTEGER: st.integers(int(low), int(high)),
        Kind.NUMBER: st.floats(low, high, allow_nan=False).filter(lambda x: abs(x) > 1e-300 or x == 0),
        Kind.PERCENT: st.floats(0, 100) | st.floats(0.001, 1),
        Kind.YUAN: st.integers(0, 10**13),
        Kind.YES_NO: st.booleans(),
        Kind.WORD: st.sampled_from(list(column.words)) if column.words else st.nothing(),
    }
    return of_kind[column.kind]


def _records(sheet: Sheet, **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    fields = {entry.name: entry.default for entry in dataclasses.fields(sheet.record)}
    given_fields = {
        column.attribute: _values(column)
        if column.required or fields[column.attribute] is dataclasses.MISSING
        else st.just(fields[column.attribute]) | _values(column)
        for column in sheet.columns
    }
    return st.builds(sheet.record, **{**given_fields, **fixed})


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Draw registers without contradictions between their rows."""
    buildings_sheet, flats_sheet, _, crews_sheet, clusters_sheet, _ = SHEETS
    codes = draw(st.lists(WORDS | TRICKY, min_size=1, max_size=4, unique=True))
    supplier = draw(WORDS)
    buildings = tuple(
        draw(_records(
            buildings_sheet, code=st.just(code), supplier=st.just(supplier), pipe_year=st.none(),
            min_room_c=st.none(), storeys=st.just(60), units=st.just(60), cluster=st.sampled_from(["", "C1"]),
            flats=st.integers(6, 5000),
        ))
        for code in codes
    )  # fmt: skip
    flats = tuple(
        draw(_records(flats_sheet, building=st.sampled_from(codes), room=st.just(f"室{number}")))
        for number in range(draw(st.integers(1, 6)))
    )
    years = draw(st.lists(st.integers(2000, 2049), max_size=3, unique=True))
    crews = tuple(
        draw(_records(crews_sheet, supplier=st.just(supplier), year=st.just(year))) for year in years
    )
    clusters = draw(st.lists(
        _records(clusters_sheet, cluster=st.just("C1"), supplier=st.just(supplier)), max_size=1
    ))  # fmt: skip
    return Register(
        buildings=buildings, flats=flats, crews=crews, clusters=tuple(clusters), synthetic=draw(st.booleans())
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(register=registers(), name=st.sampled_from(["register.xlsx", "register"]))
def test_any_register_is_read_back_as_it_was_written(register: Register, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write_register(register, path)
        reading = read_register(path)
    assert [f for f in reading.findings if f.severity is Severity.ERROR] == []
    assert reading.register == register


@pytest.mark.parametrize("name", ["city.xlsx", "city"])
def test_the_synthetic_city_comes_back_whole_with_no_finding(tmp_path: Path, name: str) -> None:
    city = synthetic_city(40)
    write_register(city, tmp_path / name)
    reading = read_register(tmp_path / name)
    assert reading.findings == ()
    assert reading.register == city


def test_the_city_of_fuxins_size_has_no_finding(tmp_path: Path) -> None:
    city = synthetic_city()
    write_register(city, tmp_path / "out" / "register.xlsx")
    assert read_register(tmp_path / "out" / "register.xlsx") == RegisterReading(
        register=city, findings=(), buildings=len(city.buildings), flats=len(city.flats)
    )


def test_the_same_register_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_register(synthetic_city(5), tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_formula_like_text_never_becomes_a_formula(tmp_path: Path) -> None:
    city = synthetic_city(1)
    hostile = dataclasses.replace(city.buildings[0], estate='=HYPERLINK("http://x","y")', address="@SUM(1)")
    spoilt = dataclasses.replace(city, buildings=(hostile,))
    write_register(spoilt, tmp_path / "city.xlsx")
    with zipfile.ZipFile(tmp_path / "city.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    write_register(spoilt, tmp_path / "city")
    assert "'=HYPERLINK" in (tmp_path / "city" / "buildings.csv").read_text(encoding="utf-8-sig")
    assert read_register(tmp_path / "city").register == spoilt


def test_the_workbook_marks_synthetic_data_where_people_look(tmp_path: Path) -> None:
    write_register(synthetic_city(2), tmp_path / "city.xlsx")
    workbook = load_workbook(tmp_path / "city.xlsx")
    assert workbook.sheetnames == ["楼栋", "住户", "资金", "施工能力", "片区", "先后", "说明"]
    assert "synthetic" in str(workbook.properties.description)
    assert "合成示范数据" in str(workbook["说明"]["B2"].value)
    assert workbook["楼栋"].freeze_panes == "B2"
