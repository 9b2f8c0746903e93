"""The rounds of a building's acceptance: what was measured, who signed, what is next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from fenhu.policy import Measurement
from fenhu.programme import (
    ACCEPTANCE,
    PARTY_NAMES,
    ROOM_TEMPERATURE,
    Role,
    next_to_sign,
)
from fenhu.web.access.privacy import masked_name
from fenhu.web.access.scope import get_visible
from fenhu.web.rules import policy_named
from fenhu.web.works.accepting import ORGANISERS, covered_flats, signs_for
from fenhu.web.works.acting import acts_on
from fenhu.web.works.facts.project import project_facts
from fenhu.web.works.facts.round import round_facts
from fenhu.web.works.models import (
    AcceptanceRound,
    BuildingOutcome,
    FlatWork,
    MeasuredValue,
    Project,
    Signature,
)
from fenhu.web.works.queries.conversions import project_for
from fenhu.web.works.queries.heads import ProjectHead, head_of
from fenhu.web.works.queries.steps import OpenStep, open_steps
from fenhu.wording import Text

_AFTER_ROUNDS = ("rectify", "accept", "use", "finish", "finish_own")
_READS_NAMES = (Role.CITY_BUREAU, Role.HEAT_SUPPLIER, Role.COMMUNITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRow:
    """One measured value; ``flat_id`` is empty for the whole system."""

    flat_id: str
    value: Decimal
    kept: bool
    remark: str
    measured_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistRow:
    """One line of the checklist with what was measured; ``kept`` None while nothing is."""

    test: Measurement
    of_flats: bool
    values: tuple[ValueRow, ...]
    kept: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """One party's place under a round; ``mine`` where it is the reader's turn to sign for it."""

    party: str
    name: Text
    agrees: bool | None
    signed_on: date | None
    signed_by: str
    on_paper_by: str
    note: str
    on_paper: bool
    turn: bool
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """One round; ``unmeasured`` says what nobody may sign before."""

    id: int
    number: int
    state: str
    state_label: Text
    version: int
    opened_on: date
    decided_on: date | None
    tests: tuple[ChecklistRow, ...]
    parties: tuple[PartyRow, ...]
    unmeasured: tuple[Text, ...]
    measures: bool
    steps: tuple[OpenStep, ...]

    @property
    def is_open(self) -> bool:
        """Return whether the round is being held."""
        return self.state == ACCEPTANCE.initial


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedFlat:
    """One flat with a contract: simulated before and after, measured, passed or not."""

    flat_id: str
    before_c: float | None
    after_c: float | None
    room_c: float | None
    passed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceView:
    """The acceptance of a building as its page shows it, the newest round first."""

    row: ProjectHead
    version: int
    finished_on: date | None
    accepted_on: date | None
    rounds: tuple[RoundView, ...]
    flats: tuple[AcceptedFlat, ...]
    waiting: tuple[str, ...]
    may_open: bool
    steps: tuple[OpenStep, ...]

    @property
    def passed(self) -> int:
        """Return how many flats have passed."""
        return sum(flat.passed_on is not None for flat in self.flats)

    @property
    def measured(self) -> tuple[AcceptedFlat, ...]:
        """Return the flats somebody measured."""
        return tuple(flat for flat in self.flats if flat.room_c is not None)


def acceptance_view(user: Any, code: str) -> AcceptanceView:
    """Return the acceptance of a building's living project.

    Raises
    ------
    django.http.Http404
        If there is none, or it is not the user's to see.
    """
    project = project_for(user, code)
    rounds = list(AcceptanceRound.objects.visible_to(user).filter(project=project).order_by("-number"))
    covered = covered_flats(project).select_related("flat")
    waiting = [work.flat.flat_id for work in covered.order_by("flat__unit", "flat__storey", "flat__room")]
    none_open = not any(one.state == ACCEPTANCE.initial for one in rounds)
    return AcceptanceView(
        row=head_of(project), version=project.version, finished_on=project.finished_on,
        accepted_on=project.accepted_on, rounds=tuple(_round(user, project, one) for one in rounds),
        flats=_flats(user, project), waiting=tuple(waiting),
        may_open=project.state == "finished" and none_open and not project_facts(project).passed
        and acts_on(user, project, *ORGANISERS),
        steps=tuple(_after(rounds, open_steps(user, project))) if none_open else (),
    )  # fmt: skip


def _after(rounds: Sequence[AcceptanceRound], steps: Iterable[OpenStep]) -> Iterator[OpenStep]:
    """Yield the steps that follow a round: where it did not pass whole, having it rectified comes first."""
    missed = bool(rounds) and rounds[0].state in ("partly", "failed")
    for step in steps:
        if step.name in _AFTER_ROUNDS and not (missed and step.name == "accept"):
            yield replace(step, aside=step.aside and not missed)


def open_round_for(user: Any, code: str) -> AcceptanceRound:
    """Return the round being held at a building, for whoever is about to work on it.

    Raises
    ------
    django.http.Http404
        If there is none, or it is not the user's to see.
    """
    rounds = AcceptanceRound.objects.select_related("project__building", "project__contractor")
    return get_visible(rounds, user, project=project_for(user, code), state=ACCEPTANCE.initial)


def _round(user: Any, project: Project, held: AcceptanceRound) -> RoundView:
    rules = policy_named(project.policy).acceptance
    values = list(held.values.select_related("flat").order_by("pk"))
    signatures = list(held.signatures.select_related("signed_by"))
    unmeasured = round_facts(held).unmeasured
    is_open = held.state == ACCEPTANCE.initial
    return RoundView(
        id=held.pk, number=held.number, state=held.state, state_label=ACCEPTANCE.states[held.state],
        version=held.version, opened_on=held.opened_on, decided_on=held.decided_on,
        tests=tuple(_test(test, values) for test in rules.test),
        parties=tuple(_parties(user, project, rules.parties.value, signatures,
                               signing=is_open and not unmeasured)),
        unmeasured=unmeasured,
        measures=is_open and not signatures and acts_on(user, project, *ORGANISERS),
        steps=open_steps(user, held) if is_open else (),
    )  # fmt: skip


def _test(test: Measurement, values: Iterable[MeasuredValue]) -> ChecklistRow:
    own = [
        ValueRow(
            flat_id=one.flat.flat_id if one.flat else "", value=one.value.normalize(), kept=one.kept,
            remark=one.remark, measured_on=one.measured_on,
        )
        for one in values if one.test == test.code
    ]  # fmt: skip
    return ChecklistRow(
        test=test, of_flats=test.code == ROOM_TEMPERATURE, values=tuple(own),
        kept=all(one.kept for one in own) if own else None,
    )  # fmt: skip


def _parties(
    user: Any, project: Project, parties: Sequence[str], signatures: Sequence[Signature], *, signing: bool
) -> Iterable[PartyRow]:
    by_party: Mapping[str, Signature] = {one.party: one for one in signatures}
    turn = next_to_sign(parties, list(by_party))
    clear = acts_on(user, project, *_READS_NAMES)
    for party in parties:
        role, on_paper = signs_for(project, party)
        one = by_party.get(party)
        name = one.name if one else ""
        yield PartyRow(
            party=party, name=PARTY_NAMES[party], agrees=one.agrees if one else None,
            signed_on=one.signed_on if one else None, signed_by=str(one.signed_by) if one else "",
            on_paper_by=name if clear else masked_name(name), note=one.note if one else "",
            on_paper=on_paper, turn=signing and party == turn,
            mine=signing and party == turn and acts_on(user, project, role),
        )  # fmt: skip


def _flats(user: Any, project: Project) -> tuple[AcceptedFlat, ...]:
    outcome = BuildingOutcome.objects.filter(building=project.building_id, study__current=True).first()
    before, after = (outcome.before or {}, outcome.after or {}) if outcome else ({}, {})
    seen = FlatWork.objects.visible_to(user).filter(project=project, contract_on__isnull=False)
    return tuple(
        AcceptedFlat(
            flat_id=work.flat.flat_id, before_c=before.get(work.flat.flat_id, (None,))[0],
            after_c=after.get(work.flat.flat_id, (None,))[0], room_c=work.room_c, passed_on=work.passed_on,
        )
        for work in seen.select_related("flat").order_by("flat__unit", "flat__storey", "flat__room")
    )  # fmt: skip
