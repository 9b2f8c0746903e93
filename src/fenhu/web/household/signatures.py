"""The signatures under contracts: which one a flat's contract bears."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fenhu.papers import issued
from fenhu.web.household.models import Countersigning, Declaration


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A household's signature: who gave it, when, by hand or by writing the name, and under which words."""

    name: str
    on_date: date
    drawn: str
    digest: str
    articles: tuple[issued.Article, ...]


def signature_of(work: Any, digest: str) -> Signature | None:
    """Return the signature a flat's contract bears; None where it was signed on paper, or not yet.

    Parameters
    ----------
    work
        The flat in its project (``works.FlatWork``).
    digest
        That of the contract as it reads now: before the supplier has signed, only this one counts.
    """
    if work.contract_on is not None:
        bound = Countersigning.objects.filter(declaration__flat=work.flat_id, number=work.contract_number)
        found = bound.select_related("declaration").order_by("-pk").first()
        return _read(found.declaration) if found is not None else None
    given = Declaration.objects.filter(flat=work.flat_id, kind="contract", digest=digest)
    newest = given.order_by("-pk").first()
    return _read(newest) if newest is not None else None


def _read(given: Declaration) -> Signature:
    return Signature(
        name=given.name, on_date=given.on_date, drawn=given.drawn, digest=given.digest,
        articles=issued.articles_from(given.articles or ()),
    )  # fmt: skip
