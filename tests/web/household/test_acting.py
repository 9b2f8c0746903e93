"""Consent, contract, complaint and room temperature from a flat's page, each with what is kept of it."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from PIL import Image
from tests.web.cast import a_study
from tests.web.household.home import by_link, let_in, send
from tests.web.ui.pages import visit, words
from tests.web.works import steps

from fenhu.errors import NotAllowed
from fenhu.programme import Role
from fenhu.web.household import services
from fenhu.web.household.models import CasePhoto, Declaration, RoomReport
from fenhu.web.journal.models import Entry, PersonalValue
from fenhu.web.journal.services import verify
from fenhu.web.ledger.services import bill_now
from fenhu.web.registry.models import Flat
from fenhu.web.works.models import Case, Consent, FlatWork, Project
from fenhu.web.works.queries import worklist

pytestmark = pytest.mark.django_db
DRAWN = "M10 20L30 40L50 60L70 20L90 40L110 60M10 90L30 95"


@pytest.fixture
def flat(cast):
    """The first flat of A2, whose conversion is being prepared."""
    a_study()
    steps.informed(cast, steps.a_project(cast))
    return Flat.objects.get(building__code="A2", storey=1)


@pytest.fixture
def page(client, flat):
    """The flat's page, opened with its digits."""
    path = services.link_for(flat)
    let_in(client, path)
    return path


def read_of(client, screen):
    return by_link(client, screen).select_one("input[name=read]")["value"]


def agree(client, page, **more):
    fields = {"agrees": "1", "name": "张三丰", "read": read_of(client, f"{page}consent/"), **more}
    return send(client, f"{page}consent/", fields)


def offered(cast):
    """Let the building's contracts have a price."""
    bill_now(cast[Role.HEAT_SUPPLIER], Project.objects.get(building__code="A2"))


def test_c2_4_consent_is_kept_with_name_time_and_the_text_that_was_read(client, flat, page):
    text = words(by_link(client, f"{page}consent/").select_one(".paper"))
    assert "You agreed" in words(agree(client, page).select_one("[role=status]"))
    kept = Declaration.objects.get()
    assert (kept.kind, kept.name, kept.by_link) == ("agree", "张三丰", True)
    assert words_of(kept.words) == text
    assert kept.version == "consent-1"
    flat.refresh_from_db()
    assert flat.consent is True
    assert Consent.objects.get(flat=flat).how == "page"


def words_of(kept):
    return " ".join(kept.split())


def test_consent_counts_towards_the_buildings_threshold(client, cast, flat, page):
    agree(client, page)
    neighbour = Flat.objects.exclude(pk=flat.pk).get(building__code="A2")
    other = services.link_for(neighbour)
    let_in(client, other)
    agree(client, other)
    project = Project.objects.get(building__code="A2")
    assert steps.fired(cast[Role.COMMUNITY], project, "agree").state == "consented"


def test_a_change_of_mind_keeps_what_was_said_before(client, flat, page):
    agree(client, page)
    refusal = {"agrees": "0", "name": "张三丰", "reason": "太贵", "read": read_of(client, f"{page}consent/")}
    send(client, f"{page}consent/", refusal)
    flat.refresh_from_db()
    assert flat.consent is False
    assert [one.kind for one in Declaration.objects.order_by("pk")] == ["agree", "refuse"]
    shown = words(by_link(client, f"{page}consent/").select_one("main"))
    assert "太贵" in shown


@pytest.mark.parametrize(("fields", "said"), [
    ({"name": ""}, "Write your name"), ({"agrees": "0"}, "write down why"),
    ({"read": "0" * 64}, "has changed"),
])  # fmt: skip
def test_an_incomplete_answer_changes_nothing_and_says_why(client, flat, page, fields, said):
    sent = {"agrees": "1", "name": "张三丰", "read": read_of(client, f"{page}consent/"), **fields}
    shown = send(client, f"{page}consent/", sent, status=422)
    assert said in words(shown.select_one("[role=alert]"))
    assert not Declaration.objects.exists()
    assert not Consent.objects.filter(flat=flat).exists()


def test_the_database_itself_keeps_what_was_declared(client, flat, page, raw):
    agree(client, page)
    with pytest.raises(DatabaseError), transaction.atomic():
        raw("UPDATE household_declaration SET words = 'x'")
    with pytest.raises(DatabaseError), transaction.atomic():
        raw("DELETE FROM household_declaration")


