"""Take the documentation's pictures: ``make screenshots`` builds a small demo city and calls this.

Every picture is one row of ``PICTURES``: its file under ``docs/images``, who looks, at what, how wide.
Chromium is the system's own.
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
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
PHONE, DESK = 360, 1280
START_S = 120


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture; ``part`` is the element that is shown, the whole window where it is empty."""

    file: str
    role: str
    address: str
    width: int = DESK
    height: int = 800
    part: str = ""


PICTURES = (
    Shot("first-page.png", "city_bureau", "/"),
    Shot("search.png", "city_bureau", "/search/?q=sfkyxq 3"),
    Shot("help-phone.png", "city_bureau", "/help/clerks/around/#finding-things", PHONE, 640),
    Shot("tour.png", "heat_supplier", "/tour/", height=700),
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
        for shot in PICTURES:
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
    """Sign in as the role, open the page and keep its picture."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height}, locale="zh-CN", base_url=base
    )
    page = context.new_page()
    page.goto("/login/")
    page.locator(f"form:has(input[name=username][value={shot.role}]) button").click()
    page.wait_for_url(f"{base}/")
    page.goto(shot.address)
    target = page.locator(shot.part) if shot.part else page
    target.screenshot(path=IMAGES / shot.file)
    context.close()


if __name__ == "__main__":
    main()
