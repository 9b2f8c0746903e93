"""Components, help, search and refusals in a browser: nothing axe calls serious, all by the keyboard."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from fenhu.programme import Role

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "/design/", "/help/", "/help/clerks/around/", "/help/clerks/money/", "/search/?q=和平小区",
    "/search/?q=和平小曲",
    *(f"/design/faults/{kind}/" for kind in ("403", "404", "413", "422", "429", "500")),
)  # fmt: skip
RUN = """async () => {
  const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];
  const found = await axe.run(document, {runOnly: rules});
  if (found.passes.length < 10) return [`axe looked at ${found.passes.length} rules only`];
  return found.violations.filter((one) => ['serious', 'critical'].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 90)).join(' | ')}`);
}"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_axe_finds_nothing_serious(act_as, server, width, language):
    page = act_as(Role.CITY_BUREAU, width=width)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": server}])
    for address in PAGES:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert page.evaluate(RUN) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_something_is_found_by_the_keyboard_alone(act_as):
    page = act_as(Role.CITY_BUREAU)
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("hpxqa2")
    page.locator("#suggestions a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/buildings/A2/")


def test_escape_closes_the_suggestions_and_enter_shows_all(act_as):
    page = act_as(Role.CITY_BUREAU)
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("和平小区")
    page.locator("#suggestions a").first.wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")


def test_a_question_mark_opens_its_paragraph(act_as):
    page = act_as(Role.CITY_BUREAU)
    page.goto("/metering/")
    page.locator(".help-mark").click()
    page.wait_for_url("**/help/clerks/metering/#readings-by-file")
    expect(page.locator("#readings-by-file")).to_be_visible()


def test_a_page_of_help_prints_without_its_menu(act_as):
    page = act_as(Role.CITY_BUREAU, width=700)
    page.goto("/help/clerks/money/")
    page.emulate_media(media="print")
    expect(page.locator(".manual-contents")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
