"""The map in a browser: by mouse, by keyboard, without scripts, on a phone."""

import pytest
from playwright.sync_api import expect
from tests.e2e.axe import grave_findings

from fenhu.programme import Role

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1280])
def test_the_map_says_what_is_pointed_at_and_leads_there(act_as, width):
    page = act_as(Role.CITY_BUREAU, width=width)
    page.goto("/map/?layer=year")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert grave_findings(page) == []
    building = page.locator("#map a.place").first
    building.hover()
    said = page.locator(".told")
    expect(said).to_have_text(building.locator("title").text_content())
    building.click()
    page.wait_for_url("**/buildings/*/")


def test_the_map_is_walked_by_keyboard(act_as):
    page = act_as(Role.CITY_BUREAU)
    page.goto("/map/?layer=year")
    last = page.locator("#map .keys a").last
    last.focus()
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_class("skip-map")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_class("place")
    expect(page.locator(".told")).to_have_text(focused.locator("title").text_content())
    page.keyboard.press("Enter")
    page.wait_for_url("**/buildings/*/")


def test_the_filter_changes_the_map_in_place(act_as):
    page = act_as(Role.CITY_BUREAU)
    page.goto("/map/")
    with page.expect_response("**/map/?*"):
        page.select_option("#filter-district", "太平")
    page.wait_for_url("**district=*")
    expect(page.locator("#map a.place")).to_have_count(1)
    page.locator("#map a.place").hover()
    expect(page.locator(".told")).to_contain_text("B1")


def test_the_map_prints(act_as):
    page = act_as(Role.CITY_BUREAU, width=700)
    page.goto("/map/")
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
    expect(page.locator("#map svg.city-map").first).to_be_visible()
    expect(page.locator("#sieve")).to_be_hidden()
