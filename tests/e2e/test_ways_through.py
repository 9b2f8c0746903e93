"""The ways people take through the product, in a real browser."""

import pytest
from playwright.sync_api import expect
from tests.web.cast import PASSWORD

from fenhu.programme import Role

pytestmark = pytest.mark.browser


def test_somebody_signs_in_finds_a_building_reads_it_and_signs_out(open_page):
    page = open_page()
    page.goto("/")
    page.get_by_role("link", name="登录").click()
    page.get_by_label("用户名").fill("city_bureau")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    page.wait_for_url("**/")
    expect(page.get_by_role("heading", level=1)).to_have_text("市建委")

    page.get_by_role("searchbox").fill("和平小区 A2")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="和平小区 A2号楼").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("和平小区 A2号楼")
    expect(page.locator("svg.elevation")).to_have_count(2)
    expect(page.locator(".answer")).to_contain_text("改造")

    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/login/**")


def test_a_cell_of_the_elevation_opens_its_flat(act_as):
    page = act_as(Role.CITY_BUREAU)
    page.goto("/buildings/A2/")
    page.locator("svg.elevation a.cell").first.click()
    page.wait_for_url("**flat=1-1-101**")
    assert page.locator("tr.marked").get_attribute("id") == "flat-1-1-101"


def test_a_slash_leads_to_the_search_and_stays_a_slash_where_one_types(act_as):
    page = act_as(Role.CITY_BUREAU)
    page.goto("/buildings/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.locator("#filter-search").focus()
    page.keyboard.type("a/b")
    expect(page.locator("#filter-search")).to_have_value("a/b")


def test_the_list_narrows_itself_and_its_address_can_be_sent_on(act_as):
    page = act_as(Role.CITY_BUREAU)
    page.goto("/buildings/")
    page.get_by_label("区", exact=True).select_option("太平")
    page.wait_for_url("**district=**")
    page.locator("#list tbody tr:only-child").wait_for()
    expect(page.locator("#answer strong").first).to_contain_text("1")
    address = page.url
    assert "owner_kind" not in address
    page.goto(address)
    expect(page.locator("#list tbody tr")).to_have_count(1)
    page.go_back()


def test_the_language_changes_and_stays(act_as):
    page = act_as(Role.CITY_BUREAU)
    page.goto("/buildings/A2/")
    page.get_by_role("button", name="English").click()
    page.locator("html[lang=en]").wait_for()
    assert page.url.endswith("/buildings/A2/")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("City construction bureau")
    page.get_by_role("button", name="中文").click()
    page.locator("html[lang=zh-Hans]").wait_for()


def test_everything_is_reached_by_the_keyboard_alone(act_as):
    page = act_as(Role.CITY_BUREAU)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
