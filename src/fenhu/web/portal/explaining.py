"""A city's policy in plain words: questions residents ask, answered from its data, each with its clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from fenhu.papers import item_name, owner_kind_name
from fenhu.policy import ConsentRule, CostShare, Liability, Policy
from fenhu.policy.entry import Entry
from fenhu.policy.words import PARTIES, PAYERS, joined, percent
from fenhu.records import OwnerKind, Payer
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One sentence of an answer; ``reason`` says why it is assumed, None where the document says it."""

    said: Text
    clause: str
    reason: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What residents ask; ``code`` is its anchor."""

    code: str
    asked: Text
    answers: tuple[Answer, ...]


AUTHORITIES = {
    "city": text("the city construction bureau"),
    "district": text("the government of the district"),
}
_SCOPES = {"unit": text("a stairwell"), "building": text("a building"), "estate": text("an estate")}
_LIABLE = {
    "owner_unit": text("the owner unit"), "developer": text("the developer"),
    "household": text("the household"),
}  # fmt: skip


def explained(policy: Policy, day: date) -> tuple[Question, ...]:
    """Return the policy as questions and answers, by the rules in force on ``day``; silent ones left out."""
    asked = (
        ("why", text("What is this conversion for?"), _named(policy.aims)),
        ("responsible", text("Who is responsible for my building?"), _responsible(policy)),
        ("pays", text("Who pays what?"), _pays(policy)),
        ("household", text("What does my household pay, and when?"), _household(policy)),
        ("consent", text("Do we residents have a say?"), _consent(policy, day)),
        ("first", text("Which buildings come first?"), _first(policy)),
        ("deadlines", text("Until when?"), _deadlines(policy, day.year)),
        ("before", text("What must be done before anybody starts work in my home?"), _gates(policy, "start")),
        ("acceptance", text("Who checks that it was done well?"), _acceptance(policy)),
        ("unwilling", text("What if somebody does not cooperate?"), _unwilling(policy)),
        ("praise", text("And those who do cooperate?"), _praise(policy)),
        ("reward", text("What does the government add?"), _reward(policy, day)),
        ("offices", text("What does each office have to do?"), _duties(policy)),
    )
    found = (Question(code=code, asked=name, answers=tuple(said)) for code, name, said in asked)
    return tuple(one for one in found if one.answers)


def _answer(said: Text, entry: Entry) -> Answer:
    return Answer(said=said, clause=entry.clause, reason=entry.reason if entry.assumed else None)


def _named(entries: Iterable[Entry]) -> Iterator[Answer]:
    return (_answer(entry.name, entry) for entry in entries)  # type: ignore[attr-defined]


def _responsible(policy: Policy) -> Iterator[Answer]:
    rule = policy.responsibility
    for authority, office in AUTHORITIES.items():
        kinds = [owner_kind_name(kind) for kind in OwnerKind if rule.of(kind) == authority]
        if kinds:
            yield _answer(text(
                "Buildings put up by {kinds}: {office} answers for them", kinds=joined(kinds), office=office
            ), rule)  # fmt: skip
    yield from _named(one for one in policy.duties if one.party == "heat_supplier")


def _pays(policy: Policy) -> Iterator[Answer]:
    for rule in policy.cost_shares:
        yield _share(policy, rule)
    for ceiling in policy.ceilings:
        yield _answer(ceiling.said(), ceiling)


def _share(policy: Policy, rule: CostShare) -> Answer:
    alone = len(policy.shares_of(rule.item)) == 1
    return _answer(text("{item}: {part}", item=item_name(rule.item), part=_part(rule, alone)), rule)


def _part(rule: CostShare, alone: bool) -> Text:
    own = text("the {payer} pays all of it", payer=PAYERS[rule.payer]) if alone else _own_part(rule)
    if rule.advanced_by is None:
        return own
    return text("{part}, laid out at first by the {payer}", part=own, payer=PAYERS[rule.advanced_by])


def _own_part(rule: CostShare) -> Text:
    payer = PAYERS[rule.payer]
    match rule.rule:
        case "share" if rule.value is not None:
            part = percent(rule.value)
            if rule.of == "cost":
                return text("the {payer} pays {percent} %", payer=payer, percent=part)
            return text("the {payer} pays {percent} % of what is left", payer=payer, percent=part)
        case "per_flat":
            return text("the {payer} pays {yuan} yuan a flat", payer=payer, yuan=str(rule.value))
        case "per_m2":
            return text("the {payer} pays {yuan} yuan a square metre", payer=payer, yuan=str(rule.value))
        case "available":
            return text("the {payer} pays as far as it reaches", payer=payer)
        case _:
            return text("the {payer} pays all that is left", payer=payer)


def _household(policy: Policy) -> Iterator[Answer]:
    for share in policy.cost_shares:
        if share.payer == "user":
            yield _share(policy, share)
    for ceiling in policy.ceilings:
        if ceiling.payer == "user":
            yield _answer(ceiling.said(), ceiling)
    for instalment in policy.instalments_of(Payer.USER):
        yield _answer(instalment.said(), instalment)


def _consent(policy: Policy, day: date) -> Iterator[Answer]:
    for rule in policy.consent:
        if rule.in_force(day):
            purpose = (
                text("The conversion of {scope} begins", scope=_SCOPES[rule.scope])
                if rule.purpose == "conversion"
                else text("The repair fund of {scope} is used", scope=_SCOPES[rule.scope])
            )
            yield _answer(text("{purpose} when {share} agree", purpose=purpose, share=_majority(rule)), rule)
            if rule.quorum_heads is not None:
                yield _answer(text(
                    "At least {percent} % of the households have to take part in the vote",
                    percent=percent(rule.quorum_heads),
                ), rule)  # fmt: skip


def _majority(rule: ConsentRule) -> Text:
    share = rule.heads if rule.heads is not None else rule.area
    assert share is not None  # the loader demands one of both
    amount = percent(share)
    both = rule.heads is not None and rule.area is not None
    of = text("of those who vote") if rule.of == "voting" else text("of all")
    by = text("by households and by floor area") if both else text("by households")
    if rule.more_than:
        return text("more than {percent} % {of}, counted {by},", percent=amount, of=of, by=by)
    return text("at least {percent} % {of}, counted {by},", percent=amount, of=of, by=by)


def _first(policy: Policy) -> Iterator[Answer]:
    criteria = {one.code: one.name for one in policy.criteria}
    for group in policy.priority_groups:
        yield _answer(text(
            "{group}: at least {n} of these hold: {criteria}", group=group.name, n=group.at_least,
            criteria=joined([criteria[code] for code in group.criteria]),
        ), group)  # fmt: skip


def _deadlines(policy: Policy, year: int) -> Iterator[Answer]:
    calendar, programme = policy.calendar, policy.programme
    filing, completion = calendar.filing_deadline(year), calendar.completion_deadline(year)
    exceptions = {one.deadline: one for one in calendar.exception if one.year == year}
    yield _answer(text(
        "The heat suppliers file the plan of {year} by {day}", year=str(year), day=filing.isoformat()
    ), exceptions.get("filing", calendar.filing))  # fmt: skip
    yield _answer(text(
        "Whatever is on the plan of {year} is converted by {day}", year=str(year), day=completion.isoformat()
    ), exceptions.get("completion", calendar.completion))  # fmt: skip
    yield _answer(text(
        "The whole programme: {flats} flats, from {first} on, in {least} to {most} years",
        flats=f"{programme.stock_flats:,}", first=str(programme.first_year), least=programme.years_min,
        most=programme.years_max,
    ), programme)  # fmt: skip


def _gates(policy: Policy, before: str) -> Iterator[Answer]:
    return _named(one for one in policy.gates if one.before == before)


def _acceptance(policy: Policy) -> Iterator[Answer]:
    rule = policy.acceptance
    organisers = joined([PARTIES[one] for one in rule.organised_by])
    signers = joined([PARTIES[one] for one in rule.parties.value])
    yield _answer(text("The acceptance is organised by {parties}", parties=organisers), rule)
    yield _answer(text("These sign it: {parties}", parties=signers), rule.parties)
    yield from _gates(policy, "in_use")
    for test in rule.test:
        yield _answer(test.said(), test)
    yield _answer(text(
        "Defects are mended without charge for {seasons} heating seasons", seasons=policy.warranty.seasons
    ), policy.warranty)  # fmt: skip


def _unwilling(policy: Policy) -> Iterator[Answer]:
    return (_answer(_liability(one), one) for one in policy.liability)


def _liability(rule: Liability) -> Text:
    liable = joined([_LIABLE[one] for one in rule.liable])
    return text("{case}: {liable} answers for it", case=rule.name, liable=liable)


def _praise(policy: Policy) -> Iterator[Answer]:
    for rule in policy.commendation:
        yield _answer(rule.name, rule)
        if "reward" in rule.award:
            amount = rule.amount_yuan_per_flat
            yield _answer(text("The reward is {yuan} yuan a flat", yuan=str(amount.value)), amount)


def _reward(policy: Policy, day: date) -> Iterator[Answer]:
    for rule in policy.rewards:
        if rule.in_force(day):
            yield _answer(text("{name}: {rate}", name=rule.name, rate=rule.said()), rule)


def _duties(policy: Policy) -> Iterator[Answer]:
    for duty in policy.duties:
        yield _answer(text("{party}: {duty}", party=PARTIES[duty.party], duty=duty.name), duty)
