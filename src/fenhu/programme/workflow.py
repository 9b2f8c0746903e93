"""Workflows as frozen tables: the states a case can be in and the steps between them.

Buttons, deadlines, diagrams and public labels read the same table; a table that does not hold together
fails when it is made, which is at import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from fenhu.errors import UnknownItem, WorkflowFault
from fenhu.policy import Policy
from fenhu.programme.roles import Role
from fenhu.wording import Text, text

Facts = TypeVar("Facts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Generic[Facts]):
    """One step of a workflow.

    ``guards`` return the reason why the step may not be taken yet, or None. ``apart_from`` names steps whose
    taker may not take this one. ``due`` gives the last day of the step in a year. A step with ``returns``
    leads back to where the case came from; its ``target`` is empty. A step ``aside`` of the natural way waits
    for nobody.
    """

    name: str
    label: Text
    sources: tuple[str, ...]
    target: str
    roles: tuple[Role, ...]
    guards: tuple[Callable[[Facts], Text | None], ...] = ()
    apart_from: tuple[str, ...] = ()
    needs_note: bool = False
    due: Callable[[Policy, int], date] | None = None
    returns: bool = False
    aside: bool = False

    def held_back_by(self, facts: Facts) -> Text | None:
        """Return the first reason that holds the step back, None when it may be taken."""
        return next((reason for guard in self.guards if (reason := guard(facts)) is not None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow(Generic[Facts]):
    """The way of one kind of case; ``states`` maps each state to the name the public reads."""

    name: str
    states: Mapping[str, Text]
    initial: str
    final: tuple[str, ...]
    steps: tuple[Step[Facts], ...]

    def __post_init__(self) -> None:
        """Refuse a table that does not hold together.

        Raises
        ------
        WorkflowFault
            If a step's name is used twice, a state is unknown, cannot be reached, or cannot be left though it
            is not final.
        """
        faults = list(self._faults())
        if faults:
            reasons = "; ".join(fault.in_language("en") for fault in faults)
            raise WorkflowFault(text("Workflow {name}: {reasons}", name=self.name, reasons=reasons))

    def step(self, name: str) -> Step[Facts]:
        """Return the step called ``name``.

        Raises
        ------
        UnknownItem
            If the workflow has no such step.
        """
        for step in self.steps:
            if step.name == name:
                return step
        raise UnknownItem(text("Workflow {workflow} has no step {step}", workflow=self.name, step=name))

    def steps_from(self, state: str) -> tuple[Step[Facts], ...]:
        """Return the steps that start from ``state``, in table order."""
        return tuple(step for step in self.steps if state in step.sources)

    def waiting_for(self, state: str) -> tuple[Step[Facts], ...]:
        """Return the steps somebody is waited for to take in ``state``, in table order."""
        return tuple(step for step in self.steps_from(state) if not step.aside)

    def _faults(self) -> Iterator[Text]:
        names = [step.name for step in self.steps]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield text("step {step} stands twice", step=name)
        for step in self.steps:
            if step.returns == bool(step.target):
                yield text("step {step} leads either to a state or back, not both", step=step.name)
            for state in (*step.sources, *_targets(step)):
                if state not in self.states:
                    yield text(
                        "step {step} knows a state {state} that is not listed", step=step.name, state=state
                    )
            for other in step.apart_from:
                if other not in names:
                    yield text(
                        "step {step} keeps apart from an unknown step {other}", step=step.name, other=other
                    )
        reached = self._reachable()
        for state in self.states:
            if state not in reached:
                yield text(
                    "state {state} cannot be reached from {initial}", state=state, initial=self.initial
                )
            if not self.steps_from(state) and state not in self.final:
                yield text("state {state} cannot be left and is not final", state=state)

    def _reachable(self) -> set[str]:
        reached, waiting = {self.initial}, [self.initial]
        while waiting:
            for step in self.steps_from(waiting.pop()):
                for target in _targets(step):
                    if target not in reached:
                        reached.add(target)
                        waiting.append(target)
        return reached


def _targets(step: Step[Facts]) -> tuple[str, ...]:
    return () if step.returns else (step.target,)
