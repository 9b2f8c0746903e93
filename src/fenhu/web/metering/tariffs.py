"""The tariff of the policy in force."""

from __future__ import annotations

from fenhu.errors import WrongState
from fenhu.policy.metering import Tariff
from fenhu.web.rules import current_policy
from fenhu.wording import text


def tariff_in_force() -> Tariff:
    """Return the policy's tariff.

    Raises
    ------
    WrongState
        If the policy has none, so that nobody is billed for heat.
    """
    tariff = current_policy().tariff
    if tariff is None:
        raise WrongState(text("The policy has no tariff of heat; add section [tariff]"))
    return tariff
