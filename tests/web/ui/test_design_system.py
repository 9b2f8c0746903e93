"""The page of components shows every component there is."""

import re
from pathlib import Path

import pytest
from tests.web.ui.pages import visit

from fenhu.programme import Role
from fenhu.web import ui

pytestmark = pytest.mark.django_db
TEMPLATES = Path(ui.__file__).parent / "templates"


def test_every_component_stands_on_the_page():
    shown = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("ui/design_system/*.html"))
    components = {path.stem for path in TEMPLATES.glob("cotton/*.html")}
    assert components - set(re.findall(r"<c-(\w+)", shown)) == set()


def test_every_tone_and_every_band_of_temperature_is_shown(client, cast):
    page = visit(client, cast[Role.CITY_BUREAU], "/design/")
    tones = {name for badge in page.select(".badge") for name in badge["class"]}
    assert {"badge-muted", "badge-info", "badge-ok", "badge-warn", "badge-bad"} <= tones
    assert len(page.select(".temp")) == 5


@pytest.mark.parametrize("kind", ["403", "403-csrf", "404", "409", "413", "422", "429", "500"])
def test_every_page_of_a_refusal_says_what_to_do_and_where_help_is(client, cast, kind):
    page = visit(client, cast[Role.CITY_BUREAU], f"/design/faults/{kind}/")
    assert page.h1.get_text(strip=True)
    assert page.select_one('a[href*="when-something-is-refused"]')
