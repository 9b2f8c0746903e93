"""States and codes of issued papers as pages print them."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from fenhu.web.ui import names
from fenhu.wording import Text

register = template.Library()
TONES: Mapping[str, str] = {"valid": "ok", "replaced": "warn", "withdrawn": "bad"}
_DIGEST_GROUP = 8


@register.filter
def document_state(state: str) -> Text:
    """Return a paper's state in words."""
    return names.DOCUMENT_STATES[state]


@register.filter
def document_tone(state: str) -> str:
    """Return the tone of a paper's state."""
    return TONES[state]


@register.filter
def digest(value: str) -> str:
    """Return a digest in groups a person can compare."""
    return " ".join(value[at : at + _DIGEST_GROUP] for at in range(0, len(value), _DIGEST_GROUP))
