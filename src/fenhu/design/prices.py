"""Price books: what an article costs in a year and a city, and how far that price can be trusted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from fenhu import tables
from fenhu.errors import PolicyFault, UnknownItem
from fenhu.wording import Text, bilingual, text

ANY_CITY = "*"
KINDS = ("material", "labour", "charge")
_DIGEST_LENGTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a unit of an article costs: the middle of its range, and who says so.

    ``code`` is ``family`` and ``size`` joined by a point. A charge is in percent of the works. ``label``
    warns of prices that are not the city's own, and is empty where they are.
    """

    code: str
    family: str
    size: str
    article: Text
    specification: Text
    unit: str
    kind: str
    low_yuan: Decimal
    high_yuan: Decimal
    source: str
    trust: str
    label: Text

    @property
    def name(self) -> Text:
        """Return the article with its specification, if it has one."""
        if not self.specification.pattern:
            return self.article
        return text("{article} {specification}", article=self.article, specification=self.specification)

    @property
    def yuan(self) -> Decimal:
        """Return the price that counts, the middle of the range."""
        return (self.low_yuan + self.high_yuan) / 2


@dataclass(frozen=True, kw_only=True)
class PriceBook:
    """The prices of a year and a city (``*``: any) by code, in the order of a bill."""

    year: int
    city: str
    prices: Mapping[str, Price] = field(repr=False)

    @cached_property
    def digest(self) -> str:
        """Return a mark that changes with any price, so that a stored bill says by which book it was made."""
        rows = [
            (one.code, one.unit, one.kind, str(one.low_yuan), str(one.high_yuan), one.source)
            for one in self.prices.values()
        ]
        content = json.dumps([self.year, self.city, rows], ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:_DIGEST_LENGTH]

    def price(self, code: str) -> Price:
        """Return the price of an article.

        Raises
        ------
        UnknownItem
            If the book does not have it.
        """
        if code not in self.prices:
            raise UnknownItem(
                text(
                    "The price book {year} ({city}) has no price for {code}; add it to the book.",
                    year=str(self.year),
                    city=self.city,
                    code=code,
                )
            )
        return self.prices[code]

    def for_size(self, family: str, dn: int) -> Price:
        """Return the price of the smallest size of a family that is not smaller than ``dn``.

        A family without sizes has one price. Raises UnknownItem where every size is too small.
        """
        if family in self.prices:
            return self.prices[family]
        for size, price in self._sized.get(family, ()):
            if size >= dn:
                return price
        return self.price(f"{family}.{dn}")

    @cached_property
    def _sized(self) -> Mapping[str, tuple[tuple[int, Price], ...]]:
        """Return the prices of each family that has sizes, from the smallest."""
        found: dict[str, list[tuple[int, Price]]] = {}
        for one in self.prices.values():
            if one.size.isdecimal():
                found.setdefault(one.family, []).append((int(one.size), one))
        return {name: tuple(sorted(sizes, key=lambda pair: pair[0])) for name, sizes in found.items()}


def price_book(year: int, city: str = ANY_CITY) -> PriceBook:
    """Return the latest packaged price book not later than a year: the city's own, else the one for any city.

    Raises
    ------
    UnknownItem
        If every book is later, naming the years there are.

    References
    ----------
    ``tables/prices.toml``; ``docs/sources.md`` (facts E).
    """
    books = _packaged()
    for wanted in (city, ANY_CITY):
        years = [known for known, of_city in books if of_city == wanted and known <= year]
        if years:
            return books[max(years), wanted]
    raise UnknownItem(
        text(
            "There is no price book for {year} ({city}); there are {known}.",
            year=str(year),
            city=city,
            known=", ".join(f"{known} ({of_city})" for known, of_city in books),
        )
    )


@cache
def _packaged() -> Mapping[tuple[int, str], PriceBook]:
    table = tables.load("prices")
    return {
        (book["year"], book["city"]): PriceBook(
            year=book["year"], city=book["city"], prices=_by_code(_of_families(book, table["family"]))
        )
        for book in table["book"]
    }


def _by_code(prices: Iterable[Price]) -> Mapping[str, Price]:
    found: dict[str, Price] = {}
    for price in prices:
        sound = price.unit and price.kind in KINDS and 0 <= price.low_yuan <= price.high_yuan
        if price.code in found or not sound:
            raise PolicyFault(
                text("prices.toml: {code} appears twice, or lacks its unit, kind or range", code=price.code),
                file="prices.toml",
                key=price.code,
            )
        found[price.code] = price
    return found


def _of_families(book: Mapping[str, Any], families: Iterable[Mapping[str, Any]]) -> Iterator[Price]:
    label = bilingual(book["label"], book["label_en"])
    for family in families:
        chinese = family.get("specification", "")
        english = family.get("specification_en", chinese)
        for row in family["sizes"]:
            size = row["size"]
            low, high = row[f"yuan_{book['year']}"]
            yield Price(
                code=f"{family['code']}.{size}" if size else family["code"],
                family=family["code"],
                size=size,
                article=bilingual(family["name"], family["name_en"]),
                specification=bilingual(chinese.format(size=size), english.format(size=size)),
                unit=family["unit"],
                kind=family["kind"],
                low_yuan=Decimal(low),
                high_yuan=Decimal(high),
                source=row["source"],
                trust=row["trust"],
                label=label,
            )
