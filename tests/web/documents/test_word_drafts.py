"""The Word file beside the paper: for the office that edits it, marked as a draft, never numbered."""

import io

import docx
import pytest
from tests.web.documents.steps import a_project, flats_of, studied
from tests.web.ui.pages import visit

from fenhu.errors import NotAllowed, UnknownItem
from fenhu.programme import Role
from fenhu.web.documents.models import Number
from fenhu.web.documents.services import issue, word_draft
from fenhu.web.works.models import Project

pytestmark = pytest.mark.django_db


def opened(content):
    file = docx.Document(io.BytesIO(content))
    head = "".join(one.text for one in file.sections[0].header.paragraphs)
    return head, "".join(one.text for one in file.paragraphs)


def test_a_draft_says_so_on_every_page_and_bears_neither_number_nor_code(cast):
    flat = flats_of(a_project())[0]
    head, said = opened(word_draft(cast[Role.HEAT_SUPPLIER], kind="contract", subject=flat))
    assert "草稿" in head
    assert "第十二条" in said
    assert "扫码" not in said
    assert not Number.objects.exists()


def test_only_who_issues_a_paper_edits_it_and_only_where_it_is_edited(cast):
    flat = flats_of(a_project())[0]
    with pytest.raises(NotAllowed):
        word_draft(cast[Role.CITY_BUREAU], kind="contract", subject=flat)
    with pytest.raises(UnknownItem):
        word_draft(cast[Role.HEAT_SUPPLIER], kind="flat_notice", subject=flat)


def test_the_paper_s_page_offers_the_word_file_beside_the_pdf_to_its_office_alone(client, cast):
    supplier, project = cast[Role.HEAT_SUPPLIER], a_project()
    Project.objects.filter(pk=project.pk).update(state="informed")
    flat = flats_of(project)[0]
    paper = issue(supplier, kind="flat_notice", subject=flat)
    assert not visit(client, supplier, f"/documents/{paper.pk}/").select('a[href$=".docx"]')
    studied()
    contract = issue(supplier, kind="contract", subject=flats_of(project)[0])
    link = visit(client, supplier, f"/documents/{contract.pk}/").select_one('a[href$=".docx"]')
    assert "草稿" in opened(b"".join(client.get(link["href"]).streaming_content))[0]
    assert not visit(client, cast[Role.CITY_BUREAU], f"/documents/{contract.pk}/").select('a[href$=".docx"]')
