"""The translation check finds every gap between code and catalogue."""

import pytest
from babel.messages.catalog import Catalog

from tools import translations


@pytest.fixture
def code(monkeypatch, tmp_path):
    """A tiny source tree in place of the product's own."""
    (tmp_path / "fenhu").mkdir()
    monkeypatch.setattr(translations, "SOURCE", tmp_path / "fenhu")

    def write(name, content):
        (tmp_path / "fenhu" / name).write_text(content, encoding="utf-8")

    return write


def catalogue(**messages):
    made = Catalog(locale="zh_Hans_CN")
    for msgid, msgstr in messages.items():
        made.add(msgid, msgstr)
    return made


def test_a_complete_catalogue_has_no_faults(code):
    code("a.py", 'x = text("cold")\n')
    assert translations.faults(catalogue(cold="冷")) == []


def test_a_missing_message_is_named_with_its_place(code):
    code("a.py", '\nx = text("cold")\n')
    assert translations.faults(catalogue()) == ["fenhu/a.py:2: not in the catalogue: 'cold'"]


def test_an_empty_translation_is_a_fault(code):
    code("a.py", 'x = text("cold")\n')
    assert "not translated" in translations.faults(catalogue(cold=""))[0]


def test_a_message_gone_from_the_code_is_a_fault(code):
    code("a.py", "x = 1\n")
    assert "no longer in the code" in translations.faults(catalogue(cold="冷"))[0]


def test_other_placeholders_are_a_fault(code):
    code("a.py", 'x = text("{count} cold")\n')
    made = Catalog(locale="zh_Hans_CN")
    made.add("{count} cold", "{number} 冷")
    assert "placeholders differ" in translations.faults(made)[0]


def test_templates_are_read_too(code):
    code("a.html", '{% load i18n %}<p>{% translate "Warm" %}</p>')
    assert translations.faults(catalogue(Warm="暖")) == []
    assert len(translations.faults(catalogue())) == 1


def test_a_pattern_that_is_no_literal_is_told(code):
    code("a.py", "x = text(pattern)\n")
    assert list(translations.unextractable()) == ["fenhu/a.py:1: give text() a literal pattern"]


def test_an_update_keeps_translations_and_drops_what_is_gone(code):
    code("a.py", 'x = text("cold")\n')
    fresh = translations.update(catalogue(cold="冷", gone="没"), [])
    assert {message.id: message.string for message in fresh if message.id} == {"cold": "冷"}
