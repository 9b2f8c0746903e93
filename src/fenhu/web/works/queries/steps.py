"""The steps a person may take on a case, with the reason where one is not open yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fenhu.programme import Step
from fenhu.web.works.subjects import SUBJECTS, may_take, why_not
from fenhu.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStep:
    """A step the reader may take now; ``blocked`` is the reason why not yet."""

    name: str
    label: Text
    needs_note: bool
    aside: bool
    blocked: Text | None


def open_steps(user: Any, case: Any) -> tuple[OpenStep, ...]:
    """Return the steps that start from the case's state and are for one of the user's roles."""
    workflow = SUBJECTS[type(case)].workflow
    return tuple(
        _open_step(user, case, step) for step in workflow.steps_from(case.state) if may_take(user, case, step)
    )


def _open_step(user: Any, case: Any, step: Step) -> OpenStep:
    return OpenStep(
        name=step.name, label=step.label, needs_note=step.needs_note, aside=step.aside,
        blocked=why_not(user, case, step),
    )  # fmt: skip
