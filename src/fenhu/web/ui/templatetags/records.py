"""What the product keeps of itself, as pages print it: uploads, jobs, journal entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from fenhu.programme import EVIDENCE, KINDS, PAPERS, PARTY_NAMES, STAGES
from fenhu.web.access.gates import has_role
from fenhu.web.holding import holdings, lapses
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
    """Return what a kept value is called; of an erasure, what was emptied."""
    return names.KEPT.get(key) or next((one.name for one in holdings() if one.key == key), key)


@register.filter
def kept(value: Any, key: str) -> str:
    """Return a value that a journal entry keeps, in words, whatever its shape."""
    fits, told = KEPT_AS.get(key, AS_IT_IS)
    return told(value) if fits(value) else shown(value)


def _is_word(value: Any) -> bool:
    return isinstance(value, str)


def _is_digest(value: Any) -> bool:
    return isinstance(value, str) and len(value) > DIGEST_SHOWN


def _is_share(value: Any) -> bool:
    return isinstance(value, int | float) and 0 <= value <= 1


def _are_words(value: Any) -> bool:
    return isinstance(value, Mapping) and all(isinstance(one, str) for one in value.values())


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _are_rows(value: Any) -> bool:
    """Return whether these are counts of rows by sheet and by what became of them."""
    return isinstance(value, Mapping) and all(
        isinstance(counts, Mapping) and all(map(_is_count, counts.values())) for counts in value.values()
    )


def _state(value: str) -> str:
    return str(names.STATES.get(value, value))


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


def _rule(value: str) -> str:
    return str(next((one.name for one in lapses() if one.rule == value), value))


def _stages(value: Mapping[str, str]) -> str:
    return "、".join(f"{flat} {STAGES.get(stage, stage)}" for flat, stage in value.items())


def _share(value: float) -> str:
    return f"{100 * value:.0f} %"


def _digest(value: str) -> str:
    return f"{value[:DIGEST_SHOWN]}…"


def _rows(value: Mapping[str, Mapping[str, int]]) -> str:
    """Return the rows of an import by sheet; what it left as it was is not told."""
    told = {
        sheet: [
            f"{names.ACTIONS[action]} {counts[action]:,}" for action in TOLD_ACTIONS if counts.get(action)
        ]
        for sheet, counts in value.items()
    }
    said = [f"{names.sheet(sheet)} {', '.join(changes)}" for sheet, changes in told.items() if changes]
    return " · ".join(said) or NOTHING


# How what stands under a key is told, and of which shape it has to be; anything else is told as it is.
Way = tuple[Callable[[Any], bool], Callable[[Any], str]]
AS_IT_IS: Way = (lambda _: True, shown)
KEPT_AS: Mapping[str, Way] = {
    "from": (_is_word, _state), "to": (_is_word, _state), "role": (_is_word, _party),
    "digest": (_is_digest, _digest), "policy": (_is_digest, _digest), "register": (_is_digest, _digest),
    "rows": (_are_rows, _rows), "kind": (_is_word, _kind), "party": (_is_word, _party),
    "share": (_is_share, _share), "stages": (_are_words, _stages), "evidence": (_is_word, _evidence),
    "liable": (_is_word, _liable), "origin": (_is_word, _origin), "rule": (_is_word, _rule),
}  # fmt: skip


@register.simple_tag(takes_context=True)
def planner(context: Mapping[str, Any]) -> bool:
    """Return whether the reader tries out plans."""
    return has_role(context["request"].user, *PLANNERS)
