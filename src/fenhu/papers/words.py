"""The closed lists of kinds in words, as papers write them."""

from __future__ import annotations

from collections.abc import Mapping

from fenhu.records import OwnerKind, Payer, SystemForm
from fenhu.wording import Text, bilingual, text

DEMO_DATA = text("Demo data")
"""The mark on every paper made from the synthetic city."""

_FORMS: Mapping[SystemForm, Text] = {
    SystemForm.VERTICAL_SINGLE_SERIES: text("vertical single-pipe, series"),
    SystemForm.VERTICAL_SINGLE_BYPASS: text("vertical single-pipe with bypass"),
    SystemForm.HORIZONTAL_SINGLE: text("horizontal single-pipe"),
    SystemForm.HORIZONTAL_DOUBLE: text("horizontal double-pipe"),
    SystemForm.UNIT_DOUBLE: text("unit-type double-pipe"),
    SystemForm.VERTICAL_DOUBLE: text("vertical double-pipe"),
    SystemForm.HOUSEHOLD_DOUBLE: text("per-household double-pipe"),
}
_OWNERS: Mapping[OwnerKind, Text] = {
    OwnerKind.CENTRAL: text("central unit"),
    OwnerKind.PROVINCIAL: text("provincial unit"),
    OwnerKind.MUNICIPAL: text("city unit"),
    OwnerKind.DEVELOPER: text("developer"),
    OwnerKind.DISTRICT: text("district unit"),
}
_PAYERS: Mapping[Payer, Text] = {
    Payer.USER: text("Households"),
    Payer.OWNER: text("Owner units"),
    Payer.SUPPLIER: text("Heat suppliers"),
    Payer.REPAIR_FUND: text("Housing repair fund"),
    Payer.CITY: text("City finance"),
    Payer.DISTRICT: text("District finance"),
    Payer.UPPER: text("Central and provincial funds"),
}
_ITEMS: Mapping[str, Text] = {
    "indoor_material": text("Indoor pipes and valves: material"),
    "indoor_labour": text("Indoor pipes and valves: labour"),
    "common_material": text("Public pipework in the building: material"),
    "common_labour": text("Public pipework in the building: labour"),
    "design": text("Design"),
    "supervision": text("Supervision"),
    "mains": text("Mains up to the building"),
    "network_balance": text("Balance of the area's network"),
}


def item_name(item: str) -> Text:
    """Return a bill's item in words; one that a city invented is called as it calls it."""
    return _ITEMS.get(item) or bilingual(item, item)


def form_name(form: SystemForm) -> Text:
    """Return the heating form in words."""
    return _FORMS[form]


def owner_kind_name(kind: OwnerKind) -> Text:
    """Return the owner's kind in words."""
    return _OWNERS[kind]


def payer_name(payer: Payer) -> Text:
    """Return who pays, in words."""
    return _PAYERS[payer]
