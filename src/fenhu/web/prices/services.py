"""What the bureau does with prices: enter a version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from fenhu import tables
from fenhu.design import PriceBook
from fenhu.design.city_prices import price_book_of, read_prices
from fenhu.design.price_sheet import kept, read_price_sheet
from fenhu.errors import InputFault, WrongState
from fenhu.programme import Role
from fenhu.records import Finding
from fenhu.web import clock
from fenhu.web.access.gates import require_role
from fenhu.web.journal import services as journal
from fenhu.web.prices.books import book_of, version_on
from fenhu.web.prices.models import PriceVersion
from fenhu.web.rules import current_policy
from fenhu.wording import CHINESE, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What became of a file of prices: ``version`` is None where it has faults."""

    version: PriceVersion | None
    findings: tuple[Finding, ...] = ()


@transaction.atomic
def enter_prices(
    actor: Any, path: Path, *, name: str, valid_from: date, source: str, remark: str = ""
) -> Entered:
    """Return the new version of the city's prices, or every fault of its file.

    A file is a workbook or CSV headed as the template, or a TOML price book, which names its source itself.
    Contracts that are signed and designs that are made keep the prices they have.

    Raises
    ------
    NotAllowed
        If the actor is not of the city bureau.
    InputFault
        If the source is missing, or a row cannot be used.
    WrongState
        If a version from a later day is there already, or no price changes.
    """
    require_role(actor, Role.CITY_BUREAU)
    head: dict[str, Any]
    if path.suffix == ".toml":
        head = read_prices(path)
    else:
        reading = read_price_sheet(path)
        if reading.rows is None:
            return Entered(version=None, findings=reading.findings)
        head = _head(source, valid_from) | {"price": [dict(row) for row in reading.rows]}
    if not head.get("price"):
        raise InputFault(text("The file has no price; fill in what an article costs here"))
    return Entered(version=_kept(actor, head, name, valid_from, remark))


def _head(source: str, valid_from: date) -> dict[str, Any]:
    if not source.strip():
        raise InputFault(text("Say where the prices are from, such as the cost bulletin and its issue"))
    city = current_policy().city.name.in_language(CHINESE)
    return {"year": valid_from.year, "city": city, "source": source.strip(), "trust": tables.TRUST[0]}


def _kept(actor: Any, data: Mapping[str, Any], name: str, valid_from: date, remark: str) -> PriceVersion:
    book = price_book_of(data, name)
    # One at a time: what is in force when the lock is had is what the new version follows.
    last = PriceVersion.objects.select_for_update().order_by("-number").first()
    if last is not None and valid_from < last.valid_from:
        raise WrongState(
            text(
                "There are prices from {day} on; a new version follows them",
                day=last.valid_from.isoformat(),
            )
        )
    before = book_of(version_on(valid_from), valid_from.year)
    if _amounts(book) == _amounts(before):
        raise WrongState(text("The file changes no price that is in force on that day"))
    version = PriceVersion.objects.create(
        number=1 + (PriceVersion.objects.aggregate(n=Max("number"))["n"] or 0),
        valid_from=valid_from, year=book.year, city=book.city, source=data["source"], trust=data["trust"],
        rows=[kept(row) for row in data["price"]], digest=book.digest, file_name=name[:200],
        remark=remark.strip()[:300], entered_on=clock.today(), entered_by=actor,
    )  # fmt: skip
    journal.record(actor=actor, subject=version, kind="prices.entered", data={
        "number": version.number, "valid_from": valid_from.isoformat(), "prices": len(version.rows),
        "digest": version.digest,
    })  # fmt: skip
    return version


def _amounts(book: PriceBook) -> dict[str, tuple[Any, Any]]:
    return {code: (price.low_yuan, price.high_yuan) for code, price in book.prices.items()}
