"""The users of the load measurement: offices at their desks, with pauses to read; locust runs it.

Every user signs in once and then opens what people of his office open, in their proportions. Between two
pages he reads for one to nine seconds.
"""

from __future__ import annotations

import random
import re
from itertools import count
from typing import Any, ClassVar

from locust import HttpUser, between, task

PASSWORD = "fenhu-demo"
OFFICES = ("city_bureau", "heat_supplier", "district_gov", "community", "finance")
TYPED = ("和平", "hpxq", "HZ-00", "王", "XH-0014")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ROW = re.compile(r'href="(/(?:buildings|projects|cases)/[^"/?]+/)"')


class Office(HttpUser):
    """Somebody in an office, one of the ten of each that load.py enrols."""

    came: ClassVar = count()

    wait_time = between(1, 9)

    def on_start(self) -> None:
        """Sign in as the next person; the offices take turns."""
        number = next(self.came)
        self.drawn = random.Random(number)
        self.office = OFFICES[number % len(OFFICES)]
        name = f"{self.office}-{number // len(OFFICES)}"
        page = self.client.get("/login/", name="sign-in")
        words = {"username": name, "password": PASSWORD, "csrfmiddlewaretoken": _token(page.text)}
        self.client.post("/login/", words, name="sign-in")

    @task(4)
    def dashboard(self) -> None:
        """Open the first page."""
        self._see("/", "dashboard")

    @task(6)
    def worklist(self) -> None:
        """Open what waits for the office."""
        self._see("/work/", "worklist")

    @task(6)
    def buildings(self) -> None:
        """Open a page of the register, sorted or narrowed, and one building of it."""
        asked = self.drawn.choice(
            ("", "?page=7", "?page=40", "?colder=min-18&sort=-before_below_18", "?year=2011")
        )
        self._follow(self._see(f"/buildings/{asked}", "buildings"), "a building")

    @task(4)
    def projects(self) -> None:
        """Open the conversions and one of them."""
        self._follow(self._see("/projects/", "projects"), "a conversion")

    @task(3)
    def cases(self) -> None:
        """Open the cases; the purse has none to see."""
        if self.office != "finance":
            self._see("/cases/", "cases")

    @task(3)
    def search(self) -> None:
        """Type something into the search."""
        self._see(f"/search/?q={self.drawn.choice(TYPED)}", "search")

    @task(2)
    def documents(self) -> None:
        """Open the papers."""
        self._see("/documents/", "documents")

    @task(2)
    def plans(self) -> None:
        """Open the annual plans and a year of the plan."""
        if self.office not in ("finance", "community"):
            self._see("/plans/", "annual plans")
        self._see("/plan/2011/", "a year of the plan")

    @task(1)
    def complaint(self) -> None:
        """Open a case at a building of the list: what changes the figures of everybody."""
        if self.office not in ("community", "heat_supplier"):
            return
        rows = ROW.findall(self._see("/buildings/", "buildings").text)
        if rows:
            code = self.drawn.choice(rows).rstrip("/").rpartition("/")[2]
            form = self._see(f"/cases/open/?building={code}&kind=complaint", "a case's form")
            self._send(
                "/cases/open/", form, building=code, kind="complaint", title="室温不足", account="晚上 14 度"
            )

    @task(1)
    def city_map(self) -> None:
        """Open the map."""
        self._see("/map/", "map")

    def _see(self, address: str, name: str) -> Any:
        return self.client.get(address, name=name)

    def _send(self, address: str, form: Any, **words: str) -> None:
        self.client.post(address, words | {"csrfmiddlewaretoken": _token(form.text)}, name="opening a case")

    def _follow(self, page: Any, name: str) -> None:
        rows = ROW.findall(page.text)
        if rows:
            self._see(self.drawn.choice(rows), name)


def _token(page: str) -> str:
    found = TOKEN.search(page)
    assert found, "no form"
    return found.group(1)
