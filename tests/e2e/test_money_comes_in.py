"""Money in a real browser: a payment with its receipt, a statement of the bank, a reward drafted."""

import pytest
from playwright.sync_api import expect

from fenhu.programme import Role

pytestmark = pytest.mark.browser


def test_a_payment_is_recorded_and_its_receipt_opens_and_prints(act_as):
    page = act_as(Role.HEAT_SUPPLIER, width=360)
    page.goto("/buildings/A2/money/")
    left = page.locator("#flats tbody tr").first.locator("td.num").nth(2).inner_text()
    page.locator("#pay #flat").select_option(index=1)
    page.locator("#pay #yuan").fill("1.50")
    page.get_by_role("button", name="登记并开收据").click()
    page.get_by_text("已开收据").wait_for()
    expect(page.locator("#flats tbody tr").first.locator("td.num").nth(2)).not_to_have_text(left)
    page.locator("#moves tbody a").first.click()
    expect(page.locator(".answer")).to_contain_text("1.50")
    with page.expect_download() as kept:
        page.get_by_role("link", name="打印收据").click()
    assert kept.value.path().read_bytes().startswith(b"%PDF-")


def test_a_statement_of_the_bank_is_taken_in_and_what_is_not_found_waits(act_as, tmp_path):
    page = act_as(Role.HEAT_SUPPLIER)
    path = tmp_path / "流水.csv"
    path.write_text(
        "日期,金额,付款人,摘要,流水号,方式\n2011-04-10,3.00,某人,无名,E1,银行\n", encoding="utf-8"
    )
    page.goto("/money/bank/")
    page.locator("#file").set_input_files(path)
    page.get_by_role("button", name="导入", exact=True).click()
    page.get_by_text("待认领 1 笔").wait_for()
    expect(page.locator("#waiting")).to_contain_text("某人")


def test_a_file_that_cannot_be_used_says_where_and_changes_nothing(act_as, tmp_path):
    page = act_as(Role.HEAT_SUPPLIER, width=360)
    path = tmp_path / "坏.csv"
    path.write_text("日期,金额,流水号\n2011-04-10,三元,E9\n", encoding="utf-8")
    page.goto("/money/bank/")
    page.locator("#file").set_input_files(path)
    page.get_by_role("button", name="导入", exact=True).click()
    page.get_by_text("没有任何变动").wait_for()
    expect(page.locator("#take tbody")).to_contain_text("金额")


def test_c4_1_a_reward_is_drafted_by_the_bureau_and_says_when_nothing_is_due(act_as):
    page = act_as(Role.CITY_BUREAU)
    page.goto("/rewards/")
    page.get_by_role("button", name="编制市级奖励分配方案").click()
    page.get_by_role("heading", name="奖励资金分配方案").wait_for()
    expect(page.locator("#items")).to_contain_text("没有待支付的奖励")
    assert page.get_by_role("button", name="提出分配方案").is_disabled()
