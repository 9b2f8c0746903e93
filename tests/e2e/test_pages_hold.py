"""Every page on a phone and at a desk: no sideways scroll, names on everything, colours one can read."""

import pytest
from playwright.sync_api import expect

from fenhu.programme import Role

pytestmark = pytest.mark.browser

OFFICE_PAGES = (
    "/", "/map/", "/map/?layer=warmth", "/bulletin/",
    "/buildings/", "/buildings/A1/", "/buildings/A2/", "/search/?q=和平小区", "/plan/2011/",
    "/plan/unplanned/", "/plans/", "/import/", "/policy/", "/journal/", "/work/", "/projects/",
    "/projects/A1/", "/projects/A2/", "/projects/A2/site/", "/projects/A2/acceptance/",
    "/projects/A1/warranty/", "/buildings/A2/design/", "/cases/", "/contractors/", "/campaign/",
    "/commendations/", "/money/?year=2010", "/money/purses/1/", "/money/arrears/", "/money/bank/",
    "/buildings/A2/money/", "/buildings/A2/fund/", "/prices/", "/metering/", "/money/accounts/2/",
    "/rewards/",
)  # fmt: skip
SUPPLIERS_PAGES = (
    "/plans/1/", "/plans/2/", "/projects/A2/", "/projects/A2/site/", "/buildings/A2/design/", "/cases/",
    "/buildings/A2/money/", "/money/bank/",
)  # fmt: skip
OPEN_PAGES = ("/", "/public/buildings/A2/", "/login/")

# Controls without a name, pictures without a title, headings that jump, ids that occur twice.
NAMELESS = """() => {
  const faults = [];
  const named = (e) => e.getAttribute('aria-label') || e.textContent.trim() || e.title
    || (e.labels && [...e.labels].some((l) => l.textContent.trim()));
  const controls = 'input:not([type=hidden]), select, textarea, button, a[href], summary';
  for (const e of document.querySelectorAll(controls))
    if (!named(e)) faults.push('nameless ' + e.outerHTML.slice(0, 80));
  for (const e of document.querySelectorAll('svg:not([aria-hidden])'))
    if (!e.querySelector('title')?.textContent.trim()) faults.push('untitled svg');
  for (const e of document.querySelectorAll('img:not([alt])')) faults.push('img without alt ' + e.src);
  let before = 0;
  for (const e of document.querySelectorAll('h1, h2, h3, h4')) {
    const level = Number(e.tagName[1]);
    if (level > before + 1) faults.push('heading jumps to ' + e.tagName + ' ' + e.textContent.trim());
    before = level;
  }
  const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push('id twice: ' + id);
  for (const t of document.querySelectorAll('table'))
    if (!t.querySelector('thead th[scope=col]')) faults.push('table without heads');
  return faults;
}"""

# Text whose contrast with what lies behind it is below WCAG AA (4.5, large text 3).
FAINT = """() => {
  const channel = (v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const light = (c) => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const parse = (s) => (s.match(/[\\d.]+/g) || []).map(Number);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const faults = new Set();
  for (const e of document.querySelectorAll('body *')) {
    if (e.closest('svg') || !e.checkVisibility()) continue;
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) continue;
    const style = getComputedStyle(e);
    const [a, b] = [light(parse(style.color)), light(behind(e))].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 600);
    const ratio = (a + 0.05) / (b + 0.05);
    const words = e.textContent.trim().slice(0, 30);
    if (ratio < (large ? 3 : 4.5)) faults.add(`${ratio.toFixed(2)} ${e.className} ${words}`);
  }
  return [...faults];
}"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_scrolls_sideways_and_everything_is_named_and_legible(act_as, server, width, language):
    page = act_as(Role.CITY_BUREAU, width=width)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": server}])
    for address in OFFICE_PAGES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.evaluate(NAMELESS) == [], address
        assert page.evaluate(FAINT) == [], address


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_a_supplier_works_on_hold_with_all_their_forms(act_as, width):
    page = act_as(Role.HEAT_SUPPLIER, width=width)
    for address in SUPPLIERS_PAGES:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.evaluate(NAMELESS) == [], address
        assert page.evaluate(FAINT) == [], address


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_open_to_anybody_hold_too(open_page, width):
    page = open_page(width=width)
    for address in OPEN_PAGES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.evaluate(NAMELESS) == [], address
        assert page.evaluate(FAINT) == [], address


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CITY_BUREAU], ids=str)
def test_everybodys_first_page_holds_on_a_phone(act_as, role):
    page = act_as(role, width=360)
    page.goto("/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(FAINT) == []


def test_a_page_prints_without_its_controls(act_as):
    page = act_as(Role.CITY_BUREAU, width=700)  # about what A4 offers
    page.goto("/buildings/A2/")
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
    expect(page.locator("#find")).to_be_hidden()
    expect(page.locator("svg.elevation").first).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
