"""Prices over time: versions from a day on, what each changed, and designs that keep theirs."""

from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from fenhu.errors import InputFault, NotAllowed, UnreadableFile, WrongState
from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.journal.models import Entry
from fenhu.web.prices import queries
from fenhu.web.prices.models import PriceVersion
from fenhu.web.prices.services import enter_prices
from fenhu.web.registry.models import Building
from fenhu.web.works import services as works
from fenhu.web.works.models import DesignVersion
from fenhu.web.works.queries.prices import price_of

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]
MAY, JULY = date(2011, 5, 1), date(2011, 7, 1)
DEARER = "编码,本市价,来源\npipe.steel.15,80,造价信息2011年第2期\nlabour.pipe,100,\n"


@pytest.fixture(autouse=True)
def _in_june():
    with clock.on(date(2011, 6, 1)):
        yield


@pytest.fixture
def enter(cast, tmp_path):
    """Let the bureau enter a file of prices."""

    def entered(content=DEARER, *, name="价目.csv", valid_from=MAY, source="造价信息", actor=None, remark=""):
        path = tmp_path / f"file{name[name.rindex('.') :]}"
        path.write_text(content, encoding="utf-8")
        who = actor or cast[Role.CITY_BUREAU]
        return enter_prices(who, path, name=name, valid_from=valid_from, source=source, remark=remark)

    return entered


def labour():
    """Return a labour code of the packaged book."""
    book = queries.book_of(None, 2011)
    return next(code for code, price in book.prices.items() if price.kind == "labour")


def test_a_version_holds_from_its_day_on_and_leaves_the_rest(enter):
    packaged = queries.book_of(None, 2011)
    version = enter(DEARER.replace("labour.pipe", labour())).version
    assert queries.version_on(date(2011, 4, 30)) is None
    assert queries.version_on(MAY) == version
    book = queries.book_of(version, 2011)
    assert book.price("pipe.steel.15").yuan == 80
    assert book.price("pipe.steel.15").source == "造价信息2011年第2期"
    assert book.price("pipe.steel.20") == packaged.price("pipe.steel.20")


def test_a_version_is_on_record_with_who_and_how_many(enter, cast):
    enter("编码,本市价\npipe.steel.15,80\n")
    entry = Entry.objects.filter(kind="prices.entered").get()
    assert entry.actor_id == cast[Role.CITY_BUREAU].pk
    assert entry.data["prices"] == 1


def test_only_the_bureau_enters_prices(enter, cast):
    for role in (Role.HEAT_SUPPLIER, Role.DISTRICT_GOV, Role.FINANCE):
        with pytest.raises(NotAllowed):
            enter(actor=cast[role])
    assert not PriceVersion.objects.exists()


def test_a_later_version_follows_and_an_earlier_day_is_refused(enter):
    enter("编码,本市价\npipe.steel.15,80\n")
    second = enter("编码,本市价\npipe.steel.15,81\n", valid_from=JULY).version
    assert second.number == 2
    with pytest.raises(WrongState, match="2011-07-01"):
        enter("编码,本市价\npipe.steel.15,82\n", valid_from=MAY)
    assert queries.version_on(date(2011, 6, 30)).number == 1


def test_a_version_of_the_same_day_takes_the_place_of_a_wrong_one(enter):
    enter("编码,本市价\npipe.steel.15,800\n")
    second = enter("编码,本市价\npipe.steel.15,80\n").version
    assert queries.version_on(MAY) == second
    assert PriceVersion.objects.count() == 2


def test_the_same_file_again_changes_nothing(enter):
    enter("编码,本市价\npipe.steel.15,80\n")
    with pytest.raises(WrongState):
        enter("编码,本市价\npipe.steel.15,80\n")
    assert PriceVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("编码,本市价\npipe.steel.15,八元\n", "本市价"),
        ("编码,本市价,最高价\npipe.steel.15,80,70\n", "最高价"),
        ("编码,本市价\n,80\n", "编码"),
    ],
)
def test_a_wrong_cell_is_named_with_its_row_and_nothing_is_kept(enter, content, said):
    entered = enter(content)
    assert entered.version is None
    assert [(one.row, one.column) for one in entered.findings] == [(2, said)]
    assert not PriceVersion.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        "编码,本市价\nno.such.article,80\n",
        "编码,本市价\npipe.steel.15,80\npipe.steel.15,81\n",
        "编码,本市价,单位\npipe.steel.15,80,根\n",
        "编码,本市价,名称\npipe.steel.15,,焊接钢管\n",
    ],
)
def test_a_row_that_cannot_be_used_is_refused_whole(enter, content):
    with pytest.raises(InputFault):
        enter(content)
    assert not PriceVersion.objects.exists()


def test_prices_without_a_source_are_refused(enter):
    with pytest.raises(InputFault):
        enter(source="  ")


