"""What a flat signs is what its contract says, and a flat opens its own papers from its page."""

import pypdfium2
import pytest
from pypdfium2 import raw
from tests.web.household.home import by_link, let_in
from tests.web.household.test_acting import DRAWN, agree, flat, offered, page, sign
from tests.web.works.steps import a_round

from fenhu.programme import Role
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.documents.models import Document
from fenhu.web.documents.services import issue, subject_for
from fenhu.web.household import services
from fenhu.web.household.models import Countersigning, Declaration
from fenhu.web.ledger.services import receive
from fenhu.web.registry.models import Flat
from fenhu.web.works.models import FlatWork, MeasuredValue, Project

__all__ = ["flat", "page"]
pytestmark = pytest.mark.django_db


def printed(content):
    """Return what a PDF prints, without blanks."""
    with pypdfium2.PdfDocument(content) as document:
        said = "".join(one.get_textpage().get_text_bounded() for one in document)
    return "".join(said.translate({0x2060: None, 0x200B: None}).split())


def bare(said):
    return "".join(said.split())


def content(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def both_signed(client, cast, flat, page, **signature):
    agree(client, page)
    offered(cast)
    sign(client, page, **(signature or {"drawn": DRAWN}))
    client.force_login(cast[Role.HEAT_SUPPLIER])
    client.post("/buildings/A2/flats/number/", {"flat": flat.flat_id, "number": "HT-1"})
    client.logout()
    let_in(client, page)
    return Document.objects.get(flat=flat, number__kind="contract", ending__isnull=True)


def test_c3_3_the_page_shows_word_for_word_what_the_contract_prints(client, cast, flat, page):
    agree(client, page)
    offered(cast)
    shown = by_link(client, f"{page}contract/").select_one(".paper")
    sign(client, page, drawn=DRAWN)
    kept = Declaration.objects.get(kind="contract")
    assert bare(shown.get_text()) == bare(kept.words)
    paper = issue(
        cast[Role.HEAT_SUPPLIER], kind="contract",
        subject=subject_for(cast[Role.HEAT_SUPPLIER], f"works.flatwork:{FlatWork.objects.get(flat=flat).pk}"),
    )  # fmt: skip
    with paper.file.open("rb") as file:
        said = printed(file.read())
    # Pages end within a sentence; every sentence but those stands whole.
    sentences = [one for line in kept.words.splitlines() for one in bare(line).split("。") if one]
    assert len(sentences) > 30
    assert sum(one not in said for one in sentences) <= 2


def test_c3_3_once_both_have_signed_the_contract_is_issued_with_signature_name_day_and_digest(
    client, cast, flat, page
):
    paper = both_signed(client, cast, flat, page)
    kept = Declaration.objects.get(kind="contract")
    assert Countersigning.objects.get().declaration == kept
    said = printed(content(client.get(f"{page}files/papers/{paper.pk}/")))
    for one in ("张三丰", kept.digest, "HT-1", paper.number.words):
        assert bare(one) in said
    assert drawn_in(paper) == DRAWN.count("M") + DRAWN.count("L")


def drawn_in(paper):
    """Return how many points the strokes of the signature have on the contract's last page."""
    with paper.file.open("rb") as file, pypdfium2.PdfDocument(file.read()) as document:
        strokes = [
            one for one in document[len(document) - 1].get_objects(max_depth=4)
            if one.type == raw.FPDF_PAGEOBJ_PATH
        ]  # fmt: skip
        return max(raw.FPDFPath_CountSegments(one.raw) for one in strokes)


def test_a_contract_issued_before_the_signature_gives_way_to_the_signed_one(client, cast, flat, page):
    supplier = cast[Role.HEAT_SUPPLIER]
    offered(cast)
    work = subject_for(supplier, f"works.flatwork:{FlatWork.objects.get(flat=flat).pk}")
    blank = issue(supplier, kind="contract", subject=work)
    signed = both_signed(client, cast, flat, page)
    blank.refresh_from_db()
    assert (blank.ending.state, blank.ending.replaced_by) == ("replaced", signed)


def test_what_was_signed_stays_in_the_contract_whatever_changes_later(client, cast, flat, page):
    first = both_signed(client, cast, flat, page)
    kept = Declaration.objects.get(kind="contract")
    Project.objects.filter(building__code="A2").update(extended_to="2011-12-31", contractor_lead="别人")
    client.force_login(cast[Role.HEAT_SUPPLIER])
    client.post(f"/documents/{first.pk}/replace/", {"reason": "重印"})
    again = Document.objects.get(flat=flat, number__kind="contract", ending__isnull=True)
    with again.file.open("rb") as file:
        said = printed(file.read())
    assert again != first
    assert kept.digest in said
    assert "2011年12月31日" not in said


def test_a_name_written_and_confirmed_stands_for_the_drawing(client, cast, flat, page):
    paper = both_signed(client, cast, flat, page, confirmed="on")
    said = printed(content(client.get(f"{page}files/papers/{paper.pk}/")))
    assert "书写姓名并确认" in said


def test_a_flat_finds_its_papers_on_its_page_and_no_other_flat_does(client, cast, flat, page):
    paper = both_signed(client, cast, flat, page)
    link = f'a[href="{page}files/papers/{paper.pk}/"]'
    assert by_link(client, f"{page}contract/").select(link)
    assert by_link(client, f"{page}papers/").select(link)
    neighbour = services.link_for(Flat.objects.exclude(pk=flat.pk).get(building__code="A2"))
    let_in(client, neighbour)
    assert client.get(f"{neighbour}files/papers/{paper.pk}/").status_code == 404


@pytest.mark.parametrize("kind", ["papers", "receipts", "acceptances", "nothing"])
def test_papers_wait_for_the_digits(client, cast, flat, page, kind):
    both_signed(client, cast, flat, page)
    client.cookies.clear()
    key = Document.objects.get(flat=flat).pk
    assert client.get(f"{page}files/{kind}/{key}/").status_code == 404


def test_a_receipt_is_opened_as_a_paper_and_only_by_its_flat(client, cast, flat, page):
    both_signed(client, cast, flat, page)
    receipt = receive(
        cast[Role.HEAT_SUPPLIER], flat.building, payer=Payer.USER, flat=flat, fen=1_00, way="cash"
    )
    let_in(client, page)
    link = by_link(client, f"{page}money/").select_one(f'a[href*="files/receipts/{receipt.number}/"]')
    assert receipt.number in printed(content(client.get(link["href"])))
    neighbour = services.link_for(Flat.objects.exclude(pk=flat.pk).get(building__code="A2"))
    let_in(client, neighbour)
    assert client.get(f"{neighbour}files/receipts/{receipt.number}/").status_code == 404


def test_c3_4_a_flat_reads_what_concerns_it_of_its_buildings_acceptance_record(client, cast, flat, page):
    bureau, project = cast[Role.CITY_BUREAU], Project.objects.get(building__code="A2")
    held = a_round(cast, project)
    for one in Flat.objects.filter(building__code="A2"):
        MeasuredValue.objects.create(
            round=held, test="room_temperature_c", value=19, kept=True, flat=one, measured_on=clock.today()
        )
    type(held).objects.filter(pk=held.pk).update(decided_on=clock.today(), state="passed")
    record = issue(bureau, kind="acceptance", subject=subject_for(bureau, f"works.acceptanceround:{held.pk}"))
    link = by_link(client, f"{page}papers/").select_one(f'a[href$="files/acceptances/{record.pk}/"]')
    said = printed(content(client.get(link["href"])))
    assert "摘录" in said
    assert bare(record.number.words) in said
    assert flat.flat_id in said
    neighbour = Flat.objects.exclude(pk=flat.pk).get(building__code="A2")
    assert neighbour.flat_id not in said
