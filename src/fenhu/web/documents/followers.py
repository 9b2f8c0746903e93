"""What papers follow from: once both have signed a flat's contract, it is issued with the signature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fenhu.web.documents.issuing import issue, kind_of, replace, standing_of
from fenhu.web.documents.subjects import named, rows_of
from fenhu.web.journal import services as journal
from fenhu.wording import CHINESE, text


def begin() -> None:
    """Follow what happens on flats' pages."""
    journal.follow("household.countersigned", _contract_signed)


def _contract_signed(actor: Any, bound: Any, data: Mapping[str, Any]) -> None:
    """Issue the contract as it was signed; one that was issued before the signature gives way to it."""
    flats = rows_of("works.flatwork").filter(flat=data["flat"], contract_number=data["number"])
    work = flats.order_by("-pk").first()
    standing = standing_of(kind_of("contract"), [work]).get(named(work))
    if standing is None:
        issue(actor, kind="contract", subject=work)
    else:
        replace(actor, standing, reason=text("Signed by both parties").in_language(CHINESE))