def test_a_new_article_has_its_name_unit_and_kind(enter):
    version = enter("编码,名称,单位,类别,本市价\nfitting.elbow.steel.25,弯头,个,材料,6.5\n").version
    price = queries.book_of(version, 2011).price("fitting.elbow.steel.25")
    assert (str(price.article), price.unit, price.kind, price.yuan) == (
        "弯头",
        "个",
        "material",
        Decimal("6.5"),
    )


def test_a_toml_book_names_its_source_itself(enter):
    head = 'year = 2011\ncity = "阜新市"\nsource = "公告"\ntrust = "S"\n'
    toml = head + '[[price]]\ncode = "pipe.steel.15"\nyuan = [70, 90]\n'
    version = enter(toml, name="prices.toml", source="").version
    assert version.source == "公告"
    assert queries.book_of(version, 2011).price("pipe.steel.15").yuan == 80


def test_a_file_that_is_none_is_refused(enter):
    with pytest.raises(UnreadableFile):
        enter("not = [a toml", name="prices.toml")


def test_a_version_shows_what_it_changed_and_by_how_much(enter, cast):
    before = queries.book_of(None, 2011).price("pipe.steel.15").yuan
    enter("编码,本市价\npipe.steel.15,80\n")
    (one,) = queries.version_view(cast[Role.HEAT_SUPPLIER], 1).changed
    assert (one.price.code, one.before_yuan) == ("pipe.steel.15", before)
    assert one.percent == (80 / before - 1) * 100


def test_a_price_left_out_of_the_next_version_goes_back_to_the_packaged_one(enter, cast):
    enter("编码,本市价\npipe.steel.15,80\npipe.steel.20,90\n")
    enter("编码,本市价\npipe.steel.15,80\n", valid_from=JULY)
    (one,) = queries.version_view(cast[Role.HEAT_SUPPLIER], 2).changed
    assert (one.price.code, one.before_yuan) == ("pipe.steel.20", 90)


@pytest.fixture
def building():
    Building.objects.update(inlet_kpa=25.0, supply_c=75.0)
    return Building.objects.get(code="A2")


def test_c3_3_a_design_made_before_keeps_its_prices_and_a_later_one_takes_the_new(cast, building, enter):
    supplier = cast[Role.HEAT_SUPPLIER]
    first = works.make_design(supplier, building)
    DesignVersion.objects.update(state="submitted")
    cheap = price_of(building)
    enter("编码,本市价\n" + "".join(f"{code},999\n" for code in pipes()))
    assert price_of(building) == cheap
    second = works.make_design(supplier, building)
    DesignVersion.objects.update(state="submitted")
    assert (first.price_version, second.price_version.number) == (None, 1)
    assert second.cost_fen > first.cost_fen
    assert sum(line.cost_fen for line in price_of(building).lines) == second.cost_fen
    assert "第1版" in price_of(building).price_book


def pipes():
    """Return the codes of all pipes of the packaged book."""
    return [code for code in queries.book_of(None, 2011).prices if code.startswith("pipe.")]


def test_the_price_list_comes_back_filled_in(client, cast, enter, tmp_path):
    enter("编码,本市价\npipe.steel.15,80\n")
    client.force_login(cast[Role.CITY_BUREAU])
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"".join(client.get("/prices/template.xlsx").streaming_content))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    own = heads.index("本市价")
    filled = [row for row in sheet.iter_rows(min_row=2) if row[own].value is not None]
    assert [(row[0].value, row[own].value) for row in filled] == [("pipe.steel.15", 80)]
    next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "pipe.steel.20")[own].value = 90
    book.save(path)
    entered = enter_prices(cast[Role.CITY_BUREAU], path, name="x.xlsx", valid_from=JULY, source="造价信息")
    book = queries.book_of(entered.version, 2011)
    assert (book.price("pipe.steel.15").yuan, book.price("pipe.steel.20").yuan) == (80, 90)


def test_prices_are_entered_on_their_page_and_read_by_the_offices(client, cast):
    client.force_login(cast[Role.CITY_BUREAU])
    file = SimpleUploadedFile("价目.csv", "编码,本市价\npipe.steel.15,80\n".encode())
    asked = {"file": file, "valid_from": "2011-05-01", "source": "造价信息"}
    assert client.post("/prices/enter/", asked).status_code == 302
    client.force_login(cast[Role.OWNER_UNIT])
    page = BeautifulSoup(client.get("/prices/", headers={"accept-language": "en"}).content, "lxml")
    assert "1 prices of the city hold" in " ".join(page.select_one(".answer").get_text().split())
    assert not page.select("#enter")
    shown = client.get("/prices/1/", headers={"accept-language": "en"}).content.decode()
    assert "pipe.steel.15" in shown


def test_a_faulty_file_is_shown_with_its_row(client, cast):
    client.force_login(cast[Role.CITY_BUREAU])
    file = SimpleUploadedFile("价目.csv", "编码,本市价\npipe.steel.15,八元\n".encode())
    answer = client.post("/prices/enter/", {"file": file, "valid_from": "2011-05-01", "source": "x"})
    assert answer.status_code == 422
    assert "本市价" in answer.content.decode()
