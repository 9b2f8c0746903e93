"""The policy as a page prints it: its rules by subject, each with what it says and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fenhu.policy import Policy
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: ``reason`` says why it is assumed, where it is."""

    name: Text | str
    said: Text | str
    clause: str
    assumed: bool
    reason: Text | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """The rules on one subject; ``code`` is its anchor."""

    code: str
    title: Text
    rules: tuple[Rule, ...]


def chapters(policy: Policy) -> tuple[Chapter, ...]:
    """Return the rules of ``policy`` in the order of the work."""
    calendar = policy.calendar
    deadlines = (
        _rule(text("Plans are filed by"), calendar.filing),
        _rule(text("Works are done by"), calendar.completion),
        _rule(text("Heating season"), calendar.heating_season),
        *(_rule(text("Exception"), one) for one in calendar.exception),
    )
    parts = (
        ("targets", text("Targets"), [_rule(text("Target"), one) for one in policy.programme.target]),
        ("deadlines", text("Deadlines"), deadlines),
        ("duties", text("Who does what"), [_rule(one.name, one) for one in policy.duties]),
        ("forms", text("Forms of heating"), [_rule(one.name, one) for one in policy.form.target]),
        ("criteria", text("What makes a building urgent"), [_rule(one.name, one) for one in policy.criteria]),
        ("priority", text("Who comes first"), [_rule(one.name, one) for one in policy.priority_groups]),
        ("consent", text("Residents' consent"), [_rule(one.name, one) for one in policy.consent]),
        ("shares", text("Who pays"), [_rule(one.name, one, one.part()) for one in policy.cost_shares]),
        ("instalments", text("When what is paid"), [_rule(one.said(), one) for one in policy.instalments]),
        ("purses", text("Repair fund, grants and reward"), _purses(policy)),
        ("gates", text("Before works begin and before use"), [_rule(one.name, one) for one in policy.gates]),
        ("acceptance", text("Acceptance"), [_rule(one.name, one) for one in policy.acceptance.test]),
        ("conduct", text("Liability and praise"), _conduct(policy)),
    )
    return tuple(Chapter(code=code, title=title, rules=tuple(rules)) for code, title, rules in parts)


def _purses(policy: Policy) -> Iterable[Rule]:
    if policy.repair_fund is not None:
        yield _rule(text("Housing repair fund"), policy.repair_fund)
    if policy.grant is not None:
        yield _rule(text("Central and provincial project money"), policy.grant)
    for reward in policy.rewards:
        yield _rule(reward.name, reward)


def _conduct(policy: Policy) -> Iterable[Rule]:
    for entry in (*policy.liability, *policy.commendation):
        yield _rule(entry.name, entry)


def _rule(name: Text, entry: Any, said: Text | None = None) -> Rule:
    """Return an entry as a rule; what only repeats its name is left out."""
    words = entry.said() if said is None else said
    return Rule(
        name=name, said="" if str(words) == str(name) else words, clause=entry.clause,
        assumed=entry.assumed, reason=entry.reason if entry.assumed else "",
    )  # fmt: skip