def test_the_journal_keeps_persons_apart(client, flat, page):
    agree(client, page)
    said = " ".join(Entry.objects.values_list("data_json", flat=True))
    assert "张三丰" not in said
    assert PersonalValue.objects.filter(value="张三丰").exists()
    assert verify().valid


def test_c3_3_the_contract_is_read_signed_by_hand_and_numbered_by_the_supplier(client, cast, flat, page):
    agree(client, page)
    assert "No contract is offered" in words(by_link(client, f"{page}contract/").select_one(".answer"))
    offered(cast)
    sign(client, page, drawn=DRAWN)
    kept = Declaration.objects.get(kind="contract")
    assert kept.drawn == DRAWN
    assert "宏远热力" in kept.words
    assert "waits for its number" in by_link(client, page).get_text()
    supplier = cast[Role.HEAT_SUPPLIER]
    client.force_login(supplier)
    client.post("/buildings/A2/flats/number/", {"flat": flat.flat_id, "number": "HT-1"})
    work = FlatWork.objects.get(flat=flat)
    assert (work.contract_number, work.contract_on is not None) == ("HT-1", True)


def test_a_second_click_signs_nothing_anew(client, cast, flat, page):
    agree(client, page)
    offered(cast)
    sent = {"name": "张三丰", "read": read_of(client, f"{page}contract/"), "confirmed": "on"}
    for _ in range(2):
        send(client, f"{page}contract/", sent)
    assert Declaration.objects.filter(kind="contract").count() == 1


def sign(client, page, status=200, **fields):
    sent = {"name": "张三丰", "read": read_of(client, f"{page}contract/"), **fields}
    return send(client, f"{page}contract/", sent, status)


def test_without_scripts_one_signs_by_writing_and_confirming(client, cast, flat, page):
    agree(client, page)
    offered(cast)
    refused = sign(client, page, status=422)
    assert "Sign by hand, or confirm" in words(refused.select_one("[role=alert]"))
    sign(client, page, confirmed="on")
    assert Declaration.objects.get(kind="contract").drawn == ""


@pytest.mark.parametrize("drawn", [
    "M1 1L2 2", "<script>", 'M1 1"/><script>alert(1)</script>', "M10 20L30 40" * 3000, "M9999 1L1 1" * 9,
])  # fmt: skip
def test_only_strokes_are_a_signature(client, cast, flat, page, drawn):
    agree(client, page)
    offered(cast)
    sign(client, page, status=422, drawn=drawn)
    assert not Declaration.objects.filter(kind="contract").exists()


def test_a_contract_that_changed_since_it_was_signed_is_not_numbered(client, cast, flat, page):
    agree(client, page)
    offered(cast)
    sign(client, page, confirmed="on")
    Project.objects.filter(building__code="A2").update(extended_to="2011-12-31")
    client.force_login(cast[Role.HEAT_SUPPLIER])
    client.post("/buildings/A2/flats/number/", {"flat": flat.flat_id, "number": "HT-1"})
    assert FlatWork.objects.get(flat=flat).contract_on is None


def test_a_household_answers_for_no_other_flat(cast, flat):
    project = Project.objects.get(building__code="A2")
    with pytest.raises(NotAllowed):
        steps.services.record_answers(
            cast[Role.HOUSEHOLD], project, [steps.services.Answer(flat=flat.flat_id, agrees=True)], how="page"
        )


def a_photo(kind="JPEG", size=(800, 600), exif=True):
    image, out = Image.new("RGB", size, "red"), BytesIO()
    more = {}
    if exif:
        tags = Image.Exif()
        tags[0x010F] = "Telephone of 张三丰"
        tags[0x0112] = 6
        more["exif"] = tags
    image.save(out, kind, **more)
    return out.getvalue()


def complain(client, page, name="冷.jpg", content=None, status=200):
    photo = SimpleUploadedFile(name, a_photo() if content is None else content)
    return send(client, f"{page}complaint/", {"title": "冷", "account": "客厅不热", "photo": photo}, status)


