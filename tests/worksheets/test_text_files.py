"""Files written as text: read whatever mark they begin with, or refused with what to do."""

import pytest

from fenhu.building import read_building
from fenhu.design.city_prices import read_price_book
from fenhu.design.estate import read_estate
from fenhu.errors import UnreadableFile
from fenhu.study import read_scenarios
from fenhu.wording import speaking
from fenhu.worksheets import read_json, read_text, read_toml

READERS = (read_text, read_toml, read_json, read_building, read_estate, read_scenarios, read_price_book)


@pytest.fixture(autouse=True)
def _in_english():
    with speaking("en"):
        yield


def refused(reader, path):
    with pytest.raises(UnreadableFile) as told:
        reader(path)
    return told.value.code, str(told.value)


@pytest.mark.parametrize("reader", READERS)
def test_a_file_saved_as_gbk_is_named_with_the_line_and_what_to_do(reader, tmp_path):
    path = tmp_path / "gbk.toml"
    path.write_bytes("storeys = 6\n# 六层\n".encode("gbk"))
    assert refused(reader, path) == ("encoding", "gbk.toml is not UTF-8 (line 2); save it as UTF-8")


@pytest.mark.parametrize("reader", READERS)
def test_a_file_that_is_not_there_is_named(reader, tmp_path):
    code, said = refused(reader, tmp_path / "none.toml")
    assert code == "not-found"
    assert str(tmp_path / "none.toml") in said


@pytest.mark.parametrize(
    ("reader", "content", "code"),
    [
        (read_toml, "a = = 1", "broken-toml"), (read_toml, "a = " + "[" * 10_000, "too-deep"),
        (read_json, "{", "broken-json"), (read_json, "[" * 100_000, "too-deep"),
    ],
)  # fmt: skip
def test_content_that_is_not_what_it_should_be_is_refused(reader, content, code, tmp_path):
    path = tmp_path / "x.toml"
    path.write_text(content)
    assert refused(reader, path)[0] == code


def test_a_folder_is_no_file(tmp_path):
    assert "cannot be read" in refused(read_text, tmp_path)[1]


def test_the_mark_a_notepad_puts_first_is_no_part_of_the_text(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text("a = 1", encoding="utf-8-sig")
    assert read_toml(path) == {"a": 1}
