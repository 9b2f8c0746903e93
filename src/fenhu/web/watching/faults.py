"""A fault of the product that no visitor can mend, told to the operator."""

from __future__ import annotations

import logging

from fenhu.errors import FenhuError
from fenhu.wording import ENGLISH

logger = logging.getLogger(__name__)


def tell_operator(fault: FenhuError) -> None:
    """Write a fault's code and sentence to the log: it is the policy's or a calculation's, no person's."""
    logger.error("%s: %s", fault.code, fault.message.in_language(ENGLISH))
