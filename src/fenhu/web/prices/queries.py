"""What pages show of prices: the versions, what is in force, and what a version changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fenhu.design import PriceBook
from fenhu.design.prices import Price
from fenhu.web import clock
from fenhu.web.access.scope import get_visible, visible_to
from fenhu.web.prices.books import book_of, version_on
from fenhu.web.prices.models import READERS, PriceVersion
from fenhu.wording import Text, text

__all__ = [
    "READERS",
    "Changed",
    "PriceDesk",
    "VersionView",
    "book_name",
    "book_of",
    "price_desk",
    "prices_to_fill_in",
    "version_on",
    "version_view",
]  # fmt: skip

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceDesk:
    """The page of prices: every version, newest first, and the book in force today."""

    versions: Sequence[PriceVersion]
    in_force: PriceVersion | None
    book: PriceBook
    own: int

    @property
    def rest(self) -> int:
        """Return how many articles keep a packaged price."""
        return len(self.book.prices) - self.own


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An article whose price a version changed; ``before_yuan`` is None for a new one."""

    price: Price
    before_yuan: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        """Return by how much it changed, None where it was nothing before."""
        if not self.before_yuan:
            return None
        return (self.price.yuan / self.before_yuan - 1) * _HUNDRED


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """A version with what it changed against the prices before it."""

    version: PriceVersion
    before: Text
    changed: Sequence[Changed]
    gone: Sequence[Price]


def price_desk(user: Any) -> PriceDesk:
    """Return the page of prices as ``user`` may see it."""
    today = clock.today()
    found = version_on(today)
    versions = visible_to(PriceVersion, user).select_related("entered_by").order_by("-number")
    return PriceDesk(
        versions=list(versions), in_force=found, book=book_of(found, today.year),
        own=len(found.rows) if found else 0,
    )  # fmt: skip


def version_view(user: Any, number: int) -> VersionView:
    """Return a version with its changes; raises Http404."""
    version = get_visible(PriceVersion, user, number=number)
    earlier = PriceVersion.objects.filter(number__lt=number).order_by("-number").first()
    after, before = book_of(version, version.year), book_of(earlier, version.year)
    changed = [
        Changed(price=price, before_yuan=known.yuan if known else None)
        for code, price in after.prices.items()
        if (known := before.prices.get(code)) is None or known.yuan != price.yuan
    ]
    gone = [price for code, price in before.prices.items() if code not in after.prices]
    return VersionView(version=version, before=book_name(earlier, version.year), changed=changed, gone=gone)


def book_name(version: PriceVersion | None, year: int) -> Text:
    """Return what a book of prices is called."""
    if version is None:
        return text("demo prices {year}", year=str(book_of(None, year).year))
    return text(
        "{city} {year}, version {number}", city=version.city, year=str(version.year), number=version.number
    )


def prices_to_fill_in(user: Any) -> list[dict[str, object]]:
    """Return the rows of the template: every article with its price in force, the city's own filled in."""
    desk = price_desk(user)
    own = {row["code"]: row for row in desk.in_force.rows} if desk.in_force else {}
    return [
        {
            "code": price.code, "name": str(price.article), "specification": str(price.specification),
            "unit": price.unit, "kind": price.kind, "now_yuan": float(price.yuan),
            **_own(own.get(price.code)),
        }
        for price in desk.book.prices.values()
    ]  # fmt: skip


def _own(row: dict[str, Any] | None) -> dict[str, object]:
    if row is None:
        return {}
    low, high = row["yuan"]
    filled: dict[str, object] = {"low_yuan": float(low), "source": row.get("source", "")}
    return filled if high == low else filled | {"high_yuan": float(high)}
