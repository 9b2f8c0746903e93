"""Journey 3: the notice's code on a cheap telephone, from the date to signature, complaint and answer."""

import re

import pytest
from playwright.sync_api import expect
from tests.e2e.axe import grave_findings

from fenhu.programme import Role

pytestmark = pytest.mark.browser
PHONE = 360
SCREENS = ("", "flat/", "money/", "consent/", "contract/", "report/", "complaint/", "people/", "bills/")


@pytest.fixture
def printed(act_as):
    """The path of the page of one of A4's flats, as the supplier prints it."""
    page = act_as(Role.HEAT_SUPPLIER)
    page.goto("/buildings/A4/flats/")
    page.get_by_role("row", name=re.compile("1-1-101")).get_by_role("button", name="打印").click()
    return re.search(r"/f/[\w-]+/", page.locator(".slips").inner_text())[0]


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_household_scans_reads_agrees_signs_reports_and_complains(open_page, act_as, printed):
    page = open_page(width=PHONE)
    page.goto(printed)
    expect(page.locator(".answer")).to_contain_text("您应交")
    page.get_by_role("link", name="您同意吗？请阅读并作答").click()
    page.locator("#digits").fill("0001")
    page.get_by_role("button", name="继续").click()
    page.locator("#name").fill("张三丰")
    page.get_by_role("button", name="我同意", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("您已同意")

    page.goto(printed)
    page.get_by_role("link", name="阅读并签署合同").click()
    page.locator("#name").fill("张三丰")
    draw(page)
    page.get_by_role("button", name="签署合同").click()
    expect(page.get_by_role("status")).to_contain_text("已签署")

    supplier = act_as(Role.HEAT_SUPPLIER)
    supplier.goto("/buildings/A4/flats/")
    waiting = supplier.get_by_role("button", name="代表供热单位签署")
    expect(waiting).to_have_count(1)
    waiting.click()
    expect(waiting).to_have_count(0)
    page.goto(f"{printed}contract/")
    expect(page.locator(".answer")).to_contain_text("HT-2011-A4-1-1-101")

    page.goto(f"{printed}report/")
    page.locator("#value_c").fill("15.5")
    page.locator("#hour").fill("8")
    page.get_by_role("button", name="上报").click()
    expect(page.get_by_role("status")).to_contain_text("偏低")

    page.goto(f"{printed}complaint/")
    page.locator("#title").fill("客厅冷")
    page.locator("#account").fill("一直不热")
    page.get_by_role("button", name="提交").click()
    expect(page.locator("main")).to_contain_text("客厅冷")


def draw(page):
    """Sign with the finger."""
    field = page.locator("#field")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 15):
        page.mouse.move(box["x"] + 30 + 12 * step, box["y"] + 60 + (20 if step % 2 else -20))
    page.mouse.up()


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_every_screen_fits_a_small_telephone_and_a_screen_reader(chromium, server, printed, language):
    context = chromium.new_context(viewport={"width": PHONE, "height": 740}, locale=language, base_url=server)
    page = context.new_page()
    page.goto(f"{printed}consent/")
    assert grave_findings(page) == []
    page.locator("#digits").fill("0001")
    page.locator("#digits").press("Enter")
    expect(page.locator("#digits")).to_have_count(0)
    for screen in SCREENS:
        page.goto(f"{printed}{screen}")
        assert fits(page), screen
        assert grave_findings(page) == [], screen
    context.close()


def test_without_scripts_the_way_is_the_same(chromium, server, printed):
    context = chromium.new_context(
        viewport={"width": PHONE, "height": 740}, locale="zh-CN", base_url=server, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{printed}report/")
    page.locator("#digits").fill("0001")
    page.locator("#digits").press("Enter")
    page.locator("#value_c").fill("19")
    page.locator("#hour").fill("20")
    page.get_by_role("button", name="上报").click()
    expect(page.get_by_role("status")).to_contain_text("谢谢")
    context.close()
