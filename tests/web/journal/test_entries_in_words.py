"""What entries keep is told in words, whatever its shape: the trail is read, never a fault of the server."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template import Context, Template
from django.test import Client
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st
from tests.web.access.walk import BACKEND
from tests.web.api.calls import Caller

import fenhu.web
from fenhu.programme import Role
from fenhu.web.exchange.models import Upload
from fenhu.web.journal import services as journal
from fenhu.web.journal.models import Entry
from fenhu.web.persons import services as persons
from fenhu.web.ui.names import EVENTS, KEPT
from fenhu.web.ui.templatetags.records import KEPT_AS
from fenhu.wording import speaking

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]

PAGE = Template(
    "{% load fenhu records %}{% for kind in kinds %}{{ kind|event }} {{ name|subject }}"
    "{% for key, value in data.items %} {{ key|journal_word }}: {{ value|kept:key }}{% endfor %}{% endfor %}"
)


def trail_read_by(user, language, **asked):
    client = Client()
    client.force_login(user, backend=BACKEND)
    answer = client.get("/journal/", asked, headers={"accept-language": language})
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


@pytest.fixture
def acted(cast, client, monkeypatch):
    """A building changed by another system, a person handed out and erased, an old file forgotten."""
    Caller(client, cast[Role.HEAT_SUPPLIER]).post(
        "changes/buildings", {"rows": [{"building": "A1", "station": "二号换热站"}]}
    )
    persons.export_person(cast[Role.HEAT_SUPPLIER], cast.flat.pk)
    persons.erase_person(
        cast[Role.HEAT_SUPPLIER], cast.flat.pk, reason="搬走，本人要求", confirmed=cast.flat.flat_id
    )
    Upload.objects.create(
        name="old.xlsx", file="uploads/old.xlsx", size_bytes=1, digest="0" * 64, state=Upload.APPLIED,
        owner=cast[Role.HEAT_SUPPLIER],
    )  # fmt: skip
    Upload.objects.update(created_at=timezone.now().replace(year=2001))
    call_command("forget", "--really", verbosity=0)
    written = {"register.changed", "person.exported", "person.erased_everywhere", "person.forgotten"}
    assert written <= set(Entry.objects.values_list("kind", flat=True))


CHANGED = {"en": "Rows: buildings changed 1", "zh": "行数: 楼栋 有改动 1"}
ERASED = {"en": "Reason: 搬走", "zh": "理由: 搬走"}
MORE = {
    "en": ("Journal entries: ", "Register: 1", "Personal values of the journal: 0",
           "Rule: Imported workbooks and their previews"),
    "zh": ("日志记录: ", "台账: 1", "日志中的个人信息: 0", "规则: 导入的工作簿及其预览"),
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_another_system_changed_and_whose_data_were_erased_is_told_in_words(cast, acted, language):
    shown = trail_read_by(cast[Role.CITY_BUREAU], language)
    wanted = (CHANGED[language], ERASED[language], *MORE[language])
    assert [words for words in wanted if words not in shown] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_told_to_whoever_asks_by_kind_by_flat_and_by_building(cast, acted, language):
    bureau, supplier = cast[Role.CITY_BUREAU], cast[Role.HEAT_SUPPLIER]
    assert CHANGED[language] in trail_read_by(bureau, language, kind="register.changed")
    assert CHANGED[language] in trail_read_by(supplier, language, kind="register.changed")
    assert ERASED[language] in trail_read_by(bureau, language, subject=journal.subject_name(cast.flat))
    for user in (bureau, supplier):
        assert ERASED[language] in trail_read_by(user, language, building="A1")


def test_a_value_that_only_looks_personal_is_told_as_it_is(cast):
    for said in ("x", 1, None, ["x"], {"a": 1}):
        journal.record(
            actor=None, subject="register", kind="register.changed", data={"rows": {"personal": said}}
        )
    assert "personal x" in trail_read_by(cast[Role.CITY_BUREAU], "en")


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(sorted({*KEPT, *KEPT_AS})) | st.text()
NAMES = st.text() | st.just("registry.flat:1")
CODE = Path(fenhu.web.__file__).parent.rglob("*.py")
WRITTEN = {
    kind for path in CODE for kind in re.findall(r'kind="([a-z_]+\.[a-z_]+)"', path.read_text("utf-8"))
}
KINDS = sorted(WRITTEN | set(EVENTS))


def test_every_kind_of_entry_that_is_written_has_a_name():
    assert sorted(WRITTEN - set(EVENTS)) == []


@pytest.mark.parametrize("language", ["en", "zh"])
@given(name=NAMES, before=ANY_JSON, after=ANY_JSON, data=st.dictionaries(KEYS, ANY_JSON))
def test_an_entry_of_any_kind_that_keeps_anything_can_be_shown(language, name, before, after, data):
    kept = data | {"rows": before, "register": after}
    with translation.override(language), speaking(language):
        shown = PAGE.render(Context({"kinds": KINDS, "name": name, "data": kept}, autoescape=False))
        assert all(str(EVENTS[kind]) in shown for kind in KINDS)
