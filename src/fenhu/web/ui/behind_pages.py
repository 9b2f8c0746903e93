"""Where the figures of a bulletin lead: the reader's own lists, or the pages everybody reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from fenhu.papers.behind import Figure, runs
from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.access.gates import has_role
from fenhu.web.ui.navigation import CASE_PEOPLE, MONEY_READERS, OFFICES, PLANNERS, REWARDERS
from fenhu.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One kind of list: the name of its address, who reads it, and the place on the page."""

    url: str
    readers: Sequence[Role] = OFFICES
    place: str = ""


SHELVES: Mapping[str, Shelf] = {
    "buildings": Shelf(url="buildings"),
    "targets": Shelf(url="assumptions", place="#targets"),
    "purses": Shelf(url="money", readers=MONEY_READERS, place="#purses"),
    "contracts": Shelf(url="collected", readers=MONEY_READERS),
    "rewards": Shelf(url="rewards", readers=REWARDERS),
    "plans": Shelf(url="annual-plans", readers=PLANNERS),
    "cases": Shelf(url="cases", readers=CASE_PEOPLE),
    "open cases": Shelf(url="cases", readers=CASE_PEOPLE),
}


def address_for(user: Any, figure: Figure, as_of: date) -> str:
    """Return where ``user`` finds the list behind a figure of a day; empty where he reads none.

    What is open is listed as of today: an older bulletin's figure has no list any more.
    """
    where = dict(figure.where)
    if figure.kind == "year":
        return reverse("plan-year", args=[where["year"]])
    if figure.kind == "open cases" and as_of != clock.today():
        return ""
    shelf = SHELVES[figure.kind]
    if not has_role(user, *shelf.readers):
        return ""
    query = f"?{urlencode(where)}" if where else ""
    return f"{reverse(shelf.url)}{query}{shelf.place}"


def public_address(figure: Figure) -> str:
    """Return the whole address of the public page behind a figure; empty where there is none."""
    where = dict(figure.where)
    if figure.kind == "rewards":
        return _whole(reverse("public-rewards"))
    if figure.kind == "year" or (figure.kind == "buildings" and set(where) == {"approved"}):
        return _whole(reverse("public-plan", args=[where.get("year") or where["approved"]]))
    if figure.kind == "buildings" and where.get("step") in ("accepted", "in_use"):
        return _whole(reverse("public-acceptance"))
    return ""


def linked(user: Any, line: Text, as_of: date) -> SafeString:
    """Return a sentence with its figures as links to ``user``'s lists."""
    parts = []
    for run in runs(line):
        href = "" if run.figure is None else address_for(user, run.figure, as_of)
        parts.append(format_html('<a href="{}">{}</a>', href, run.words) if href else run.words)
    return format_html_join("", "{}", ((part,) for part in parts))


def _whole(path: str) -> str:
    return f"{settings.ADDRESS}{path}"
