"""A planner tries out a year in a real browser: a slider, a fixed building, the answer, side by side."""

import pytest
from playwright.sync_api import expect

from fenhu.programme import Role

pytestmark = pytest.mark.browser


def test_a_scenario_is_made_set_worked_out_and_compared(act_as):
    page = act_as(Role.HEAT_SUPPLIER)
    page.goto("/buildings/A1/")
    page.get_by_role("link", name="试排其他年度").click()
    page.locator("#new input[name=name]").fill("施工力量加五成")
    page.get_by_role("button", name="新建").click()

    page.locator("#choice-A1").select_option("2012")
    page.locator("#choices").get_by_role("button", name="选定").click()
    expect(page.locator("#changes")).to_contain_text("A1 楼定在 2012 年")

    page.locator("#desk summary", has_text="供热单位").click()
    slider = page.locator('input[data-mirrors="factor.CREW.0"]')
    slider.fill("150")
    number = page.locator('[id="factor.CREW.0"]')
    expect(number).to_have_value("150")
    number.fill("120")
    expect(slider).to_have_value("120")
    page.locator("#desk").get_by_role("button", name="开始测算").click()
    page.wait_for_url("**/plan/what-if/*/", timeout=60_000)

    expect(page.locator("#years thead")).to_contain_text("2012")
    expect(page.locator("#moved")).to_contain_text("2011 → 2012")
    page.get_by_role("link", name="与现行规划对比").click()
    expect(page.locator("svg.year-map")).to_have_count(2)

    phone = act_as(Role.HEAT_SUPPLIER, width=360)
    phone.goto(page.url)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    assert phone.locator("#one-side").bounding_box()["y"] < phone.locator("#other-side").bounding_box()["y"]


def test_without_javascript_the_numbers_alone_do_it(chromium, server, act_as):
    state = act_as(Role.HEAT_SUPPLIER).context.storage_state()
    context = chromium.new_context(
        java_script_enabled=False, base_url=server, storage_state=state, locale="zh-CN"
    )
    page = context.new_page()
    page.goto("/plan/what-if/")
    page.locator("#new input[name=name]").fill("只用数字")
    page.get_by_role("button", name="新建").click()
    expect(page.locator("input[type=range]").first).to_be_hidden()
    page.locator('[id="factor.CITY.0"]').fill("120")
    page.get_by_role("button", name="只保存设置").click()
    expect(page.locator("#changes")).to_contain_text("120%")
    context.close()
