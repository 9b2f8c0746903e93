"""A building designed in a real browser: a radiator changed, reasons given, submitted and approved."""

import re

import pytest
from playwright.sync_api import expect

from fenhu.programme import Role

pytestmark = pytest.mark.browser
PAGE = "/buildings/A3/design/"


def test_c3_3_a_design_is_made_changed_submitted_and_approved(act_as):
    page = act_as(Role.HEAT_SUPPLIER)
    page.goto("/buildings/A3/")
    page.get_by_role("link", name="改造设计").click()
    page.get_by_role("button", name="设计这栋楼").click()
    bill, share = page.locator("#versions tbody tr .num").inner_text(), page.locator("#money").inner_text()

    page.locator("#part").select_option("1-1-101")
    page.locator("#parts").get_by_role("button", name="查看").click()
    sections = page.locator("#parts input[name=value]").first
    sections.fill(str(int(sections.input_value()) + 3))
    sections.press("Enter")
    page.locator("#difference").wait_for()
    assert re.search(r"\+\d", page.locator("#difference").inner_text())
    expect(page.locator("#versions tbody tr")).to_have_count(2)
    expect(page.locator("#versions tbody tr .num").first).not_to_have_text(bill)
    expect(page.locator("#money")).not_to_have_text(share)

    empty = page.locator("#checks input[name=reason]:not([value]), #checks input[value='']")
    for left in reversed(range(empty.count())):
        empty.first.fill("按改造条件采用")
        empty.first.press("Enter")
        expect(page.get_by_text("理由已").first).to_be_visible()
        expect(empty).to_have_count(left)
    page.get_by_role("button", name="提交审查").click()
    expect(page.locator(".answer")).to_contain_text("已提交审查")
    page.goto("/projects/A3/")
    page.get_by_role("button", name="报审图纸").click()
    expect(page.get_by_role("status")).to_contain_text("已办理")

    bureau = act_as(Role.CITY_BUREAU, width=360)
    bureau.goto("/projects/A3/")
    bureau.get_by_role("button", name="审定图纸").click()
    expect(bureau.get_by_role("status")).to_contain_text("已办理")
    bureau.goto(PAGE)
    expect(bureau.locator(".answer")).to_contain_text("已批准")
