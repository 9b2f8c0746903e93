"""The register and what is taken into it."""

from __future__ import annotations

from collections.abc import Mapping

from fenhu.building.assumed_names import assumed_words
from fenhu.register import SHEETS
from fenhu.wording import Text, bilingual, text

AUTHORITIES: Mapping[str, Text] = {
    "city": text("the city"),
    "district": text("the district"),
}
USES: Mapping[str, Text] = {
    "dwelling": text("dwelling"),
    "shop": text("shop"),
    "office": text("office space"),
}
LEVELS: Mapping[str, Text] = {
    "building": text("of the building"),
    "system": text("of the indoor system"),
    "estate": text("of the estate"),
}
ACTIONS: Mapping[str, Text] = {
    "new": text("new"),
    "changed": text("changed"),
    "same": text("unchanged"),
    "refused": text("refused"),
}
UPLOAD_STATES: Mapping[str, Text] = {
    "received": text("being checked"),
    "staged": text("checked, waits for your decision"),
    "applied": text("imported"),
    "refused": text("refused, has errors"),
    "discarded": text("put aside"),
}
EVENTS: Mapping[str, Text] = {
    "register.changed": text("Register changed by another system"),
    "registry.budget": text("Budget entered"),
    "registry.phone": text("Telephone of a flat set"),
    "person.erased": text("Personal data erased"),
    "register.imported": text("Register imported by the operator"),
    "upload.received": text("File uploaded"),
    "upload.refused": text("File refused: it has errors"),
    "upload.applied": text("File imported"),
    "upload.discarded": text("File put aside"),
}
_COLUMNS = {
    column.attribute: bilingual(column.chinese, column.english.replace("_", " "))
    for sheet in SHEETS
    for column in sheet.columns
}


def field(attribute: str) -> Text | str:
    """Return the name of the register column that fills ``attribute``."""
    return _COLUMNS.get(attribute, attribute)


def assumed(key: str, value: object) -> tuple[Text | str, Text | str]:
    """Return an assumption's name and its value with the unit."""
    name, shown = assumed_words(key, value)
    return field(key) if name == key else name, shown
