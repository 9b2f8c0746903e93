"""A person's way through pages, each held against what everybody needs, on phone and desk, zh and en."""

from urllib.parse import urlsplit

from playwright.sync_api import expect
from tests.e2e.axe import grave_findings

from fenhu.programme import ROLE_NAMES, Role

DESK, PHONE = 1280, 360
DEMO_BUTTONS = {role: str(ROLE_NAMES[role].in_language("zh-hans")) for role in Role}


def holds(page):
    """Fail where a page is wider than its window or axe finds something grave, on a phone and at a desk."""
    page.wait_for_load_state()
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)
        assert grave_findings(page) == [], (page.url, width)


class Walk:
    """One person at one browser, and the pages he held on."""

    def __init__(self, page):
        self.page, self.seen = page, {}

    def holds(self):
        holds(self.page)
        place = urlsplit(self.page.url)
        self.seen[f"{place.path}?{place.query}"] = None

    def again(self, page):
        for address in self.seen:
            page.goto(address)
            assert page.locator("html").get_attribute("lang") == "en", address
            holds(page)

    def room(self, name):
        """Go to a page of the menu, opening the part of it where it stands."""
        menu = self.page.get_by_role("navigation", name="菜单")
        entry = menu.get_by_role("link", name=name, exact=True, include_hidden=True)
        if not entry.is_visible():
            entry.locator("xpath=ancestor::details/summary").click()
        self._leave_by(entry)

    def follow(self, name, **more):
        self._leave_by(self._link(name, **more))

    def press(self, name, **more):
        self._leave_by(self.page.get_by_role("main").get_by_role("button", name=name, **more).first)

    def says(self, *words):
        """Fail where the page does not say each of these."""
        for one in words:
            expect(self.page.get_by_role("main")).to_contain_text(one, use_inner_text=True)

    def keeps(self, name):
        """Take a file by its link, and return what it holds."""
        with self.page.expect_download() as kept:
            self._link(name).click()
        return kept.value.path().read_bytes()

    def _link(self, name, **more):
        return self.page.get_by_role("main").get_by_role("link", name=name, **more).first

    def _leave_by(self, control):
        """Return when the page it leads to is all there: what is read next is not the old page's."""
        with self.page.expect_navigation():
            control.click()
