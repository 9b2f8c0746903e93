"""Names of purses in words."""

from __future__ import annotations

from fenhu.policy.words import PAYERS
from fenhu.web.ledger.models import Purse
from fenhu.wording import Text, text


def purse_name(purse: Purse) -> Text:
    """Return whose purse it is and of which year."""
    if not purse.scope:
        return text("{payer} {year}", payer=PAYERS[purse.source], year=str(purse.year))
    return text("{payer} {scope} {year}", payer=PAYERS[purse.source], scope=purse.scope, year=str(purse.year))
