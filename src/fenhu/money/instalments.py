"""When a payer owes which part: the policy's instalments of an amount, and what of it is overdue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fenhu.money.fen import split_fen
from fenhu.policy import Policy
from fenhu.policy.paying import Event
from fenhu.records import Payer


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """One part of an amount; ``due_on`` is None while its event has not happened."""

    event: Event
    due_on: date | None
    fen: int


def instalments(
    amount_fen: int, payer: Payer, policy: Policy, events: Mapping[Event, date | None]
) -> tuple[Instalment, ...]:
    """Return the parts in which a payer owes an amount; they sum to it exactly.

    A policy that sets no instalments for a payer lets all of it be due with the contract.
    """
    rules = policy.instalments_of(payer)
    if not rules:
        return (Instalment(event="contract", due_on=events.get("contract"), fen=amount_fen),)
    parts = split_fen(amount_fen, [rule.share for rule in rules]) if amount_fen else (0,) * len(rules)
    return tuple(
        Instalment(event=rule.event, due_on=_after(events.get(rule.event), rule.within_days), fen=fen)
        for rule, fen in zip(rules, parts, strict=True)
    )


def overdue_fen(parts: Sequence[Instalment], paid_fen: int, day: date) -> int:
    """Return what should have been paid before ``day`` and was not; payments count for the earliest."""
    due = sum(part.fen for part in parts if part.due_on is not None and part.due_on < day)
    return max(0, due - paid_fen)


def next_due(parts: Sequence[Instalment], paid_fen: int) -> Instalment | None:
    """Return the earliest part that is not paid in full; parts whose event has not happened come last."""
    left = paid_fen
    for part in sorted(parts, key=lambda one: one.due_on or date.max):
        if part.fen > left:
            return part
        left -= part.fen
    return None


def _after(day: date | None, days: int) -> date | None:
    return None if day is None else day + timedelta(days=days)
