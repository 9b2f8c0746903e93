"""An office's own templates: tried out with sample values, put in force, taken back; others keep theirs."""

import pytest
from django.core.files.base import ContentFile
from tests.web.documents.steps import a_project

from fenhu.errors import InputFault, NotAllowed, TemplateFault, UnknownItem, WrongState
from fenhu.programme import Role
from fenhu.web.documents import queries
from fenhu.web.documents.models import TemplateFile
from fenhu.web.documents.services import choose_template, issue, office_of, upload_template
from fenhu.web.documents.templating import MOST_BYTES
from fenhu.web.journal.queries import entries_of

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]
NAME = "building_notice.typ"


@pytest.fixture
def supplier(cast):
    return cast[Role.HEAT_SUPPLIER]


@pytest.fixture
def office(supplier):
    return office_of(supplier.grants.get())


def a_file(words):
    content = words if isinstance(words, bytes) else words.encode()
    return ContentFile(content, name="模板.typ")


def changed(office, words):
    return queries.template_content(office, NAME, None).decode() + words


def test_the_packaged_template_is_in_force_until_the_office_chooses_its_own(supplier, office):
    own = upload_template(supplier, office, NAME, a_file(changed(office, "\n补充说明。\n")))
    assert queries.template_view(office, NAME).row.version is None
    choose_template(supplier, office, NAME, own.version)
    made = issue(supplier, kind="building_notice", subject=a_project())
    assert made.template == own
    choose_template(supplier, office, NAME, None)
    assert queries.template_view(office, NAME).row.version is None
    made.refresh_from_db()
    assert made.template == own


def test_papers_are_laid_out_by_the_template_in_force(supplier, office):
    plain = queries.template_preview(office, NAME, None)
    own = upload_template(supplier, office, NAME, a_file(changed(office, "\n#pagebreak()\n另页说明\n")))
    assert queries.template_pages(office, NAME, own.version) > queries.template_pages(office, NAME, None)
    assert queries.template_preview(office, NAME, None) == plain
    assert queries.template_picture(office, NAME, own.version, 0).startswith(b"\x89PNG")
    assert queries.template_picture(office, NAME, own.version, 99) is None


def test_a_faulty_template_is_refused_with_file_line_and_reason(supplier, office):
    with pytest.raises(TemplateFault) as refused:
        upload_template(supplier, office, NAME, a_file("第一行\n#no-such-function()\n"))
    assert (refused.value.file, refused.value.line) == (NAME, 2)
    assert not TemplateFile.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"x" * (MOST_BYTES + 1), b"\x89PNG\x00\x01", "供暖改造的通知".encode("gb18030"), b"a\x00b"],
)  # fmt: skip
def test_a_file_is_judged_by_size_and_content(supplier, office, content):
    with pytest.raises(InputFault):
        upload_template(supplier, office, NAME, a_file(content))


@pytest.mark.parametrize("words", ['#read("/etc/hostname")', '#read("../../../pyproject.toml")',
                                   '#import "@preview/example:0.1.0": add'])  # fmt: skip
def test_a_template_reads_nothing_of_the_server_and_loads_nothing_from_the_net(supplier, office, words):
    with pytest.raises(TemplateFault):
        upload_template(supplier, office, NAME, a_file(words))


def test_a_template_of_another_office_changes_nothing_of_ones_own(cast, supplier, office):
    other = cast.other_supplier
    their = office_of(other.grants.get())
    own = upload_template(other, their, NAME, a_file(changed(their, "\n说明\n")))
    choose_template(other, their, NAME, own.version)
    assert queries.template_view(office, NAME).versions == ()
    assert issue(supplier, kind="building_notice", subject=a_project()).template is None
    with pytest.raises(NotAllowed):
        choose_template(supplier, their, NAME, None)


def test_every_change_is_written_into_the_journal(supplier, office):
    own = upload_template(supplier, office, NAME, a_file(changed(office, "\n说明\n")))
    choose_template(supplier, office, NAME, own.version)
    choose_template(supplier, office, NAME, None)
    told = [(entry.kind, entry.data["version"]) for entry in entries_of(office)]
    assert told == [("template.uploaded", 1), ("template.in_force", 1), ("template.in_force", None)]


def test_it_refuses_what_is_not_there_or_in_force_already(supplier, office):
    with pytest.raises(UnknownItem):
        upload_template(supplier, office, "poem.typ", a_file("诗"))
    with pytest.raises(UnknownItem):
        choose_template(supplier, office, NAME, 7)
    with pytest.raises(WrongState):
        choose_template(supplier, office, NAME, None)


def test_a_template_that_leaves_out_an_article_of_the_contract_is_refused(supplier, office):
    packaged = queries.template_content(office, "contract.typ", None).decode()
    cut = packaged.replace("data.articles.slice(0, -1)", "data.articles.slice(4, -1)")
    assert cut != packaged
    with pytest.raises(InputFault, match=r"data\.articles"):
        upload_template(supplier, office, "contract.typ", a_file(cut))
    upload_template(supplier, office, "contract.typ", a_file(packaged + "\n#pagebreak()\n本单位说明\n"))
