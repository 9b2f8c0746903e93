"""Numbers of papers: written as the office says, without gaps, none given twice, whoever asks at once."""

import pytest
from tests.web.documents.steps import a_project, flats_of

from fenhu.errors import InputFault, NotAllowed, UnknownItem
from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.documents.codes import ALPHABET, CODE_LENGTH, grouped, new_code, read_code
from fenhu.web.documents.models import Number
from fenhu.web.documents.services import issue, office_of, set_pattern


@pytest.fixture
def supplier(cast):
    return cast[Role.HEAT_SUPPLIER]


@pytest.fixture
def office(supplier):
    return office_of(supplier.grants.get())


def test_an_office_writes_its_numbers_as_it_says(supplier, office):
    set_pattern(supplier, office, "building_notice", "阜热改〔{year}〕{n:03}号")
    made = issue(supplier, kind="building_notice", subject=a_project())
    assert made.number.words == f"阜热改〔{clock.today().year}〕001号"


def test_numbers_given_stay_as_they_are_when_the_pattern_changes(supplier, office):
    first, second = flats_of(a_project())
    made = issue(supplier, kind="flat_notice", subject=first)
    set_pattern(supplier, office, "flat_notice", "新〔{year}〕{n}")
    following = issue(supplier, kind="flat_notice", subject=second)
    made.number.refresh_from_db()
    assert "宏远户通" in made.number.words
    assert (following.number.words, following.number.n) == (f"新〔{clock.today().year}〕2", 2)


@pytest.mark.parametrize(
    "pattern",
    ["", "阜热改〔{year}〕", "{n}号", "{year}{n}", "阜{year}{n}{n}", "阜{year}{n}{office}", "阜{year{n}",
     "阜{n:9}{year}", "阜" * 50 + "{year}{n}"],
)  # fmt: skip
def test_it_refuses_a_pattern_without_year_and_running_number_once_each(supplier, office, pattern):
    with pytest.raises(InputFault):
        set_pattern(supplier, office, "building_notice", pattern)


def test_it_refuses_a_pattern_another_series_has(cast, supplier, office):
    with pytest.raises(InputFault, match="宏远户通"):
        set_pattern(supplier, office, "building_notice", "宏远户通〔{year}〕{n}号")
    set_pattern(supplier, office, "building_notice", "阜热改〔{year}〕{n}号")
    other = cast.other_supplier
    with pytest.raises(InputFault):
        set_pattern(other, office_of(other.grants.get()), "building_notice", "阜热改〔{year}〕{n}号")


def test_only_the_office_itself_numbers_its_papers(cast, office):
    for person in (cast.other_supplier, cast[Role.CITY_BUREAU], cast.outsider):
        with pytest.raises(NotAllowed):
            set_pattern(person, office, "building_notice", "阜热改〔{year}〕{n}号")


def test_there_is_no_series_of_an_unknown_paper(supplier, office):
    with pytest.raises(UnknownItem):
        set_pattern(supplier, office, "poem", "诗〔{year}〕{n}号")


def test_two_offices_with_like_names_begin_their_numbers_differently(db, cast):
    marks = {
        office_of(person.grants.get()).mark for person in (cast[Role.HEAT_SUPPLIER], cast.other_supplier)
    }
    assert marks == {"宏远", "光明"}
    assert office_of(cast[Role.CITY_BUREAU].grants.get()).mark == "阜建"
    assert office_of(cast[Role.DISTRICT_GOV].grants.get()).name == "阜新市海州区人民政府"


def test_codes_are_long_and_read_back_however_they_are_typed():
    code = new_code()
    assert len(code) == CODE_LENGTH
    assert len(ALPHABET) ** CODE_LENGTH >= 2**80
    assert read_code(f" {grouped(code).lower()} ") == code
    assert read_code(code[:-1]) == read_code(code[:-1] + "0") == ""
    assert len({new_code() for _ in range(1000)}) == 1000


def test_numbers_are_counted_by_office_kind_and_year(cast, supplier):
    issue(supplier, kind="building_notice", subject=a_project("A2"))
    issue(cast.other_supplier, kind="building_notice", subject=a_project("B1"))
    assert [one.n for one in Number.objects.order_by("pk")] == [1, 1]
