"""Anybody's way on a cheap phone: a street's name, then who is responsible, whom to call, and when."""

import pytest
from playwright.sync_api import expect
from tests.e2e.axe import grave_findings

pytestmark = pytest.mark.browser
PAGES = (
    "/", "/public/search/?q=和平", "/public/search/?q=没有这条街", "/public/buildings/A2/",
    "/public/plan/2010/",
    "/public/acceptance/", "/public/rewards/", "/public/commendations/", "/public/policy/",
    "/public/campaign/", "/public/data/",
)  # fmt: skip


def holds(page):
    """Fail where a page is wider than its window or axe finds something grave."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], page.url
    assert grave_findings(page) == [], page.url


def test_journey_5_a_street_leads_to_supplier_contractor_telephones_state_and_date(open_page):
    page = open_page(width=360)
    page.goto("/")
    page.get_by_role("searchbox").fill("和平路 Ａ2")
    page.get_by_role("button", name="查找").click()
    page.wait_for_url("**/public/search/*")
    holds(page)
    page.get_by_role("link", name="和平小区 A2号楼").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("和平小区 A2号楼")
    answer = page.locator(".answer").inner_text()
    assert "2010" in answer
    assert "宏远热力" in answer
    expect(page.get_by_role("main")).to_contain_text("建安公司")
    assert page.locator(".way .here").inner_text().startswith("已完工，待验收")
    expect(page.locator(".way .behind time").first).to_have_text("2010-06-01")
    calls = page.locator("a.call")
    assert [calls.nth(n).get_attribute("href") for n in range(2)] == ["tel:0418-1234567", "tel:0418-7654321"]
    assert calls.first.bounding_box()["height"] >= 44
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == 18
    holds(page)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_public_page_holds(open_page, width, language):
    page = open_page(width=width)
    page.goto(f"/public/language/?to={language}&next=/")
    for address in PAGES:
        page.goto(address)
        holds(page)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        holds(page)


def test_the_whole_portal_is_walked_by_its_links_without_a_mouse(open_page):
    page = open_page(width=360)
    page.goto("/public/policy/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    for name in ("今年计划", "开放数据", "我的楼栋"):
        page.locator("header nav").get_by_role("link", name=name).press("Enter")
        page.locator("header a[aria-current=page]", has_text=name).wait_for()
