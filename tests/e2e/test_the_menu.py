"""The menu by keyboard and on a telephone: one group open at a time, the page never covered."""

import pytest
from playwright.sync_api import expect
from tests.e2e.axe import grave_findings

from fenhu.programme import Role

pytestmark = pytest.mark.browser


def has_open(page, *groups):
    expect(page.locator("nav.rooms details[open] > summary")).to_have_text(groups)


def test_a_group_opens_by_keyboard_and_closes_the_other(act_as):
    page = act_as(Role.CITY_BUREAU)
    page.goto("/plans/")
    has_open(page, "计划安排")
    page.get_by_text("资金", exact=True).focus()
    page.keyboard.press("Enter")
    has_open(page, "资金")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/money/arrears/")
    expect(page.locator("nav.rooms [aria-current=page]")).to_have_text("逾期未缴")


@pytest.mark.parametrize("width", [360, 1280])
def test_an_open_group_covers_nothing_and_shows_where_one_is(act_as, width):
    page = act_as(Role.HEAT_SUPPLIER, width=width)
    page.goto("/metering/")
    strip = page.locator("nav.rooms details[open] > ul").bounding_box()
    place = page.locator("nav.rooms [aria-current]").bounding_box()
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= width
    assert page.locator("main").bounding_box()["y"] >= strip["y"] + strip["height"]
    assert grave_findings(page) == []


def test_rooms_are_reached_without_scripts(chromium, act_as, signed_in_states, server):
    act_as(Role.CITY_BUREAU)
    state = signed_in_states[Role.CITY_BUREAU]
    context = chromium.new_context(
        java_script_enabled=False, locale="zh-CN", base_url=server, storage_state=state
    )  # fmt: skip
    page = context.new_page()
    page.goto("/")
    page.get_by_text("施工", exact=True).click()
    page.get_by_role("link", name="施工单位").click()
    page.wait_for_url("**/contractors/")
    context.close()
