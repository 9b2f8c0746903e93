"""Rounds of acceptance: what their guards ask, and what each step leaves on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from fenhu.programme import PARTY_NAMES, RoundFacts
from fenhu.web.rules import policy_named
from fenhu.web.works.facts.kinds import Stamp
from fenhu.web.works.models import AcceptanceRound, FlatWork


def round_facts(held: AcceptanceRound) -> RoundFacts:
    """Return what the guards of a round of acceptance ask."""
    rules = policy_named(held.project.policy).acceptance
    values = list(held.values.values_list("test", "flat", "kept"))
    signed = dict(held.signatures.values_list("party", "agrees"))
    measured = {test for test, _, _ in values}
    missed = {test for test, flat, kept in values if not kept and flat is None}
    return RoundFacts(
        unmeasured=tuple(test.name for test in rules.test if test.code not in measured),
        missed=tuple(test.name for test in rules.test if test.code in missed),
        unsigned=tuple(PARTY_NAMES[party] for party in rules.parties.value if party not in signed),
        refused=tuple(PARTY_NAMES[party] for party, agrees in signed.items() if not agrees),
        flats_failed=len(failed_flats(held)),
    )


def failed_flats(held: AcceptanceRound) -> frozenset[int]:
    """Return the flats in which a value of this round missed its limits."""
    failed = held.values.filter(kept=False, flat__isnull=False)
    return frozenset(failed.values_list("flat", flat=True))


def _whole(held: AcceptanceRound, actor: Any, note: str, today: date) -> dict[str, object]:
    _pass_flats(held, today)
    return {"decided_on": today}


def _in_part(held: AcceptanceRound, actor: Any, note: str, today: date) -> dict[str, object]:
    _pass_flats(held, today)
    return {"decided_on": today}


def _failed(held: AcceptanceRound, actor: Any, note: str, today: date) -> dict[str, object]:
    return {"decided_on": today}


def _pass_flats(held: AcceptanceRound, today: date) -> None:
    """Let every flat with a contract pass that did not fail in this round and had not passed before."""
    waiting = Q(project=held.project_id, contract_on__isnull=False, passed_on__isnull=True)
    FlatWork.objects.filter(waiting).exclude(flat__in=failed_flats(held)).update(passed_on=today)


ROUND_STAMPS: Mapping[str, Stamp] = {"pass": _whole, "pass_part": _in_part, "fail": _failed}
