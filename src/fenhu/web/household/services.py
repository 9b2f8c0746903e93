"""What happens on and around a flat's page."""

from fenhu.web.household.calling import set_phone
from fenhu.web.household.complaining import complain
from fenhu.web.household.declaring import answer, countersign, sign
from fenhu.web.household.doors import enter
from fenhu.web.household.entering import DIGITS, Tried, try_digits
from fenhu.web.household.linking import link_for, print_links, revoke_link
from fenhu.web.household.reporting import report_room

__all__ = [
    "DIGITS", "Tried", "answer", "complain", "countersign", "enter", "link_for", "print_links",
    "report_room", "revoke_link", "set_phone", "sign", "try_digits",
]  # fmt: skip
