"""A real browser on a real server with the fixed cast and a study; pages must stay free of complaints."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from functools import partial

import pytest
from playwright.sync_api import sync_playwright
from tests.e2e.walking import DEMO_BUTTONS, Walk
from tests.web.cast import PASSWORD

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
PREPARE = """
import django
django.setup()
from fenhu.web.serving import migrate
migrate()
from datetime import date
from tests.web.cast import a_plan, a_study, everybody
from tests.web.planned import with_a_plan
from tests.web.works import steps
from fenhu.web import clock
cast = everybody()
with_a_plan(a_study())
with clock.on(date(2010, 6, 1)):
    steps.finished(cast, steps.a_project(cast, code="A2", year=2010))
    steps.a_round(cast, steps.Project.objects.get(building__code="A2"))
a_plan()
from dataclasses import replace
from fenhu.records import OwnerKind
from tests.web.cast import HONGYUAN, a_building, a_flat, store_register, the_register
new = a_building("A3", HONGYUAN, "海州", OwnerKind.DISTRICT)
store_register(replace(the_register(), buildings=(new,), flats=tuple(a_flat("A3", n) for n in (1, 2))))
house = steps.Building.objects.get(code="A3")
steps.Building.objects.update(inlet_kpa=25.0, supply_c=75.0)
steps.services.make_design(cast[steps.Role.HEAT_SUPPLIER], steps.Building.objects.get(code="A2"))
from fenhu.web.works.opening import add_flats
drawn = steps.Project.objects.create(building=house, year=2011, state="contracted")
add_flats(drawn)
for kind in steps.REVIEWED:
    steps.services.file_paper(cast[steps.Role.HEAT_SUPPLIER], drawn, kind=kind, title="", file=steps.a_file())
add_flats(steps.Project.objects.create(building=steps.Building.objects.get(code="B1"), year=2010))
asked = a_building("A4", HONGYUAN, "海州", OwnerKind.DISTRICT)
store_register(replace(the_register(), buildings=(asked,), flats=tuple(a_flat("A4", n) for n in (1, 2))))
asked = steps.Building.objects.get(code="A4")
known = steps.Building.objects.get(code="A2").outcomes.get()
known.pk, known.building = None, asked
known.save()
add_flats(steps.Project.objects.create(building=asked, year=2011, state="informed"))
from fenhu.web.ledger.services import bill_now
bill_now(cast[steps.Role.HEAT_SUPPLIER], steps.Project.objects.get(building=asked))
"""
# The browser's event loop stays in this thread; Django would refuse the database to tests that follow.
UNSAFE = "DJANGO_ALLOW_ASYNC_UNSAFE"
SERVE = "from fenhu.cli import main; main()"


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The address of ``fenhu serve`` on a database of its own."""
    environment = _environment(tmp_path_factory.mktemp("served"))
    subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True, timeout=120)
    with _serving(environment) as address:
        yield address


@pytest.fixture(scope="session")
def small_city(tmp_path_factory):
    """The data folder of a synthetic city of twelve buildings, with the demo's past and logins."""
    folder = tmp_path_factory.mktemp("small-city")
    build = [sys.executable, "-m", "tests.e2e.small_city"]
    subprocess.run(build, env=_environment(folder, FENHU_DEMO="1"), check=True, timeout=600)
    return folder


@pytest.fixture(scope="session")
def demo(small_city, tmp_path_factory):
    """The address of the demo on that city."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    shutil.copytree(small_city, folder)
    with _serving(_environment(folder, FENHU_DEMO="1")) as address:
        yield address


@pytest.fixture
def fresh_demo(small_city, tmp_path):
    """The address of the demo on a copy of that city nobody has touched yet."""
    shutil.copytree(small_city, tmp_path / "data")
    with _serving(_environment(tmp_path / "data", FENHU_DEMO="1")) as address:
        yield address


def _environment(folder, **more):
    return os.environ | {
        "FENHU_DATA_DIR": str(folder), "FENHU_TODAY": "2011-04-11",
        "FENHU_SECRET_KEY": "test", "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "fenhu.web.settings",
        "PYTHONPATH": os.pathsep.join(sys.path), UNSAFE: "",
    } | more  # fmt: skip


@contextmanager
def _serving(environment):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", SERVE, "serve", "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, env=environment) as process:
        _wait_for(f"{address}/healthz")
        yield address
        process.terminate()
        process.wait(timeout=30)


def _wait_for(address):
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            assert time.monotonic() < until, f"{address} does not answer"
            time.sleep(0.2)


@pytest.fixture(scope="session")
def chromium():
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert program, f"These tests need one of {', '.join(BROWSERS)} on the PATH"
    os.environ[UNSAFE] = "yes"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ[UNSAFE]


@pytest.fixture(scope="session")
def signed_in_states():
    """Who signed in already, so that nobody types his password twice."""
    return {}


def is_fault(said):
    """A form that comes back with what is missing answers 422, which the browser calls an error."""
    return said.type == "error" and "status of 422" not in said.text


@pytest.fixture
def browse(chromium):
    """Open pages anywhere; whatever the browser complains about on one of them fails the test."""
    opened, complaints = [], []

    def opening(address, *, width=1280, state=None, language="zh-CN"):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, locale=language, base_url=address, storage_state=state
        )
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if is_fault(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opening
    for context in opened:
        context.close()
    assert complaints == []


@pytest.fixture
def open_page(browse, server):
    """Open pages of the fixed cast's product."""
    return partial(browse, server)


@pytest.fixture
def walk_as(browse, demo):
    """Walk through the demo as the person of a role, signed in by the button on its login page."""

    def walking(role):
        page = browse(demo)
        page.goto("/")
        page.get_by_role("link", name="登录").click()
        page.get_by_role("main").get_by_role("button", name=DEMO_BUTTONS[role]).click()
        page.get_by_role("button", name="退出").wait_for()
        page.wait_for_load_state()
        return Walk(page)

    return walking


@pytest.fixture
def reread(browse, demo):
    """Look again, in English, at the pages a walk held on."""

    def rereading(walk):
        page = browse(demo, state=walk.page.context.storage_state(), language="en-GB")
        page.context.add_cookies([{"name": "django_language", "value": "en", "url": demo}])
        walk.again(page)

    return rereading


@pytest.fixture
def act_as(open_page, signed_in_states):
    """Open a page signed in as the person of a role."""

    def acting(role, *, width=1280):
        if role not in signed_in_states:
            page = open_page()
            sign_in(page, role)
            signed_in_states[role] = page.context.storage_state()
        return open_page(width=width, state=signed_in_states[role])

    return acting


def sign_in(page, role):
    page.goto("/login/")
    page.locator("#id_username").fill(role.value)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")
    page.get_by_role("button", name="退出").wait_for()
