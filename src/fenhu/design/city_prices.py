"""A city's own price book: a TOML file, read with every fault named, completed by the packaged book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from fenhu import tables
from fenhu.design.prices import KINDS, Price, PriceBook, price_book
from fenhu.errors import InputFault
from fenhu.wording import Text, bilingual, text
from fenhu.worksheets import read_toml

_HEAD = {"year": int, "city": str, "source": str, "trust": str}
_NEEDED = ("name", "name_en", "unit", "kind")
_KEYS = ("code", "yuan", "source", "trust", "specification", *_NEEDED)


def read_price_book(path: Path) -> PriceBook:
    """Return a city's own price book from a TOML file, completed by the packaged book of its year.

    The file names ``year``, ``city``, ``source`` and ``trust``, and for every ``[[price]]`` its ``code`` and
    ``yuan`` (a price, or a range ``[low, high]``); an article the packaged book does not have, such as
    ``fitting.elbow.steel.25``, also ``name``, ``name_en``, ``unit`` and ``kind``, and ``specification`` if it
    has one. Prices the file does not have keep the packaged price and its label.

    Raises
    ------
    UnreadableFile
        If the file cannot be opened or is no TOML.
    InputFault
        If anything in it is wrong; every fault is named.
    UnknownItem
        If every packaged book is later than its year.
    """
    return price_book_of(read_prices(path), path.name)


def read_prices(path: Path) -> dict[str, Any]:
    """Return the tables of a price book's TOML file, unchecked, with exact decimals.

    Raises
    ------
    UnreadableFile
        If the file cannot be opened or is no TOML.
    """
    return read_toml(path, parse_float=Decimal)


def price_book_of(data: Mapping[str, Any], file: str) -> PriceBook:
    """Return the price book that a city's tables make, completed by the packaged book of its year.

    Parameters
    ----------
    data
        What ``read_prices`` gives, or the same tables from elsewhere.
    file
        What the tables are called where a fault is told.

    Raises
    ------
    InputFault
        If anything in it is wrong; every fault is named.
    UnknownItem
        If every packaged book is later than its year.
    """
    head = list(_head_faults(data))
    if head:
        raise _faulty(file, head)
    base = price_book(data["year"], data["city"])
    faults: list[Text] = []
    own: dict[str, Price] = {}
    for number, row in enumerate(data.get("price", ()), start=1):
        found = list(_row_faults(number, row, base, own))
        faults += found
        if not found:
            own[row["code"]] = _price(row, data, base.prices.get(row["code"]))
    if faults:
        raise _faulty(file, faults)
    return PriceBook(year=data["year"], city=data["city"], prices={**base.prices, **own})


def _head_faults(data: Mapping[str, Any]) -> Iterator[Text]:
    for key, kind in _HEAD.items():
        if not isinstance(data.get(key), kind) or not data[key]:
            yield text("{key} is missing or of the wrong kind", key=key)
    if data.get("trust", tables.TRUST[0]) not in tables.TRUST:
        yield text(
            "trust is {trust}; expected one of {known}",
            trust=str(data["trust"]),
            known=", ".join(tables.TRUST),
        )
    rows = data.get("price", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        yield text("{key} is missing or of the wrong kind", key="price")
    for key in sorted(set(data) - {*_HEAD, "price"}):
        yield text("nobody knows {key}", key=key)


def _row_faults(
    number: int, row: Mapping[str, Any], base: PriceBook, own: Mapping[str, Price]
) -> Iterator[Text]:
    code = row.get("code")
    if not isinstance(code, str) or not code:
        yield text("price {number} has no code", number=number)
        return
    if code in own:
        yield text("{code} appears twice", code=code)
    if _range(row.get("yuan")) is None:
        yield text("{code} needs yuan: a price of at least 0, or [low, high]", code=code)
    for key in sorted(set(row) - set(_KEYS)):
        yield text("{code}: nobody knows {key}", code=code, key=key)
    if row.get("trust", tables.TRUST[0]) not in tables.TRUST:
        yield text(
            "{code} has trust {trust}; expected one of {known}",
            code=code,
            trust=str(row["trust"]),
            known=", ".join(tables.TRUST),
        )
    yield from _known_faults(row, base.prices[code]) if code in base.prices else _new_faults(row)


def _known_faults(row: Mapping[str, Any], known: Price) -> Iterator[Text]:
    for key, expected in (("unit", known.unit), ("kind", known.kind)):
        if row.get(key, expected) != expected:
            yield text(
                "{code} has {key} {found}; expected {expected}",
                code=known.code,
                key=key,
                found=str(row[key]),
                expected=expected,
            )


def _new_faults(row: Mapping[str, Any]) -> Iterator[Text]:
    for key in _NEEDED:
        if not isinstance(row.get(key), str) or not row[key]:
            yield text("{code} is a new article and has no {key}", code=row["code"], key=key)
    if isinstance(row.get("kind"), str) and row["kind"] not in KINDS:
        yield text(
            "{code} has kind {kind}; expected one of {known}",
            code=row["code"],
            kind=row["kind"],
            known=", ".join(KINDS),
        )


def _range(yuan: object) -> tuple[Decimal, Decimal] | None:
    """Return a price or a range of prices as low and high, None if it is neither."""
    given = list(yuan) if isinstance(yuan, list) else [yuan, yuan]
    ends = [Decimal(one) for one in given if isinstance(one, int | Decimal) and not isinstance(one, bool)]
    if len(given) != 2 or len(ends) != 2 or not all(end.is_finite() for end in ends):
        return None
    low, high = ends
    return (low, high) if 0 <= low <= high else None


def _price(row: Mapping[str, Any], data: Mapping[str, Any], known: Price | None) -> Price:
    ends = _range(row["yuan"])
    assert ends is not None
    price = known or _article(row)
    return replace(
        price,
        low_yuan=ends[0],
        high_yuan=ends[1],
        source=row.get("source", data["source"]),
        trust=row.get("trust", data["trust"]),
        label=Text(""),
    )


def _article(row: Mapping[str, Any]) -> Price:
    """Return a new article without its price."""
    family, _, size = row["code"].rpartition(".")
    specification = str(row.get("specification", ""))
    return Price(
        code=row["code"],
        family=family if size.isdecimal() else row["code"],
        size=size if size.isdecimal() else "",
        article=bilingual(row["name"], row["name_en"]),
        specification=bilingual(specification, specification),
        unit=row["unit"],
        kind=row["kind"],
        low_yuan=Decimal(0),
        high_yuan=Decimal(0),
        source="",
        trust="",
        label=Text(""),
    )


def _faulty(file: str, faults: Iterable[Text]) -> InputFault:
    return InputFault(
        text(
            "The price book {file} cannot be used; correct:\n{faults}",
            file=file,
            faults="\n".join(str(fault) for fault in faults),
        ),
        code="price-book",
    )
