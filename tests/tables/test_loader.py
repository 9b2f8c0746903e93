"""Tables say where every row comes from."""

from decimal import Decimal

import pytest

from fenhu import tables
from fenhu.errors import PolicyFault, UnknownItem
from fenhu.tables.loader import read, source_of


@pytest.mark.parametrize("name", tables.available())
def test_every_table_reads_with_source_and_trust(name):
    assert tables.load(name)


def test_fuxins_design_temperature_is_that_of_the_code():
    # GB 50736-2012 appendix A: -15.7 °C, 159 days (facts A6)
    row = tables.load("climate")["station"]["阜新"]
    assert (row["heating_c"], row["days"], row["trust"]) == (-15.7, 159, "S")


def test_unknown_table_is_named():
    with pytest.raises(UnknownItem, match="nothing"):
        tables.load("nothing")


@pytest.mark.parametrize(
    "content",
    ['[[row]]\nvalue = 1\ntrust = "S"', '[[row]]\nvalue = 1\nsource = "x"\ntrust = "maybe"', "[row"],
)
def test_row_without_source_or_trust_is_refused(tmp_path, content):
    (tmp_path / "bad.toml").write_text(content, encoding="utf-8")
    with pytest.raises(PolicyFault) as caught:
        read(tmp_path / "bad.toml")
    assert caught.value.file == "bad.toml"


def test_a_source_is_told_in_both_languages_and_in_its_own_where_there_is_one(tmp_path):
    path = tmp_path / "t.toml"
    path.write_text(
        'source = "of {all}"\nsource_zh = "总"\ntrust = "K"\n[a]\nx = 1\n[b]\nx = 2\nsource = "of b"\n',
        encoding="utf-8",
    )
    rows = read(path)
    told = [(said.in_language("zh-hans"), said.in_language("en")) for said in map(source_of, rows.values())]
    assert told == [("总", "of {all}"), ("of b", "of b")]


def test_decimal_tables_keep_exact_prices(tmp_path):
    (tmp_path / "p.toml").write_text('numbers = "decimal"\nsource = "x"\ntrust = "K"\n[[row]]\nyuan = 0.10\n')
    assert read(tmp_path / "p.toml")["row"][0]["yuan"] == Decimal("0.10")
