"""The bulletins the city made public, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404

from fenhu.papers.bulletin_values import Period
from fenhu.web.works.queries import published_bulletins
from fenhu.wording import Text, current_language


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinRow:
    """One bulletin in the list: its period, the day it counts up to, and its first sentence."""

    id: int
    said: Text
    as_of: date
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinPart:
    """One heading and its sentences."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinView:
    """A bulletin as its page shows it; ``rows`` are steps with buildings and flats by span."""

    row: BulletinRow
    title: str
    published_on: date
    more: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    parts: tuple[BulletinPart, ...]


def bulletin_list() -> tuple[BulletinRow, ...]:
    """Return the published bulletins, the newest period first."""
    return tuple(_row(one) for one in published_bulletins())


def bulletin_told(bulletin_id: int) -> BulletinView:
    """Return one published bulletin.

    Raises
    ------
    django.http.Http404
        If there is none.
    """
    told = published_bulletins().filter(pk=bulletin_id).first()
    if told is None:
        raise Http404
    page = _page(told)
    return BulletinView(
        row=_row(told), title=page["title"], published_on=told.published_on, more=tuple(page["answer"][1:]),
        heads=tuple(page["heads"]), rows=tuple(map(tuple, page["rows"])),
        parts=tuple(BulletinPart(heading=one["heading"], lines=tuple(one["lines"])) for one in page["parts"]),
    )  # fmt: skip


def _row(told: Any) -> BulletinRow:
    return BulletinRow(
        id=told.pk, said=Period(told.year, told.month or None).said, as_of=told.as_of,
        answer=_page(told)["answer"][0],
    )  # fmt: skip


def _page(told: Any) -> Any:
    return told.pages[current_language()]
