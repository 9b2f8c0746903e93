"""Price books: the right one for a year and a city, complete, honest about itself; a city's own file."""

from decimal import Decimal
from pathlib import Path

import pytest

from fenhu import tables
from fenhu.design.city_prices import read_price_book
from fenhu.design.prices import KINDS, price_book
from fenhu.errors import InputFault, UnknownItem, UnreadableFile

DEMO = "演示价，需按当地造价信息替换"


@pytest.mark.parametrize(
    ("year", "book"), [(2010, 2010), (2011, 2010), (2023, 2010), (2024, 2024), (2030, 2024)]
)
def test_the_latest_book_not_later_than_the_year_holds(year, book):
    assert price_book(year).year == book


def test_a_year_before_every_book_is_told_the_years_there_are():
    with pytest.raises(UnknownItem, match=r"2010 .*2024"):
        price_book(2009)


def test_a_city_without_a_book_of_its_own_has_the_one_for_any_city():
    assert price_book(2011, "阜新") is price_book(2011)


@pytest.mark.parametrize(
    ("code", "of_2010", "of_2024"),
    [
        # facts E, the middle of each range
        ("pipe.steel.40", "22", "26"),
        ("pipe.ppr.25", "9", "11"),
        ("pipe.pert.20", "4.5", "5"),
        ("trv.20", "90", "85"),
        ("lock_valve.25", "62.5", "90"),
        ("strainer.20", "20", "30"),
        ("radiator.TZ4-6-5", "25", "47.5"),
        ("radiator.steel-74x60-600", "40", "55"),
        ("household_meter.20", "750", "450"),
        ("building_meter.65", "7500", "5500"),
        ("pressure_controller.65", "2750", "3500"),
        ("labour.pipe.50", "10", "28.5"),
        ("labour.hole.slab.32", "20", "50"),
        ("labour.radiator", "25", "80"),
        ("labour.removal", "75", "300"),
        ("labour.repair", "150", "550"),
        ("insulation.40", "12.5", "24"),
        ("fittings", "35", "35"),
        ("design", "2.5", "2.5"),
        ("supervision", "2", "2"),
    ],
)  # fmt: skip
def test_prices_of_facts_e_are_the_middle_of_their_range(code, of_2010, of_2024):
    assert price_book(2010).price(code).yuan == Decimal(of_2010)
    assert price_book(2024).price(code).yuan == Decimal(of_2024)


@pytest.mark.parametrize("year", [2010, 2024])
def test_every_demo_price_says_what_it_is_worth(year):
    for price in price_book(year).prices.values():
        assert str(price.label) == DEMO
        assert price.source
        assert price.trust in tables.TRUST
        assert price.unit
        assert price.kind in KINDS
        assert price.name.in_language("en")
        assert price.name.in_language("zh-hans")
        assert 0 < price.low_yuan <= price.yuan <= price.high_yuan


@pytest.mark.parametrize("year", [2010, 2024])
def test_a_larger_size_never_costs_less(year):
    book = price_book(year)
    families = {price.family for price in book.prices.values() if price.size}
    for family in families:
        of_family = [price for price in book.prices.values() if price.family == family]
        by_size = sorted(of_family, key=lambda price: int(price.size))
        assert [price.yuan for price in by_size] == sorted(price.yuan for price in by_size), family


@pytest.mark.parametrize(
    "material", [key for key in tables.load("pipes")["material"] if key not in ("source", "trust")]
)
def test_every_pipe_of_the_catalogue_has_a_price(material):
    bores = tables.load("pipes")["material"][material]["inner_diameter_m"]
    for dn in (key for key in bores if key.isdecimal()):
        assert price_book(2010).price(f"pipe.{material}.{dn}").unit == "m"


def test_every_radiator_of_the_catalogue_has_a_price():
    for kind in tables.load("radiators")["radiator"]:
        if kind not in ("source", "trust"):
            assert price_book(2010).price(f"radiator.{kind}").yuan > 0


def test_a_size_between_two_takes_the_larger_and_one_too_large_is_named():
    book = price_book(2010)
    assert book.for_size("labour.hole.slab", 40).code == "labour.hole.slab.50"
    assert book.for_size("thermometer", 65).code == "thermometer"
    with pytest.raises(UnknownItem, match=r"gate_valve\.400"):
        book.for_size("gate_valve", 400)


