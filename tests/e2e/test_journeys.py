"""A supplier in April, the bureau in May and finance in October, by clicks from the start page."""

import re
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from playwright.sync_api import expect

from fenhu.programme import Role
from fenhu.register import read_register, write_register

pytestmark = pytest.mark.browser
OWN, NEW = "示范安暖供热公司", "HZ-0009"
# Whose first page the journeys below begin with.
WALKED = (Role.HEAT_SUPPLIER, Role.CITY_BUREAU, Role.FINANCE)


@pytest.fixture
def workbook(small_city, tmp_path):
    """The supplier's own part of the register with a building nobody knew, as a file."""
    city = read_register(small_city / "demo" / "register.xlsx").register
    own = [one for one in city.buildings if one.supplier == OWN]
    flats = [one for one in city.flats if one.building in {building.code for building in own}]
    new = replace(own[-1], code=NEW, name="9号楼", pilot_2009=None)
    its_flats = [replace(one, building=NEW) for one in flats if one.building == own[-1].code]
    path = tmp_path / "我的楼栋.xlsx"
    write_register(
        replace(city, buildings=(*own, new), flats=(*flats, *its_flats), budgets=(), crews=(), clusters=(),
                orders=()), path)  # fmt: skip
    return path


def with_a_fault(path):
    """Return the workbook with a building of no storeys, and the row it stands in."""
    book = openpyxl.load_workbook(path)
    sheet = book["楼栋"]
    head = next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("层数"))
    row = next(cell.row for line in sheet.iter_rows() for cell in line if cell.value == NEW)
    sheet.cell(row=row, column=head.column).value = "六层"
    broken = path.with_name("有错.xlsx")
    book.save(broken)
    return broken, row


def check(walk, path):
    walk.page.get_by_label("工作簿").set_input_files(path)
    walk.press("检查文件")
    walk.page.wait_for_url("**/import/*/", timeout=60_000)


def own_plan(walk):
    """Open the supplier's plan of the year, taking the planner's list where he has none yet."""
    walk.room("年度计划")
    if walk.page.get_by_role("button", name="采用此名单并编制计划").count():
        walk.press("采用此名单并编制计划")
    else:
        walk.follow(OWN)


def cost(walk):
    return float(walk.page.locator(".answer strong").nth(2).inner_text())


def test_journey_1_a_supplier_goes_from_a_workbook_to_a_filed_plan(walk_as, reread, workbook):
    walk = walk_as(Role.HEAT_SUPPLIER)
    walk.says("贵单位供热", "2011 年计划改造")
    walk.holds()
    walk.follow("导入楼栋和住户")
    walk.holds()
    broken, row = with_a_fault(workbook)
    check(walk, broken)
    fault = walk.page.get_by_role("row").filter(has_text="错误").first.inner_text()
    assert "楼栋" in fault
    assert str(row) in fault
    assert "层数" in fault
    walk.holds()

    walk.follow("另传一个文件")
    check(walk, workbook)
    walk.says(NEW)
    walk.holds()
    walk.press("导入", exact=True)
    walk.page.get_by_text("正在诊断").or_(walk.page.get_by_text("已诊断")).wait_for(timeout=60_000)
    if walk.page.get_by_role("link", name="查看进度").count():
        walk.follow("查看进度")
    walk.page.get_by_text("有改动的楼栋已诊断").wait_for(timeout=60_000)
    walk.holds()

    walk.follow("在地图上看")
    walk.says("5 栋楼")
    walk.holds()
    walk.follow("以列表查看这 5 栋楼")
    new = walk.page.get_by_role("row").filter(has_text=NEW)
    assert re.search(r"\d\d\.\d", new.inner_text())
    walk.holds()

    own_plan(walk)
    before = cost(walk)
    walk.holds()
    walk.page.get_by_label("再列入一栋楼").fill(NEW)
    walk.press("列入计划")
    more = float(re.search(r"\+([\d.]+) 万元", walk.page.get_by_role("status").inner_text())[1])
    assert more > 1
    assert cost(walk) == pytest.approx(before + more, abs=0.11)
    walk.press(f"把 {NEW} 从计划中删去")
    assert cost(walk) == before

    walk.page.locator("#buildings").get_by_role("link", name="小区1号楼").click()
    expect(walk.page.locator("svg.elevation")).to_have_count(2)
    walk.says("改造前", "改造后", "费用明细", "住户")
    walk.holds()
    walk.follow("改造设计")
    walk.press("设计这栋楼")
    walk.says("最大不平衡率", "造价", "管径")
    walk.holds()

    own_plan(walk)
    walk.press("上报计划")
    expect(walk.page.locator(".answer")).to_contain_text("已上报")
    sheets = openpyxl.load_workbook(BytesIO(walk.keeps("楼栋明细表")))
    listed = {cell.value for sheet in sheets for line in sheet.iter_rows() for cell in line}
    assert {"HZ-0001", "HZ-0002", "HZ-0004"} <= listed
    walk.press("出具")
    walk.says("示范安暖改案〔2011〕1号", "有效")
    walk.holds()
    assert walk.keeps("下载文件").startswith(b"%PDF-")
    reread(walk)


