"""What people read: one pattern, two languages, stored and read back."""

from hypothesis import given
from hypothesis import strategies as st

from fenhu.wording import ENGLISH, Text, current_language, speaking, text


def test_a_text_fills_its_parameters():
    with speaking(ENGLISH):
        assert str(text("Sheet {sheet} has {count} rows", sheet="楼栋", count=3)) == "Sheet 楼栋 has 3 rows"


def test_a_text_within_a_text_speaks_the_same_language():
    outer = text("because {reason}", reason=text("nobody knows"))
    assert outer.in_language(ENGLISH) == "because nobody knows"


def test_language_returns_to_what_it_was_after_the_block():
    before = current_language()
    with speaking(ENGLISH):
        assert current_language() == ENGLISH
    assert current_language() == before


def test_an_untranslated_pattern_is_shown_rather_than_lost():
    assert text("no such msgid {x}", x=1).in_language("zh-hans") == "no such msgid 1"


@given(
    st.dictionaries(st.sampled_from("abcd"), st.one_of(st.integers(), st.text(), st.none(), st.booleans()))
)
def test_a_stored_text_reads_back_the_same(params):
    pattern = " ".join("{" + key + "}" for key in params)
    original = Text(pattern, params)
    assert str(Text.from_json(original.to_json())) == str(original)


def test_a_stored_text_keeps_the_texts_inside_it():
    outer = text("because {reason}", reason=text("{count} flats are cold", count=2))
    with speaking(ENGLISH):
        assert str(Text.from_json(outer.to_json())) == "because 2 flats are cold"


def test_a_text_of_no_words_stays_empty_in_both_languages():
    assert [text("").in_language(language) for language in ("zh-hans", "en")] == ["", ""]
