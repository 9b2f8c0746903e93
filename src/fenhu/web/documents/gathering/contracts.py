"""What the contract of one flat says, with the signature its household gave on its page (三（三）)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from fenhu.papers import issued
from fenhu.web.household import queries as household
from fenhu.web.terms.contracts import contracts_of

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 160"><path d="{drawn}" fill="none"'
    ' stroke="#000000" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>'
)


def contracts(reader: Any, flats: Sequence[Any]) -> list[issued.Contract]:
    """Return what the contracts of flats say, in their order: where one was signed, what was signed."""
    return [_signed(work, offered) for work, offered in zip(flats, contracts_of(flats), strict=True)]


def _signed(work: Any, offered: issued.Contract) -> issued.Contract:
    given = household.signature_of(work, issued.digest_of(offered.whole_text()))
    if given is None:
        return offered
    return replace(
        offered, agreed=given.articles, signed_by=given.name, signed_on=given.on_date,
        signed_digest=given.digest, signature_svg=_SVG.format(drawn=given.drawn) if given.drawn else "",
    )  # fmt: skip
