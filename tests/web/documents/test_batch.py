"""The papers of all flats as one file a building, and who makes them."""

import pypdfium2
import pytest
from tests.web.documents.steps import a_project, flats_of

from fenhu.errors import InputFault, NotAllowed
from fenhu.programme import Role
from fenhu.web.documents import queries
from fenhu.web.documents.models import Document
from fenhu.web.documents.services import issue, start_batch, withdraw


@pytest.mark.django_db
def test_each_paper_begins_on_the_front_of_a_sheet_in_the_order_of_flats(cast):
    supplier, project = cast[Role.HEAT_SUPPLIER], a_project()
    for flat in reversed(flats_of(project)):
        issue(supplier, kind="flat_notice", subject=flat)
    ordered = Document.objects.order_by("flat__storey")
    pages = [pypdfium2.PdfDocument(content(one)) for one in ordered]
    whole = pypdfium2.PdfDocument(queries.print_file(supplier, "flat_notice", project))
    at = 0
    for paper in pages:
        assert at % 2 == 0
        assert words(whole, at) == words(paper, 0)
        at += len(paper) + len(paper) % 2
    assert len(whole) == at


@pytest.mark.django_db
def test_what_is_withdrawn_is_not_printed(cast):
    supplier, project = cast[Role.HEAT_SUPPLIER], a_project()
    kept, dropped = (issue(supplier, kind="flat_notice", subject=flat) for flat in flats_of(project))
    withdraw(supplier, dropped, reason="户主变更")
    whole = pypdfium2.PdfDocument(queries.print_file(supplier, "flat_notice", project))
    assert kept.number.words in "".join(words(whole, page) for page in range(len(whole)))
    assert dropped.number.words not in "".join(words(whole, page) for page in range(len(whole)))


def content(document):
    with document.file.open("rb") as file:
        return file.read()


def words(pdf, page):
    return pdf[page].get_textpage().get_text_bounded()


@pytest.mark.django_db
def test_only_papers_of_flats_are_made_in_batches_and_only_by_who_issues_them(cast):
    with pytest.raises(InputFault):
        start_batch(cast[Role.HEAT_SUPPLIER], kind="building_notice", year=2011)
    with pytest.raises(NotAllowed):
        start_batch(cast[Role.CITY_BUREAU], kind="flat_notice", year=2011)
