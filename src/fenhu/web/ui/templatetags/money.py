"""Words and figures of money pages."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template

from fenhu.programme import Role
from fenhu.units import yuan_from_fen
from fenhu.web.access.gates import has_role
from fenhu.web.access.scope import grants_of
from fenhu.web.terms.receipts import PAY_WAYS
from fenhu.web.ui import names
from fenhu.web.ui.navigation import METER_READERS, MONEY_READERS
from fenhu.wording import Text

register = template.Library()


@register.filter
def signed_yuan(fen: int) -> str:
    """Return a change in yuan with its sign."""
    return f"{yuan_from_fen(fen):+,.2f}"


@register.filter
def bill_marks(bill: Any) -> list[Text]:
    """Return what is to be known of a heat bill besides its sum."""
    return names.bill_marks(bill)


@register.filter
def kwh(value: Decimal | None) -> str:
    """Return heat in kWh with its thousands apart; a dash where it is unknown."""
    return "—" if value is None else f"{value.normalize():,f}"


@register.filter
def turned(fen: int) -> int:
    """Return an amount seen from the other side."""
    return -fen


@register.filter
def pay_way(value: str) -> Text:
    """Return how a payment was made, in words."""
    return PAY_WAYS[value]


@register.filter
def pay_event(value: str) -> Text:
    """Return after what an instalment falls due, in words."""
    return names.DUE_AFTER[value]


@register.simple_tag(takes_context=True)
def meter_reader(context: Mapping[str, Any]) -> bool:
    """Return whether the reader's office reads of heat meters."""
    return has_role(context["request"].user, *METER_READERS)


@register.simple_tag(takes_context=True)
def money_reader(context: Mapping[str, Any]) -> bool:
    """Return whether the reader has business with money."""
    return has_role(context["request"].user, *MONEY_READERS)


@register.simple_tag(takes_context=True)
def may_bank(context: Mapping[str, Any]) -> bool:
    """Return whether the reader has business with statements of banks."""
    return has_role(context["request"].user, Role.HEAT_SUPPLIER, Role.CITY_BUREAU)


@register.simple_tag(takes_context=True)
def may_close(context: Mapping[str, Any]) -> bool:
    """Return whether the reader closes the books."""
    return any(
        grant.role == Role.FINANCE and grant.level == "city" for grant in grants_of(context["request"].user)
    )


@register.filter
def reward_tone(state: str) -> str:
    """Return the tone of a reward allocation's state."""
    return _REWARD_TONES.get(state, "muted")


_REWARD_TONES: Mapping[str, str] = {
    "proposed": "info", "returned": "warn", "approved": "info", "paid": "ok", "published": "ok",
}  # fmt: skip
