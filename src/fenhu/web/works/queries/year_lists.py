"""The lists behind a year's sums: what a payer carries of which building, which flats agreed or are open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from fenhu.records import Payer
from fenhu.web.paging import placed
from fenhu.web.registry.queries import full_name, visible_buildings, visible_flats
from fenhu.web.works.models import BuildingOutcome

PAGE_SIZE = 50
_CARRIED = (
    "building__code", "building__estate", "building__name", "building__district", "building__supplier__name",
    "building__flat_count", "cost_fen", "shares",
)  # fmt: skip
# What a flat's answer can be, and which flats have given it.
ANSWERS: Mapping[str, Q] = {
    "open": Q(consent__isnull=True), "agreed": Q(consent=True), "refused": Q(consent=False),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedRow:
    """One building of a year: what it costs and what the payer carries of it, whole fen."""

    code: str
    name: str
    district: str
    supplier: str
    flats: int
    cost_fen: int
    carried_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedPage:
    """One page of what a payer carries in a year, the largest part first, with the sums of all pages."""

    year: int
    payer: Payer
    rows: tuple[CarriedRow, ...]
    total: int
    cost_fen: int
    carried_fen: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRow:
    """One building of a year by the answers of its flats."""

    code: str
    name: str
    district: str
    flats: int
    agreed: int
    refused: int
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentPage:
    """One page of a year's buildings by their flats' answers; ``flats`` have given the answer asked for."""

    year: int
    answer: str
    rows: tuple[ConsentRow, ...]
    flats: int
    total: int
    page: int
    pages: int


def carried_page(user: Any, year: int, payer: Payer, *, page: int = 1) -> CarriedPage:
    """Return what ``payer`` carries of the buildings planned for ``year`` that ``user`` may see."""
    planned = BuildingOutcome.objects.visible_to(user).filter(study__current=True, planned_year=year)
    found = [_carried(columns, fen) for columns in planned.values_list(*_CARRIED)
             if (fen := (columns[-1] or {}).get(payer.value))]  # fmt: skip
    found.sort(key=lambda row: (-row.carried_fen, row.code))
    page, pages = placed(page, len(found), PAGE_SIZE)
    return CarriedPage(
        year=year, payer=payer, rows=tuple(found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]),
        total=len(found), cost_fen=sum(row.cost_fen for row in found),
        carried_fen=sum(row.carried_fen for row in found), page=page, pages=pages,
    )  # fmt: skip


def consent_page(user: Any, year: int, answer: str, *, page: int = 1) -> ConsentPage:
    """Return the buildings of ``year`` with flats of an ``answer`` (of ``ANSWERS``), most first.

    A flat counts where ``user`` may see it; its person is not told.
    """
    seen = visible_flats(user).filter(
        building__outcomes__study__current=True, building__outcomes__planned_year=year
    )
    counted = seen.order_by().values("building__code").annotate(
        flats=Count("pk"), **{name: Count("pk", filter=where) for name, where in ANSWERS.items()}
    )  # fmt: skip
    found = sorted(
        (row for row in counted if row[answer]), key=lambda row: (-row[answer], row["building__code"])
    )
    page, pages = placed(page, len(found), PAGE_SIZE)
    shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    codes = [row["building__code"] for row in shown]
    places = {
        code: (full_name(estate, name), district)
        for code, estate, name, district in visible_buildings(user).filter(code__in=codes).values_list(
            "code", "estate", "name", "district")
    }  # fmt: skip
    return ConsentPage(
        year=year, answer=answer, flats=sum(row[answer] for row in found), total=len(found), page=page,
        pages=pages,
        rows=tuple(
            ConsentRow(
                code=row["building__code"], name=places[row["building__code"]][0],
                district=places[row["building__code"]][1], flats=row["flats"], agreed=row["agreed"],
                refused=row["refused"], open=row["open"],
            )
            for row in shown
        ),
    )  # fmt: skip


def _carried(columns: tuple[Any, ...], fen: int) -> CarriedRow:
    code, estate, name, district, supplier, flats, cost_fen, _ = columns
    return CarriedRow(
        code=code, name=full_name(estate, name), district=district, supplier=supplier, flats=flats,
        cost_fen=cost_fen or 0, carried_fen=fen,
    )  # fmt: skip
