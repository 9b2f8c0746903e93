"""Every kind of paper that is issued: what it is about, who issues it, when it may be, and its values.

How a kind looks and what it is made of stands in ``fenhu.papers.issued``, under the same name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fenhu.papers import issued
from fenhu.programme import PROJECT, Role
from fenhu.web.documents.gathering.contracts import contracts
from fenhu.web.documents.gathering.notices import building_notices, flat_notices
from fenhu.web.documents.gathering.plans import allocations, commendation_lists, schemes
from fenhu.web.documents.gathering.works import acceptance_records, briefings, publications
from fenhu.web.ledger import queries as ledger
from fenhu.web.works import queries as works
from fenhu.wording import Text, text

Gather = Callable[[Any, Sequence[Any]], list[Any]]
Guard = Callable[[Any], Text | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of issued paper.

    ``word`` stands in its numbers, after the office's mark; ``about`` names its subject. ``gather`` returns
    the values of papers about several subjects of one project, read as their issuer may read them;
    ``held_back`` says why one cannot be issued yet. A ``personal`` paper concerns one flat: the public learns
    no more than its kind and building.
    """

    kind: str
    word: str
    about: str
    issuers: tuple[Role, ...]
    gather: Gather
    held_back: Guard
    personal: bool = False

    @property
    def name(self) -> Text:
        """Return what the paper is called."""
        return issued.KINDS[self.kind].title


def _over(project: Any) -> Text | None:
    if project.state == "withdrawn":
        return text("The project is “{state}”", state=PROJECT.states[project.state])
    return None


def _flat_over(work: Any) -> Text | None:
    return _over(work.project)


def _no_price(work: Any) -> Text | None:
    """A contract says what a flat pays; before the building has a bill nobody knows."""
    if work.project.state == "listed":
        return text("Contracts are made once the residents are informed")
    priced = works.estimated_bill(work.project) is not None or ledger.contract_bill(work.project) is not None
    return _over(work.project) if priced else text("The building has no price yet")


def _no_leads(project: Any) -> Text | None:
    if project.published_on is None:
        return text("Both leads are published first, with their telephone numbers")
    return _over(project)


def _no_briefing(project: Any) -> Text | None:
    return (
        text("The technical briefing is not on record yet") if project.briefed_on is None else _over(project)
    )


def _no_scheme(plan: Any) -> Text | None:
    return None if plan.scheme.strip() else text("The implementation scheme is not written yet")


def _undecided(held: Any) -> Text | None:
    return text("The round is not decided yet") if held.decided_on is None else None


def _unapproved(reward: Any) -> Text | None:
    if reward.state in ("approved", "paid", "published"):
        return None
    return text("The proposal is not approved yet")


def _nobody_praised(praises: Any) -> Text | None:
    return None if works.praised_in(praises.year) else text("Nobody was commended in this year")


_SUPPLIER, _GOVERNMENTS = (Role.HEAT_SUPPLIER,), (Role.CITY_BUREAU, Role.DISTRICT_GOV)
_PROJECT, _FLAT = "works.project", "works.flatwork"
_ROWS = (
    Kind(kind="scheme", word="改案", about="works.annualplan", issuers=_SUPPLIER, gather=schemes,
         held_back=_no_scheme),
    Kind(kind="building_notice", word="改通", about=_PROJECT, issuers=_SUPPLIER, gather=building_notices,
         held_back=_over),
    Kind(kind="flat_notice", word="户通", about=_FLAT, issuers=_SUPPLIER, gather=flat_notices,
         held_back=_flat_over, personal=True),
    Kind(kind="contract", word="改合", about=_FLAT, issuers=_SUPPLIER, gather=contracts,
         held_back=_no_price, personal=True),
    Kind(kind="publication", word="公示", about=_PROJECT, issuers=_SUPPLIER, gather=publications,
         held_back=_no_leads),
    Kind(kind="briefing", word="交底", about=_PROJECT, issuers=_SUPPLIER, gather=briefings,
         held_back=_no_briefing),
    Kind(kind="acceptance", word="验收", about="works.acceptanceround", issuers=_GOVERNMENTS,
         gather=acceptance_records, held_back=_undecided),
    Kind(kind="reward_allocation", word="奖配", about="ledger.rewardproposal", issuers=_GOVERNMENTS,
         gather=allocations, held_back=_unapproved),
    Kind(kind="commendations", word="表彰", about="documents.praises", issuers=_GOVERNMENTS,
         gather=commendation_lists, held_back=_nobody_praised),
)  # fmt: skip
KINDS: Mapping[str, Kind] = {row.kind: row for row in _ROWS}