def test_the_digest_of_a_book_changes_with_a_price(tmp_path):
    first = read_price_book(city_file(tmp_path, "trv.20", "80"))
    second = read_price_book(city_file(tmp_path, "trv.20", "81"))
    assert first.digest != second.digest
    assert first.digest == read_price_book(city_file(tmp_path, "trv.20", "80")).digest
    assert price_book(2010).digest != price_book(2024).digest


def city_file(folder, code, yuan, more=""):
    path = folder / "prices.toml"
    path.write_text(
        'year = 2012\ncity = "阜新"\nsource = "造价信息 2012年第3期"\ntrust = "S"\n'
        f'[[price]]\ncode = "{code}"\nyuan = {yuan}\n{more}',
        encoding="utf-8",
    )
    return path


def test_a_citys_own_book_replaces_demo_prices_and_their_label(tmp_path):
    book = read_price_book(city_file(tmp_path, "trv.20", "[70.5, 80.5]"))
    own, other = book.price("trv.20"), book.price("trv.25")
    assert (book.year, book.city) == (2012, "阜新")
    assert (own.yuan, own.source, own.trust, own.label.pattern) == (
        Decimal("75.5"),
        "造价信息 2012年第3期",
        "S",
        "",
    )
    assert str(own.name) == "散热器恒温控制阀 DN20"
    assert str(other.label) == DEMO


def test_the_example_of_the_manual_reads(tmp_path):
    manual = Path("docs/engineers/bill.md").read_text(encoding="utf-8")
    path = tmp_path / "prices.toml"
    path.write_text(manual.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    book = read_price_book(path)
    assert book.price("pipe.steel.40").yuan == Decimal("24.30")
    assert book.price("trv.20").yuan == 84
    assert str(book.price("fitting.elbow.steel.40").name) == "焊接钢管弯头 DN40"


def test_a_citys_own_book_may_add_articles(tmp_path):
    more = 'name = "弯头"\nname_en = "Elbow"\nspecification = "DN25"\nunit = "个"\nkind = "material"\n'
    elbow = read_price_book(city_file(tmp_path, "fitting.elbow.steel.25", "3.2", more)).price(
        "fitting.elbow.steel.25"
    )
    assert (elbow.family, elbow.size, elbow.unit, str(elbow.name)) == (
        "fitting.elbow.steel",
        "25",
        "个",
        "弯头 DN25",
    )


def test_every_fault_of_a_citys_own_book_is_named(tmp_path):
    path = tmp_path / "prices.toml"
    path.write_text(
        'year = 2012\ncity = "阜新"\nsource = "x"\ntrust = "S"\n'
        "[[price]]\nyuan = 1\n"
        '[[price]]\ncode = "trv.20"\nyuan = [9, 3]\n'
        '[[price]]\ncode = "gauge"\nyuan = 3\nunit = "kg"\ncolour = "red"\n'
        '[[price]]\ncode = "gauge2"\nyuan = 3\nkind = "gift"\nname = "a"\nname_en = "a"\n'
        '[[price]]\ncode = "vent.20"\nyuan = 3\n[[price]]\ncode = "vent.20"\nyuan = -3\ntrust = "?"\n',
        encoding="utf-8",
    )
    with pytest.raises(InputFault) as caught:
        read_price_book(path)
    said = caught.value.message.in_language("en")
    for words in ("1", "trv.20", "gauge", "kg", "colour", "gauge2", "unit", "gift", "vent.20", "?"):
        assert words in said
    assert said.count("\n") == 9


@pytest.mark.parametrize("head", [
    "", "year = 2012", 'year = "2012"\ncity = "a"\nsource = "b"\ntrust = "S"',
    'year = 2012\ncity = "a"\nsource = "b"\ntrust = "sure"',
    'year = 2012\ncity = "a"\nsource = "b"\ntrust = "S"\nprice = [1]',
])  # fmt: skip
def test_a_book_without_its_head_is_refused(tmp_path, head):
    path = tmp_path / "prices.toml"
    path.write_text(head, encoding="utf-8")
    with pytest.raises(InputFault):
        read_price_book(path)


def test_a_file_that_is_no_toml_or_not_there_is_refused(tmp_path):
    (tmp_path / "prices.toml").write_text("[[", encoding="utf-8")
    for name in ("prices.toml", "missing.toml"):
        with pytest.raises(UnreadableFile, match=name):
            read_price_book(tmp_path / name)
