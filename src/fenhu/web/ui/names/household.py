"""The flats' own pages."""

from __future__ import annotations

from collections.abc import Mapping

from fenhu.wording import Text, text

EVENTS: Mapping[str, Text] = {
    "household.link": text("Link of a flat's page made"),
    "household.link_opened": text("Flat's page opened for the first time"),
    "household.link_revoked": text("Link of a flat's page revoked"),
    "household.let_in": text("Household proved itself on its flat's page"),
    "household.turned_away": text("Wrong digits on a flat's page"),
    "household.declared": text("Household declared on its flat's page"),
    "household.countersigned": text("Supplier signed a contract the household had signed"),
    "household.photo": text("Photograph added to a complaint"),
    "household.room": text("Household reported its room temperature"),
}
