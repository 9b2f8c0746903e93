"""Anybody verifies a paper by its code, without signing in; nothing personal is told, nothing is kept."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.web.documents.steps import a_project, flats_of

from fenhu.programme import Role
from fenhu.web.documents.codes import grouped
from fenhu.web.documents.services import issue, replace, withdraw
from fenhu.web.ui.slowing_down import MOST_MISSES

pytestmark = pytest.mark.django_db
LIGHT_BYTES = 20_000


@pytest.fixture(autouse=True)
def _nobody_asked_before():
    cache.clear()


@pytest.fixture
def supplier(cast):
    return cast[Role.HEAT_SUPPLIER]


@pytest.fixture
def notice(supplier):
    return issue(supplier, kind="building_notice", subject=a_project())


def address(document):
    return reverse("verification", args=[grouped(document.number.code)])


def words(client, document):
    return client.get(address(document)).content.decode()


def test_a_valid_paper_is_said_to_be_valid_with_number_office_and_digest(client, notice):
    said = words(client, notice)
    for expected in ("有效", notice.number.words, "宏远热力", "和平小区 A2号楼", notice.digest[:8]):
        assert expected in said
    assert len(said.encode()) < LIGHT_BYTES


def test_the_code_is_read_however_it_is_typed(client, notice):
    typed = grouped(notice.number.code).lower().replace("-", " ")
    assert client.get(reverse("verification", args=[typed])).status_code == 200


def test_a_flats_paper_tells_only_its_kind_and_building(client, supplier):
    flat = flats_of(a_project())[0]
    said = words(client, issue(supplier, kind="flat_notice", subject=flat))
    assert "和平小区 A2号楼" in said
    for hidden in ("张三", "0001234", "1-1-101"):
        assert hidden not in said


def test_a_replaced_paper_names_its_successor(client, notice, supplier):
    successor = replace(supplier, notice, reason="电话变更")
    said = words(client, notice)
    assert successor.number.words in said
    assert address(successor) in said
    assert "电话变更" in said


def test_a_replaced_paper_of_a_flat_gives_neither_code_nor_reason_away(client, supplier):
    paper = issue(supplier, kind="flat_notice", subject=flats_of(a_project())[0])
    successor = replace(supplier, paper, reason="户主张三丰去世")
    said = words(client, paper)
    assert successor.number.words in said
    assert grouped(successor.number.code) not in said
    assert "张三" not in said


def test_a_withdrawn_paper_is_said_to_be_withdrawn(client, notice, supplier):
    withdraw(supplier, notice, reason="发错楼栋")
    said = words(client, notice)
    assert "已失效" in said
    assert "撤回" in said


def test_an_unknown_code_is_warned_of(client, db):
    answer = client.get(reverse("verification", args=["AAAA-AAAA-AAAA-AAAA"]))
    assert answer.status_code == 404
    assert "不要采信" in answer.content.decode()


def test_number_and_code_lead_to_the_paper_only_together(client, notice):
    asked = {"number": notice.number.words.replace("〔", "[").replace("〕", "]"), "code": notice.number.code}
    assert client.post(reverse("verify"), asked).headers["Location"] == address(notice)
    for wrong in ({"number": "别的〔2011〕1号"}, {"code": "A" * 16}, {"code": ""}):
        assert client.post(reverse("verify"), asked | wrong).status_code == 422


def compared(client, document, **sent):
    return client.post(address(document), sent).content.decode()


def test_a_copy_is_compared_and_not_kept(client, notice, settings):
    with notice.file.open("rb") as file:
        issued = file.read()
    before = sorted(settings.MEDIA_ROOT.rglob("*"))
    assert "完全相同" in compared(client, notice, file=SimpleUploadedFile("a.pdf", issued))
    assert "不一致" in compared(client, notice, file=SimpleUploadedFile("a.pdf", issued + b"\n"))
    assert sorted(settings.MEDIA_ROOT.rglob("*")) == before


def test_a_typed_digest_is_compared(client, notice):
    spelt = " ".join((notice.digest[:32].upper(), notice.digest[32:]))
    assert "完全相同" in compared(client, notice, digest=spelt)
    assert "不一致" in compared(client, notice, digest="0" * 64)
    assert "64 位" in compared(client, notice, digest="abc")
    assert "64 位" in compared(client, notice)


def test_whoever_tries_codes_has_to_wait_while_holders_of_papers_never_do(client, notice):
    for _ in range(MOST_MISSES):
        assert client.get(address(notice)).status_code == 200
    unknown = reverse("verification", args=["AAAA-AAAA-AAAA-AAAA"])
    for _ in range(MOST_MISSES):
        assert client.get(unknown).status_code == 404
    answer = client.get(unknown)
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert client.get(address(notice)).status_code == 200


def test_of_two_servers_each_allows_half_the_tries(client, settings):
    settings.SERVERS = 2
    unknown = reverse("verification", args=["AAAA-AAAA-AAAA-AAAA"])
    answers = [client.get(unknown).status_code for _ in range(MOST_MISSES // 2 + 1)]
    assert answers == [404] * (MOST_MISSES // 2) + [429]