def test_a_complaint_reaches_the_supplier_with_its_photograph_and_the_answer_comes_back(
    client, cast, flat, page
):
    complain(client, page)
    case = Case.objects.get(flat=flat)
    assert (case.kind, case.account) == ("complaint", "客厅不热")
    link = by_link(client, f"{page}complaint/").select_one('a[href*="/photos/"]')["href"]
    sent = client.get(link)
    assert (sent["Content-Type"], b"".join(sent.streaming_content)[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    supplier = cast[Role.HEAT_SUPPLIER]
    steps.fired(supplier, case, "take")
    steps.services.write_outcome(supplier, case, "已清洗过滤器")
    assert "已清洗过滤器" in by_link(client, f"{page}complaint/").get_text()
    shown = visit(client, supplier, f"/cases/{case.pk}/")
    assert shown.select(f'img[src*="/cases/{case.pk}/photos/"]')


def test_a_photograph_is_written_anew_upright_and_without_metadata(client, flat, page):
    complain(client, page)
    with CasePhoto.objects.get().file.open("rb") as file:
        kept = file.read()
    image = Image.open(BytesIO(kept))
    assert image.size == (600, 800)
    assert not image.getexif()
    assert b"Telephone" not in kept


HOSTILE = {
    "a script in a picture's name": b"<script>alert(1)</script>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "html behind a JPEG's first bytes": b"\xff\xd8\xff\xe0<html><script>alert(1)</script></html>",
    "a PNG cut off": a_photo("PNG", exif=False)[:60],
    "a GIF": None,
    "an empty file": b"",
    "pdf": b"%PDF-1.4 trailer",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_photograph_is_refused_and_no_complaint_is_half_made(client, flat, page, what):
    content = HOSTILE[what] if HOSTILE[what] is not None else a_photo("GIF", exif=False)
    complain(client, page, content=content, status=422)
    assert not Case.objects.filter(flat=flat).exists()


def test_a_picture_of_too_many_points_is_refused_before_it_fills_the_memory(client, flat, page):
    bomb = a_photo("PNG", size=(20_000, 20_000), exif=False)
    complain(client, page, name="b.png", content=bomb, status=422)


def test_code_hidden_behind_a_picture_is_not_kept(client, flat, page):
    complain(client, page, content=a_photo() + b"<script>alert(1)</script>")
    with CasePhoto.objects.get().file.open("rb") as file:
        assert b"script" not in file.read()


def test_one_household_does_not_see_anothers_photograph(client, cast, flat, page):
    complain(client, page)
    photo = CasePhoto.objects.get()
    neighbour = services.link_for(Flat.objects.exclude(pk=flat.pk).get(building__code="A2"))
    let_in(client, neighbour)
    assert client.get(f"{neighbour}photos/{photo.pk}/").status_code == 404


def report(client, page, value, hour="8", status=200):
    return send(client, f"{page}report/", {"value_c": value, "hour": hour}, status)


def test_a_cold_room_waits_in_the_suppliers_list_and_his_answer_is_read_on_the_page(client, cast, flat, page):
    report(client, page, "15.5")
    assert RoomReport.objects.get().value_c == Decimal("15.5")
    supplier = cast[Role.HEAT_SUPPLIER]
    assert "15.5" in " ".join(item.title for item in worklist(supplier).items)
    shown = visit(client, supplier, "/buildings/A2/flats/")
    fields = {one["name"]: one.get("value", "") for one in shown.select('form[action$="/answer/"] input')}
    sent = fields | {"note": "已排气"}
    sent.pop("csrfmiddlewaretoken", None)
    client.post("/buildings/A2/flats/answer/", sent)
    assert RoomReport.objects.get().state == "answered"
    client.logout()
    let_in(client, page)
    assert "已排气" in by_link(client, f"{page}report/").get_text()


def test_a_warm_room_waits_for_nobody(client, cast, flat, page):
    report(client, page, "21")
    assert RoomReport.objects.get().state == "noted"
    assert not [item for item in worklist(cast[Role.HEAT_SUPPLIER]).items if item.kind == "flat-pages"]


@pytest.mark.parametrize("value", ["-1", "40.1", "NaN", "Infinity", "warm", "1e9", ""])
def test_an_impossible_temperature_is_refused(client, flat, page, value):
    report(client, page, value, status=422)
    assert not RoomReport.objects.exists()


def test_only_a_few_temperatures_a_day_are_taken(client, flat, page):
    for _ in range(4):
        report(client, page, "19")
    report(client, page, "19", status=422)
    assert RoomReport.objects.count() == 4


def test_the_telephone_is_set_by_who_brings_the_notice_and_opens_the_page(client, cast, flat):
    services.set_phone(cast[Role.COMMUNITY], flat, "0418-7654321")
    said = " ".join(Entry.objects.values_list("data_json", flat=True))
    assert "7654321" not in said
    path = services.link_for(flat)
    assert let_in(client, path, "4321").status_code == 302
    with pytest.raises(NotAllowed):
        services.set_phone(cast.other_supplier, flat, "0418-1111111")
