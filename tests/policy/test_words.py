"""Words a policy file brings along in both languages survive storage and any character."""

from hypothesis import given
from hypothesis import strategies as st

from fenhu.policy import load
from fenhu.wording import Text, bilingual, text


@given(st.text(min_size=1), st.text(min_size=1))
def test_words_are_shown_as_they_are_in_either_language(chinese, english):
    words = bilingual(chinese, english)
    assert (words.in_language("zh-hans"), words.in_language("en")) == (chinese, english)


def test_a_stored_name_keeps_both_languages():
    stored = text("because {name}", name=bilingual("失调", "imbalance")).to_json()
    assert "失调" in Text.from_json(stored).in_language("zh-hans")
    assert Text.from_json(stored).in_language("en") == "because imbalance"


def test_a_rule_says_in_either_language_who_pays():
    rule = load("fuxin-2010").shares_of("common_labour")[2]
    assert rule.part().in_language("en") == "former owner unit pays 0.5 of what is left"
    assert rule.said().in_language("zh-hans").startswith("楼内公共管网人工：原产权单位一半")
