"""The main pages of everybody, weighed by a browser that has none of it yet."""

import pytest
from tests.e2e.weights import MEASURE, OWN_FLAT, PAGES

from fenhu.programme import Role

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("role", [*Role, None], ids=str)
def test_pages_weigh_no_more_than_their_budget(browse, walk_as, demo, role):
    page = browse(demo) if role is None else walk_as(role).page
    heavy = {}
    for address, budget, readers in PAGES:
        if role not in readers:
            continue
        page.goto(address.replace(OWN_FLAT, own_flat(page)))
        found = page.evaluate(MEASURE)
        over = {name: size for name, size in found.items() if size > getattr(budget, name)}
        if over:
            heavy[address] = over
    assert heavy == {}


def own_flat(page):
    """Return where the screens of the household's flat stand, seen from its page; nothing on other pages."""
    screens = page.locator("main a[href^='/my-flat/']")
    return "/".join(screens.first.get_attribute("href").split("/")[:3]) + "/" if screens.count() else ""
