"""A conversion accepted and put into use in a real browser, by the office whose turn it is."""

import pytest
from playwright.sync_api import expect

from fenhu.programme import Role

pytestmark = pytest.mark.browser


def test_c3_4_the_bureau_lets_the_round_pass_and_accepts_and_the_supplier_puts_into_use(act_as):
    bureau = act_as(Role.CITY_BUREAU)
    bureau.goto("/work/")
    expect(bureau.locator("#waiting")).to_contain_text("A2号楼")
    bureau.goto("/projects/A2/acceptance/")
    bureau.get_by_role("button", name="合格", exact=True).click()
    expect(bureau.get_by_role("button", name="合格", exact=True)).to_have_count(0)
    bureau.goto("/projects/A2/")
    bureau.get_by_role("button", name="验收合格").click()
    bureau.get_by_text("已办理").first.wait_for()

    supplier = act_as(Role.HEAT_SUPPLIER, width=360)
    supplier.goto("/projects/A2/")
    supplier.get_by_role("button", name="投入使用").click()
    expect(supplier.locator(".answer")).to_contain_text("已投入使用")


def test_c3_1_a_community_ticks_all_flats_delivers_the_notices_and_leads_on(act_as):
    page = act_as(Role.COMMUNITY, width=360)
    page.goto("/projects/B1/")
    assert page.get_by_role("button", name="住户已告知").is_disabled()
    page.locator("input[data-ticks]").check()
    page.get_by_role("button", name="通知已送达").click()
    expect(page.get_by_role("status")).to_contain_text("已登记 2 户")
    page.get_by_role("button", name="住户已告知").click()
    expect(page.locator(".answer")).to_contain_text("已告知住户")