def test_journey_2_the_bureau_sees_who_is_late_returns_a_plan_with_a_reason_and_approves(walk_as, reread):
    supplier = walk_as(Role.HEAT_SUPPLIER)
    own_plan(supplier)
    if supplier.page.get_by_role("button", name="上报计划").count():
        supplier.press("上报计划")

    walk = walk_as(Role.CITY_BUREAU)
    walk.says("比目标 225 栋少", "家供热单位未上报计划", "待您办理", "尚未上报")
    walk.holds()
    walk.follow("示范和暖供热公司 2011 年度计划")
    walk.says("政策对本计划的要求", "不符合", "谁出资", "住户")
    walk.holds()
    walk.page.locator("#buildings").get_by_role("link", name="小区").first.click()
    walk.says("费用由来", "住户")
    walk.page.go_back()
    walk.press("退回并说明理由")
    walk.says("请写明理由")
    walk.page.get_by_label("“退回并说明理由”的理由").fill("没有写明施工队伍")
    walk.press("退回并说明理由")
    walk.says("已退回", "没有写明施工队伍")
    walk.holds()

    walk.room("概览")
    walk.follow(f"{OWN} 2011 年度计划")
    walk.press("批准", exact=True)
    walk.says("已办理：批准")
    walk.holds()
    reread(walk)

    supplier.page.reload()
    expect(supplier.page.locator(".answer")).to_contain_text("已批准")
    supplier.holds()


def test_journey_4_finance_follows_each_figure_to_its_acceptance_approves_and_pays(walk_as, reread):
    walk = walk_as(Role.FINANCE)
    walk.says("待您办理")
    walk.holds()
    walk.follow("奖励分配方案 2010-12-01")
    walk.says("3 元 × 4494.48 平方米", "13,483.44", "45,544.02")
    walk.holds()
    items = walk.page.locator("#items tbody tr")
    expect(items).to_have_count(2)
    for number in range(items.count()):
        items.nth(number).get_by_role("link", name="第 1 轮").click()
        walk.says("验收")
        walk.holds()
        walk.page.go_back()
    items.first.get_by_role("link", name="小区").click()
    walk.says("市财政", "13,483.44")
    walk.holds()
    walk.page.go_back()

    walk.press("批准分配方案")
    walk.says("已办理：批准分配方案")
    walk.press("支付")
    walk.says("2011年4月11日")
    table = openpyxl.load_workbook(BytesIO(walk.keeps("分配表（.xlsx）")))
    values = {cell.value for sheet in table for line in sheet.iter_rows() for cell in line}
    assert any("小区3号楼" in str(one) for one in values)
    walk.holds()
    walk.room("奖励")
    walk.holds()
    reread(walk)


@pytest.mark.parametrize("role", [role for role in Role if role not in WALKED], ids=str)
def test_everybodys_first_page_holds(walk_as, reread, role):
    walk = walk_as(role)
    walk.holds()
    reread(walk)
