"""What the product keeps of itself, as pages print it: uploads, jobs, journal entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from fenhu.programme import EVIDENCE, KINDS, PAPERS, PARTY_NAMES, ROLE_NAMES, STAGES, Role
from fenhu.web.access.gates import has_role
from fenhu.web.rules import current_policy
from fenhu.web.ui import names
from fenhu.web.ui.navigation import PLANNERS
from fenhu.wording import Text, text

register = template.Library()
NOTHING = "—"
DIGEST_SHOWN = 12
TOLD_ACTIONS = ("new", "changed", "refused")
UPLOAD_TONES: Mapping[str, str] = {"staged": "info", "applied": "ok", "refused": "bad"}
JOB_TONES: Mapping[str, str] = {"running": "info", "done": "ok", "failed": "bad", "cancelled": "warn"}


@register.filter
def upload_tone(state: str) -> str:
    """Return the tone of an upload's state."""
    return UPLOAD_TONES.get(state, "muted")


@register.filter
def job_tone(state: str) -> str:
    """Return the tone of a job's state."""
    return JOB_TONES.get(state, "muted")


@register.filter
def shown(value: Any) -> str:
    """Return a kept value in words."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return "、".join(shown(one) for one in value)
    if isinstance(value, Mapping):
        return "、".join(f"{names.KEPT.get(key, key)} {shown(one)}" for key, one in value.items())
    return str(value)


@register.filter
def subject(name: str) -> str:
    """Return what a journal entry is about: its kind in words, and its number."""
    kind, _colon, number = name.partition(":")
    return f"{names.SUBJECTS.get(kind, kind)} {number}".strip()


@register.filter
def journal_word(key: str) -> Text | str:
    """Return what a kept value is called."""
    return names.KEPT.get(key, key)


@register.filter
def kept(value: Any, key: str) -> str:
    """Return a value that a journal entry keeps, in words."""
    return KEPT_AS.get(key, shown)(value)


def _state(value: str) -> str:
    return str(names.STATES.get(value, value))


def _role(value: str) -> str:
    return str(ROLE_NAMES[Role(value)])


def _party(value: str) -> str:
    return str(PARTY_NAMES.get(value, value))


def _kind(value: str) -> str:
    tables = (names.CHECKS, PAPERS, KINDS, names.ACTIVITY_KINDS, names.MATERIAL_KINDS)
    return str(next((table[value] for table in tables if value in table), value))


def _origin(value: str) -> str:
    return str(names.PLAN_ORIGINS.get(value, value))


def _evidence(value: str) -> str:
    return str(EVIDENCE.get(value, value))


def _liable(value: str) -> str:
    rules = {rule.code: rule.name for rule in current_policy().liability}
    return str(rules.get(value, text("Nobody is liable")))


def _stages(value: Mapping[str, str]) -> str:
    return "、".join(f"{flat} {STAGES.get(stage, stage)}" for flat, stage in value.items())


def _share(value: float) -> str:
    return f"{100 * value:.0f} %"


def _digest(value: str) -> str:
    return f"{value[:DIGEST_SHOWN]}…"


def _rows(value: Mapping[str, Mapping[str, int]]) -> str:
    """Return the rows of an import by sheet; what it left as it was is not told."""
    told = {
        sheet: [f"{names.ACTIONS[action]} {counts[action]:,}" for action in TOLD_ACTIONS if counts[action]]
        for sheet, counts in value.items()
    }
    said = [f"{names.sheet(sheet)} {', '.join(changes)}" for sheet, changes in told.items() if changes]
    return " · ".join(said) or NOTHING


KEPT_AS: Mapping[str, Callable[[Any], str]] = {
    "from": _state, "to": _state, "role": _role, "digest": _digest, "policy": _digest,
    "register": _digest, "rows": _rows, "kind": _kind, "party": _party, "share": _share,
    "stages": _stages, "evidence": _evidence, "liable": _liable, "origin": _origin,
}  # fmt: skip


@register.simple_tag(takes_context=True)
def planner(context: Mapping[str, Any]) -> bool:
    """Return whether the reader tries out plans."""
    return has_role(context["request"].user, *PLANNERS)
