"""Hashing stored papers again: an altered or missing one is named, by number and file."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from tests.web.documents.steps import a_project, flats_of

from fenhu.errors import InputFault
from fenhu.programme import Role
from fenhu.web.documents.services import issue, verify
from fenhu.web.journal.triggers import remove_from

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers(cast):
    return [issue(cast[Role.HEAT_SUPPLIER], kind="flat_notice", subject=one) for one in flats_of(a_project())]


def test_papers_as_they_were_issued_are_counted_and_nothing_is_said(papers, capsys):
    report = verify()
    assert (report.papers, report.faults) == (2, ())
    assert report.size_bytes == sum(one.size_bytes for one in papers)
    call_command("verify_papers")
    assert "2" in capsys.readouterr().out


def test_one_changed_byte_names_the_paper(papers):
    altered, name = papers[0], papers[0].file.name
    with altered.file.open("rb") as file:
        content = file.read()
    default_storage.delete(name)
    default_storage.save(name, ContentFile(content[:-1] + b"x"))
    (fault,) = verify().faults
    assert altered.number.words in str(fault)
    assert name in str(fault)
    with pytest.raises(InputFault, match=altered.number.words):
        call_command("verify_papers")


def test_a_missing_file_names_the_paper(papers):
    default_storage.delete(papers[1].file.name)
    (fault,) = verify().faults
    assert papers[1].number.words in str(fault)


def test_a_digest_changed_in_the_database_is_found_by_the_journal(papers, raw):
    connection.check_constraints()
    remove_from(connection, "documents_document")
    raw(f"UPDATE documents_document SET digest = '{'0' * 64}' WHERE id = {papers[0].pk}")
    said = " ".join(map(str, verify().faults))
    assert papers[0].number.words in said
    assert "journal" in said or "日志" in said
