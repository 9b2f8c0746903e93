"""The stranger's ten minutes: the steps both readmes name, taken in their order and by their names."""

import time
from pathlib import Path

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
CHAPTERS = {
    "en": ("README.md", "## Ten minutes by browser"),
    "zh-hans": ("README.zh-CN.md", "## 浏览器十分钟"),
}
# What the stranger looks for, as the English readme calls it.
STEPS = (
    "Sign in", "Heat supplier", "Waits for you", "File the plan", "Sign out",
    "Sign in", "City construction bureau", "Annual plans", "Approve", "Sign out",
    "Sign in", "Household", "Do you agree? Read and answer", "Your name", "I agree",
)  # fmt: skip
TEN_MINUTES_S = 600


def called(name):
    with override("zh-hans"):
        return gettext(name)


@pytest.mark.parametrize("language", CHAPTERS)
def test_the_readme_names_every_step_of_the_tour_in_its_order(language):
    file, chapter = CHAPTERS[language]
    words = (ROOT / file).read_text(encoding="utf-8")
    words = " ".join(words[words.index(chapter) :].split())
    place = 0
    for name in STEPS:
        place = words.find(f"*{name if language == 'en' else called(name)}*", place)
        assert place > 0, name
        place += 1


def test_a_stranger_gets_from_the_start_page_to_an_approved_plan_and_a_signed_consent(browse, fresh_demo):
    started = time.monotonic()
    page = browse(fresh_demo)
    page.goto("/")

    sign_in(page, "Heat supplier")
    waiting = page.locator("section").filter(has=page.get_by_role("heading", name=called("Waits for you")))
    waiting.get_by_role("link", name="2011").click()
    page.wait_for_url("**/plans/*/")
    supplier = page.get_by_role("heading", level=1).inner_text().split(" ")[0]
    page.get_by_role("button", name=called("File the plan")).click()
    expect(page.locator(".answer")).to_contain_text("已上报")
    page.get_by_role("button", name=called("Sign out")).click()

    sign_in(page, "City construction bureau")
    page.get_by_role("navigation").get_by_text(called("Planning"), exact=True).click()
    page.get_by_role("link", name=called("Annual plans"), exact=True).click()
    page.get_by_role("row").filter(has_text="2011").get_by_role("link", name=supplier).click()
    page.get_by_role("button", name=called("Approve"), exact=True).click()
    expect(page.locator(".answer")).to_contain_text("已批准")
    page.get_by_role("button", name=called("Sign out")).click()

    sign_in(page, "Household")
    page.get_by_role("link", name=called("Do you agree? Read and answer")).click()
    page.get_by_label(called("Your name")).fill("张三丰")
    page.get_by_role("button", name=called("I agree"), exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("您已同意改造")
    expect(page.get_by_role("main")).to_contain_text("张三丰")
    assert time.monotonic() - started < TEN_MINUTES_S


def sign_in(page, role):
    page.get_by_role("link", name=called("Sign in")).first.click()
    page.get_by_role("main").get_by_role("button", name=called(role)).click()
    page.get_by_role("button", name=called("Sign out")).wait_for()
