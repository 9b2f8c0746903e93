"""The catalogue check sees every sentence of the code and names every gap."""

from __future__ import annotations

import gettext
from io import BytesIO

import pytest
from babel.messages.pofile import read_po
from tools.translations import (
    compile_catalogue,
    extract,
    faults,
    read_catalogue,
    unextractable,
    update,
    write_catalogue,
)

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def source(tmp_path):
    """A package with one sentence of each kind."""
    package = tmp_path / "house"
    package.mkdir()
    (package / "rooms.py").write_text(
        "text('Sheet {sheet} is missing', sheet=1)\n"
        "_('Save')\n"
        "pgettext('heating', 'Return')\n"
        "ngettext('{count} flat', '{count} flats', 2)\n"
        "other('Not for people')\n",
        encoding="utf-8",
    )
    (package / "page.html").write_text(
        '{% load i18n %}<c-card title="{% translate "Stock" %}">\n'
        "{% blocktranslate %}Year {{ year }}{% endblocktranslate %}\n"
        "{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"
        '{{ _("Late") }}\n'
        '{% translate "Return" context "paper" %}</c-card>\n',
        encoding="utf-8",
    )
    return package


def catalogue(entries: str):
    return read_po(BytesIO((HEADER + entries).encode()), locale="zh_Hans_CN")


def test_python_and_templates_are_both_read(source):
    assert {(context, *want.forms) for (context, _), want in extract(source).items()} == {
        (None, "Sheet {sheet} is missing"),
        (None, "Save"),
        ("heating", "Return"),
        (None, "{count} flat", "{count} flats"),
        (None, "Stock"),
        (None, "Year %(year)s"),
        (None, "%(n)s day", "%(n)s days"),
        (None, "Late"),
        ("paper", "Return"),
    }


def test_a_message_knows_its_file_and_line(source):
    assert extract(source)["heating", "Return"].place == "house/rooms.py:3"
    assert extract(source)[None, "Late"].place == "house/page.html:3"


def test_a_pattern_that_is_no_literal_is_named(source):
    (source / "rooms.py").write_text("text('a')\ntext(f'b {x}')\ntext(name)\n", encoding="utf-8")
    assert list(unextractable(source)) == [
        "house/rooms.py:2: give text() a literal pattern",
        "house/rooms.py:3: give text() a literal pattern",
    ]


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ("", "house/rooms.py:1: not in the catalogue: 'Save it'"),
        ('msgid "Save it"\nmsgstr ""\n', "house/rooms.py:1: not translated: 'Save it'"),
        ('#, fuzzy\nmsgid "Save it"\nmsgstr "保存"\n', "house/rooms.py:1: fuzzy: 'Save it'"),
        (
            'msgid "Save it"\nmsgstr "保存"\nmsgid "Load"\nmsgstr "载入"\n',
            "django.po: no longer in the code: 'Load'",
        ),
        (
            'msgid "Save it"\nmsgstr "保存"\n#~ msgid "Load"\n#~ msgstr "载入"\n',
            "django.po: obsolete: 'Load'",
        ),
    ],
)
def test_every_gap_is_told_with_its_place(source, entries, fault):
    (source / "rooms.py").write_text("_('Save it')\n", encoding="utf-8")
    (source / "page.html").unlink()
    assert faults(catalogue(entries), extract(source)) == [fault]


@pytest.mark.parametrize("string", ["缺少工作表", "缺少工作表 {shet}", "缺少 {sheet} {row}"])
def test_a_translation_with_other_placeholders_is_told(source, string):
    (source / "rooms.py").write_text("text('Sheet {sheet} is missing')\n", encoding="utf-8")
    (source / "page.html").unlink()
    entries = f'msgid "Sheet {{sheet}} is missing"\nmsgstr "{string}"\n'
    assert faults(catalogue(entries), extract(source)) == [
        "house/rooms.py:1: placeholders differ: 'Sheet {sheet} is missing'"
    ]


def test_chinese_needs_the_placeholders_of_the_plural(source):
    (source / "rooms.py").write_text("ngettext('one flat', '{n} flats', 2)\n", encoding="utf-8")
    (source / "page.html").unlink()
    entries = 'msgid "one flat"\nmsgid_plural "{n} flats"\nmsgstr[0] "{n} 户"\n'
    assert faults(catalogue(entries), extract(source)) == []


def test_update_keeps_translations_adds_new_messages_and_drops_old_ones(source):
    (source / "rooms.py").write_text("_('Save')\n_('Load')\n_('Late')\n", encoding="utf-8")
    (source / "page.html").unlink()
    old = catalogue('msgid "Save"\nmsgstr "保存"\nmsgid "Gone"\nmsgstr "没了"\n')
    fragment = catalogue('msgid "Save"\nmsgstr "存"\nmsgid "Load"\nmsgstr "载入"\n')
    fresh = update(old, [fragment], extract(source))
    assert [(message.id, message.string) for message in fresh if message.id] == [
        ("Late", ""),
        ("Load", "载入"),
        ("Save", "保存"),
    ]


def test_a_written_catalogue_reads_back_and_never_changes_by_itself(source, tmp_path):
    wanted = extract(source)
    first, second = tmp_path / "a.po", tmp_path / "b.po"
    fresh = update(
        catalogue('msgid "{count} flat"\nmsgid_plural "{count} flats"\nmsgstr[0] "{count} 户"\n'), [], wanted
    )
    write_catalogue(fresh, first)
    write_catalogue(update(read_catalogue(first), [], wanted), second)
    assert first.read_bytes() == second.read_bytes()
    assert "{count} 户" in first.read_text(encoding="utf-8")
    assert "Date" not in first.read_text(encoding="utf-8")


def test_a_percent_sign_in_a_sentence_is_no_placeholder(source, tmp_path):
    (source / "rooms.py").write_text("text('{gap} % of the best')\n", encoding="utf-8")
    (source / "page.html").unlink()
    listed = catalogue('msgid "{gap} % of the best"\nmsgstr "最好的{gap}%"\n')
    assert faults(listed, extract(source)) == []
    write_catalogue(listed, tmp_path / "django.po")
    compile_catalogue(tmp_path / "django.po")
    with (tmp_path / "django.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("{gap} % of the best") == "最好的{gap}%"
