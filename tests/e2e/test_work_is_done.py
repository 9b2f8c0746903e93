"""Work done in a real browser: a workbook imported, a plan filed, returned and filed again."""

from dataclasses import replace
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect
from tests.web.cast import the_register

from fenhu.programme import Role
from fenhu.register import write_register

pytestmark = pytest.mark.browser


@pytest.fixture
def workbook(tmp_path):
    """Write the cast's register with another year of construction for B1."""

    def write(**changes):
        register = the_register()
        buildings = tuple(replace(one, **changes) if one.code == "B1" else one for one in register.buildings)
        path = tmp_path / "我的楼栋.xlsx"
        write_register(replace(register, buildings=buildings), path)
        return path

    return write


def check(page, path):
    page.goto("/import/")
    page.locator("#file").set_input_files(path)
    page.get_by_role("button", name="检查文件").click()
    page.wait_for_url("**/import/*/", timeout=60_000)


def test_a_workbook_is_checked_previewed_imported_and_seen(act_as, workbook):
    page = act_as(Role.CITY_BUREAU)
    check(page, workbook(year_built=1979))
    expect(page.locator("#rows")).to_contain_text("1985 → 1979")
    page.goto("/buildings/B1/")
    expect(page.locator("main")).not_to_contain_text("1979")

    page.go_back()
    page.get_by_role("button", name="导入", exact=True).click()
    page.get_by_text("已于").wait_for(timeout=60_000)
    page.goto("/buildings/B1/")
    expect(page.locator("main")).to_contain_text("1979")


def test_a_file_with_faults_says_where_and_offers_no_import(act_as, tmp_path):
    page = act_as(Role.CITY_BUREAU)
    broken = tmp_path / "broken.xlsx"
    with ZipFile(broken, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    check(page, broken)
    expect(page.locator("#findings tbody tr")).to_have_count(1)
    expect(page.get_by_role("button", name="导入", exact=True)).to_have_count(0)


def test_c3_2_a_plan_is_filed_returned_with_a_reason_and_filed_again(act_as):
    supplier, bureau = act_as(Role.HEAT_SUPPLIER), act_as(Role.CITY_BUREAU)
    supplier.goto("/plans/?year=2011")
    supplier.locator("tbody th a").click()
    supplier.wait_for_url("**/plans/*/")
    address = supplier.url
    supplier.get_by_role("button", name="上报计划").click()
    expect(supplier.locator(".answer")).to_contain_text("已上报")

    bureau.goto(address)
    bureau.get_by_role("button", name="退回").click()
    expect(bureau.locator("[aria-invalid=true]")).to_have_count(1)
    bureau.locator("[aria-invalid=true]").fill("缺少图纸")
    bureau.get_by_role("button", name="退回").click()
    expect(bureau.locator(".answer")).to_contain_text("已退回")

    supplier.goto(address)
    expect(supplier.locator("main")).to_contain_text("缺少图纸")
    supplier.get_by_role("button", name="重新上报").click()
    expect(supplier.locator(".answer")).to_contain_text("已上报")
