"""Take the documentation's pictures: ``make screenshots`` builds the demo city and calls this.

Every picture is one row of ``PICTURES``: its file under ``docs/images``, who looks, at what, how wide.
``python -m tools.screenshots map.png …`` takes only those. Chromium is the system's own.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tools import picture_walks as walks

IMAGES = Path(__file__).parents[1] / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
PHONE, DESK = 360, 1280
START_S = 120
# So few colours keep a page's picture below 80 kB, and nobody sees the difference.
COLOURS = 64
TOUR = "tour.png"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture; ``part`` is the element that is shown, the whole window where it is empty.

    Nobody signs in where ``role`` is empty; ``walk`` leads on from the address.
    """

    file: str
    role: str
    address: str
    width: int = DESK
    height: int = 800
    part: str = ""
    walk: walks.Walk | None = None


PICTURES = (
    Shot("first-page.png", "city_bureau", "/"),
    Shot("first-page-supplier.png", "heat_supplier", "/"),
    Shot("first-page-finance.png", "finance", "/"),
    Shot("import-faults.png", "heat_supplier", "/import/", height=620, walk=walks.import_with_faults),
    Shot("map.png", "city_bureau", "/map/?layer=warmth", height=900),
    Shot("building.png", "heat_supplier", "/buildings/HZ-0144/", height=900),
    Shot("plan-year.png", "city_bureau", "/plan/2011/"),
    Shot(
        "plan-review.png", "city_bureau", "/plans/?year=2011&state=filed", height=1100, walk=walks.first_row
    ),
    Shot("flat-phone.png", "household", "/my-flat/", PHONE, 740),
    Shot("portal-phone.png", "", "/", PHONE, 740),
    Shot("papers.png", "heat_supplier", "/documents/"),
    Shot("reward.png", "finance", "/rewards/", height=1000, walk=walks.first_row),
    Shot("bulletin.png", "city_bureau", "/bulletin/"),
    Shot("search.png", "city_bureau", "/search/?q=sfkyxq 3"),
    Shot("help-phone.png", "city_bureau", "/help/clerks/around/#finding-things", PHONE, 640),
    Shot("tour.png", "heat_supplier", "/tour/", height=700),
    Shot("buildings.png", "heat_supplier", "/buildings/"),
    Shot("my-work.png", "heat_supplier", "/work/"),
    Shot("conversion.png", "heat_supplier", "/projects/?year=2010", height=900, walk=walks.first_row),
    Shot(
        "acceptance.png",
        "city_bureau",
        "/projects/?year=2010&state=in_use",
        height=1000,
        walk=walks.then(walks.first_row, walks.link("竣工验收")),
    ),
    Shot(
        "design.png",
        "heat_supplier",
        "/buildings/HZ-0144/design/",
        height=1000,
        walk=walks.pressed("设计这栋楼"),
    ),
    Shot("what-if.png", "city_bureau", "/plan/what-if/", height=1000, walk=walks.scenario),
    Shot(
        "why.png", "city_bureau", "/buildings/HZ-0144/why/", height=900, walk=walks.worked_out("需要什么？")
    ),
    Shot("limits.png", "city_bureau", "/plan/limits/", height=1000, walk=walks.worked_out("开始测算")),
    Shot("plan-again.png", "city_bureau", "/plan/again/", height=900, walk=walks.planned_again),
    Shot(
        "risk.png", "city_bureau", "/plan/risk/", height=1000, walk=walks.worked_out("用一千个情景检验计划")
    ),
    Shot("money.png", "finance", "/money/", height=1000),
    Shot("bank.png", "heat_supplier", "/money/bank/", height=900, walk=walks.bank_statement),
    Shot("meters.png", "city_bureau", "/metering/", height=900, walk=walks.first_row),
    Shot("person.png", "heat_supplier", "/persons/?q=黄", height=900, walk=walks.row_of("祥园小区2号楼")),
    Shot("tokens.png", "heat_supplier", "/account/tokens/", height=800),
    Shot("design-words.png", "city_bureau", "/design/", part="#words"),
    Shot("design-actions.png", "city_bureau", "/design/", part="#actions"),
    Shot("design-forms.png", "city_bureau", "/design/", part="#forms"),
    Shot("design-states.png", "city_bureau", "/design/", part="#states"),
    Shot("design-tables.png", "city_bureau", "/design/", part="#tables"),
    Shot("design-tables-phone.png", "city_bureau", "/design/", PHONE, part="#tables"),
    Shot("design-pictures.png", "city_bureau", "/design/", part="#pictures"),
    Shot("design-absent.png", "city_bureau", "/design/", part="#absent"),
    Shot("design-refused.png", "city_bureau", "/design/faults/409/", height=420),
)


def main() -> None:
    """Serve the demo of the data folder, take every picture, stop it."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert program, f"Pictures need one of {', '.join(BROWSERS)} on the PATH"
    with served() as base, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        wanted = sys.argv[1:]
        for shot in PICTURES:
            if not wanted or shot.file in wanted:
                take(browser, base, shot)
        browser.close()


@contextmanager
def served() -> Iterator[str]:
    """Serve the product on a free port and yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from fenhu.cli import main; main()", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=os.environ | {"FENHU_DEMO": "1"}) as process:
        base = f"http://127.0.0.1:{port}"
        try:
            wait_for(f"{base}/healthz")
            yield base
        finally:
            process.terminate()


def wait_for(address: str) -> None:
    """Wait until the product answers.

    Raises
    ------
    OSError
        If it does not within two minutes.
    """
    until = time.monotonic() + START_S
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def take(browser: Browser, base: str, shot: Shot) -> None:
    """Sign in as the role, open the page, put the tour aside and keep its picture."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height}, locale="zh-CN", base_url=base
    )
    page = context.new_page()
    if shot.role:
        page.goto("/login/")
        page.locator(f"form:has(input[name=username][value={shot.role}]) button").click()
        page.get_by_role("button", name="退出").wait_for()
        if shot.file != TOUR and (aside := page.get_by_role("button", name="关闭引导")).count():
            aside.click()
    page.goto(shot.address)
    if shot.walk is not None:
        shot.walk(page)
    target = page.locator(shot.part) if shot.part else page
    keep(target.screenshot(), IMAGES / shot.file)
    context.close()


def keep(picture: bytes, path: Path) -> None:
    """Keep a picture with few colours."""
    few = Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


if __name__ == "__main__":
    main()
