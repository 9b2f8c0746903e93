"""Help: every page's question mark opens a paragraph that is there, in the reader's language."""

import pytest
from tests.web.access.walk import every_name
from tests.web.ui.pages import visit, words

from fenhu.programme import Role
from fenhu.web.api import urls as api
from fenhu.web.portal import urls as portal
from fenhu.web.ui.helping import HELP, help_for
from fenhu.web.ui.manual import HOME, manual_page, written_pages
from fenhu.wording import CHINESE, ENGLISH

# Addresses that are no pages: what is done, what is handed out, and pieces of pages.
NO_PAGES = (
    "-photo",
    "-fault",
    "-act",
    "-export",
    "-file",
    "-template",
    "-pdf",
    "-take",
    "-step",
    "-create",
    "-ask",
    "-try",
)
NEED_NONE = {
    "set-language", "logout", "search-suggest", "help", "help-page", "health", "ready", "metrics", "calendar",
    "bulletin-paper", "bulletin-publish", "bulletin-take-back", "annual-plan-schedule",
    "calendar-renew", "paper", "plan-book", "scenarios-moved", "replan-changes", "replan-adopt",
    "annual-plan-add", "annual-plan-remove", "annual-plan-object", "annual-plan-left-out",
    "annual-plan-scheme", "contractor-bar", "contractor-lift", "campaign-material", "commendation-give",
    "books-close", "bank-line", "receipt-void", "prices-enter", "reward-draft", "upload-findings",
    "upload-apply", "upload-discard", "job-cancel", "job-go-on", "document-issue", "document-replace",
    "document-withdraw", "document-print", "document-template-preview", "document-template-picture",
    "document-template-choose", "document-word", "plan-city", "verify", "verification",
    "api-token-revoke", "api-webhook-renew", "api-delivery-replay", "session-end",
    "sessions-end-others", "person-erase",
}  # fmt: skip


# Households' pages explain themselves, one thing a screen, and name whom to call.
HOUSEHOLDS = {"flat-page", "flat-screen", "my-flat", "my-flat-page", "my-flat-screen"}
# So do the public's, and what it takes away are files.
PUBLICS = {one.name for one in portal.urlpatterns}
# Other systems read the interface's description.
SYSTEMS = {one.name for one in api.urlpatterns}


def needs_help(name):
    return name not in NEED_NONE | HOUSEHOLDS | PUBLICS | SYSTEMS and not name.endswith(NO_PAGES)


def test_every_page_has_its_paragraph_or_needs_none():
    pages = {name for name in every_name() if needs_help(name)}
    assert pages - set(HELP) == set()


def test_no_paragraph_is_meant_for_a_page_that_is_gone():
    assert set(HELP) - set(every_name()) == set()


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
@pytest.mark.parametrize("target", sorted(set(HELP.values())))
def test_the_paragraph_is_there_in_both_languages(target, language):
    name, _, anchor = target.partition("#")
    page = manual_page(name, language)
    assert page.language == language
    assert not anchor or anchor in page.anchors


def test_every_chinese_page_has_its_english_one():
    chinese = {page.removeprefix("zh/") for page in written_pages() if page.startswith("zh/")}
    assert chinese - written_pages() == set()


def test_what_clerks_and_a_designs_engineer_read_is_there_in_both_languages():
    pages = written_pages()
    design = {f"engineers/{name}.md" for name in ("design", "review", "bill", "designs-made-elsewhere")}
    english = {page for page in pages if page.startswith("clerks/")} | design
    assert {f"zh/{page}" for page in english} - pages == set()


@pytest.mark.parametrize("page", sorted(page for page in written_pages() if page.startswith("zh/")))
def test_a_chinese_page_has_every_heading_of_the_english_one(page):
    name = page.removeprefix("zh/").removesuffix(".md")
    if name != HOME:
        english, chinese = manual_page(name, ENGLISH), manual_page(name, CHINESE)
        assert {one.anchor for one in english.headings} <= chinese.anchors


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "said"), [("en", "Payments"), ("zh-hans", "收款")])
def test_a_question_mark_opens_the_paragraph(client, cast, language, said):
    mark = visit(client, cast[Role.CITY_BUREAU], "/money/arrears/", language=language).select_one(
        ".help-mark"
    )
    address, _, anchor = mark["href"].partition("#")
    page = visit(client, cast[Role.CITY_BUREAU], address, language=language)
    assert words(page.find(id=anchor)).startswith(said)


@pytest.mark.django_db
def test_links_between_pages_stay_within_the_help(client):
    page = client.get("/help/", headers={"accept-language": "zh-hans"}).content.decode()
    assert 'href="/help/clerks/money/"' in page
    assert ".md" not in page


@pytest.mark.django_db
def test_every_page_of_the_documentation_is_shown(client):
    names = sorted(name.removesuffix(".md") for name in written_pages() if not name.startswith("zh/"))
    for name in names:
        answer = client.get(f"/help/{name}/", headers={"accept-language": "en"})
        assert answer.status_code == 200, name
        assert "style=" not in answer.content.decode(), name


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["nothing", "../README", "zh/../../README", "clerks/../../README"])
def test_nothing_outside_the_documentation_is_shown(client, name):
    assert client.get(f"/help/{name}/").status_code == 404


def test_a_page_in_one_language_only_says_so():
    assert manual_page("engineers/heat", CHINESE).language == ENGLISH
    assert manual_page("clerks/register", ENGLISH).language == ENGLISH


def test_a_page_without_a_paragraph_has_no_question_mark():
    assert help_for("logout") == help_for(None) == ""
