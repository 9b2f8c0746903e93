"""What a building's conversion costs by the best that is known: its latest design, or the estimate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fenhu.money import bill_from
from fenhu.records import BillLine
from fenhu.web.prices.queries import book_name
from fenhu.web.works.drawn import worked_out_again
from fenhu.web.works.models import BuildingOutcome, DesignVersion, FlatWork
from fenhu.wording import CHINESE


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedBill:
    """A bill's lines, by which book of prices; ``design_number`` is None for an estimate."""

    lines: tuple[BillLine, ...]
    price_book: str
    design_number: int | None


def price_of(building: Any) -> PricedBill | None:
    """Return a building's bill by its latest design that was submitted or approved, else by the study.

    None where there is neither.
    """
    versions = DesignVersion.objects.filter(building=building, state__in=("submitted", "approved"))
    version = versions.order_by("-number").first()
    if version is not None:
        made = worked_out_again(version)
        book = book_name(version.price_version, version.price_year).in_language(CHINESE)
        return PricedBill(lines=made.bill.bill_lines, price_book=book, design_number=version.number)
    outcome = BuildingOutcome.objects.filter(building=building, study__current=True).first()
    if outcome is None or not outcome.bill:
        return None
    return PricedBill(lines=bill_from(outcome.bill), price_book="unit_estimates", design_number=None)


def planned_shares(building_ids: list[int]) -> dict[int, dict[str, int]]:
    """Return, by building, what each payer pays by the current study."""
    rows = BuildingOutcome.objects.filter(building__in=building_ids, study__current=True)
    return {row.building_id: row.shares for row in rows}


def signed_flats(project_id: int) -> set[str]:
    """Return the flats of a project that have a contract."""
    works = FlatWork.objects.filter(project=project_id, contract_on__isnull=False).select_related("flat")
    return {work.flat.flat_id for work in works}
