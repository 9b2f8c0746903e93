"""The price book a version stands for, and the packaged one where there is no version."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from fenhu.design import PriceBook, price_book
from fenhu.design.city_prices import price_book_of
from fenhu.design.price_sheet import from_kept
from fenhu.web.prices.models import PriceVersion

_KEPT_BOOKS = 16


def version_on(day: date) -> PriceVersion | None:
    """Return the version in force on a day; None where the packaged book holds."""
    return PriceVersion.objects.filter(valid_from__lte=day).order_by("-valid_from", "-number").first()


def book_of(version: PriceVersion | None, year: int) -> PriceBook:
    """Return a version's book, or the packaged book of ``year``."""
    return price_book(year) if version is None else _book(version.pk, version.digest)


@lru_cache(maxsize=_KEPT_BOOKS)
def _book(pk: int, digest: str) -> PriceBook:
    """Return a version's book; versions never change, and tests begin their numbers anew."""
    version = PriceVersion.objects.get(pk=pk)
    return price_book_of(
        {
            "year": version.year, "city": version.city, "source": version.source, "trust": version.trust,
            "price": [from_kept(row) for row in version.rows],
        },
        version.file_name,
    )  # fmt: skip
