"""How a picture is reached where its address alone does not lead there: as a person would."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import Page

from fenhu.register import synthetic_city, write_register

Walk = Callable[[Page], None]
LONGEST_MS = 900_000


def first_row(page: Page) -> None:
    """Open what the first row of the list stands for."""
    page.locator("tbody th a").first.click()
    page.wait_for_load_state()


def row_of(words: str) -> Walk:
    """Return a walk by the first row of a list with some words."""

    def walk(page: Page) -> None:
        page.locator("tbody tr", has_text=words).locator("th a").first.click()
        page.wait_for_load_state()

    return walk


def link(name: str) -> Walk:
    """Return a walk by a link of the page."""

    def walk(page: Page) -> None:
        page.get_by_role("link", name=name).first.click()
        page.wait_for_load_state()

    return walk


def pressed(button: str) -> Walk:
    """Return a walk by a button, where it still stands."""

    def walk(page: Page) -> None:
        found = page.get_by_role("button", name=button, exact=True)
        if found.count():
            found.first.click()
            page.wait_for_load_state()

    return walk


def then(*walks: Walk) -> Walk:
    """Return one walk after the other."""

    def walk(page: Page) -> None:
        for one in walks:
            one(page)

    return walk


def worked_out(button: str) -> Walk:
    """Return a walk that has something worked out, unless it stands there, and comes back to it."""

    def walk(page: Page) -> None:
        asked = page.url
        found = page.get_by_role("button", name=button, exact=True)
        if found.count():
            found.first.click()
            _wait_for_the_work(page)
            page.goto(asked)

    return walk


def import_with_faults(page: Page) -> None:
    """Hand in a register with two cells nobody can read."""
    with tempfile.TemporaryDirectory() as folder:
        page.locator("#file").set_input_files(_faulty_workbook(Path(folder)))
        page.get_by_role("button", name="检查文件").click()
        page.wait_for_url("**/import/*/", timeout=60_000)


def scenario(page: Page) -> None:
    """Ask what 300,000 yuan more from the city would bring in a year."""
    page.locator("#name").fill("市财政 2012 年多 30 万元")
    page.get_by_role("button", name="新建").click()
    page.wait_for_load_state()
    made = page.url
    for fold in page.locator("#desk details.knob-years").all()[:1]:
        fold.locator("summary").click()
        fold.get_by_label("2012").fill("30")
    page.get_by_role("button", name="开始测算").last.click()
    _wait_for_the_work(page)
    page.goto(made)


def planned_again(page: Page) -> None:
    """Let two buildings of the plan drop out."""
    page.locator("#dropped").fill("\n".join(_planned_codes(page)))
    page.get_by_role("button", name="调整计划", exact=True).click()
    _wait_for_the_work(page)
    page.goto("/plan/again/")
    page.locator("#made tbody th a").first.click()
    page.wait_for_load_state()


def bank_statement(page: Page) -> None:
    """Take in a statement whose lines nobody can be found for."""
    with tempfile.TemporaryDirectory() as folder:
        page.locator("#file").set_input_files(_statement(Path(folder)))
        page.get_by_role("button", name="导入", exact=True).first.click()
        page.wait_for_load_state()
    page.goto("/money/bank/")


def _wait_for_the_work(page: Page) -> None:
    page.wait_for_url(re.compile("/jobs/"))
    page.locator("progress").wait_for(state="detached", timeout=LONGEST_MS)
    page.wait_for_load_state()


def _planned_codes(page: Page) -> list[str]:
    other = page.context.new_page()
    other.goto(page.url.replace("/plan/again/", "/buildings/?year=2012"))
    codes = re.findall(r"/buildings/([\w-]+)/", other.content())
    other.close()
    return list(dict.fromkeys(codes))[:2]


def _faulty_workbook(folder: Path) -> Path:
    """Write a register of twelve buildings with two cells nobody can read."""
    path = folder / "我的楼栋.xlsx"
    write_register(synthetic_city(buildings=12, seed=5), path)
    book = openpyxl.load_workbook(path)
    sheet = book["楼栋"]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "层数" for cell in row))
    columns = {str(cell.value): cell.column for cell in head}
    sheet.cell(row=head[0].row + 3, column=columns["层数"]).value = "六层"
    sheet.cell(row=head[0].row + 5, column=columns["供热面积"]).value = -1200
    book.save(path)
    return path


def _statement(folder: Path) -> Path:
    path = folder / "四月到账.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "到账明细"
    for row in (
        ("日期", "金额", "付款人", "摘要", "流水号", "方式"),
        ("2011-04-08", 1200, "示范住户甲", "分户改造款", "DEMO-0001", "银行"),
        ("2011-04-08", 860.5, "示范住户乙", "供暖", "DEMO-0002", "柜台"),
        ("2011-04-11", -300, "示范住户丙", "退款", "DEMO-0003", "银行"),
    ):
        sheet.append(row)
    book.save(path)
    return path
