"""Cases: what their guards ask, and what each step leaves on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from fenhu.programme import CaseFacts, proposed_liability
from fenhu.web.rules import current_policy
from fenhu.web.works.facts.kinds import Stamp, nothing
from fenhu.web.works.models import Case


def case_facts(case: Case) -> CaseFacts:
    """Return what the guards of a case ask."""
    codes = set(case.evidence.values_list("code", flat=True))
    proposed = proposed_liability(current_policy(), codes)
    return CaseFacts(outcome=case.outcome.strip(), liable_open=bool(proposed) and not case.liable)


def _taken(case: Case, actor: Any, note: str, today: date) -> dict[str, object]:
    return {"handler": actor}


def _called(case: Case, actor: Any, note: str, today: date) -> dict[str, object]:
    return {"escalated": True}


def _settled(case: Case, actor: Any, note: str, today: date) -> dict[str, object]:
    return {"settled_on": today}


def _reopened(case: Case, actor: Any, note: str, today: date) -> dict[str, object]:
    return {"settled_on": None}


CASE_STAMPS: Mapping[str, Stamp] = {
    "take": _taken, "escalate": nothing, "call_security": _called, "report_back": nothing,
    "send_back": nothing, "settle": _settled, "reopen": _reopened, "close": nothing,
}  # fmt: skip
