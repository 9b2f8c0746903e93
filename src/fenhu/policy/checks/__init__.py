"""What the sections of a policy file must say consistently, beyond the kind of each value.

In: sections that are sound in themselves. Out: key paths with what is wrong there. Each check is a row that
names the sections it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fenhu.policy.checks.common import KeyPath
from fenhu.policy.checks.metering import colder_is_paid_back_more, tariff_keeps_its_limits
from fenhu.policy.checks.payments import (
    cases_add_up,
    ceilings_have_their_limits,
    instalments_reach_the_whole,
    purses_stay_in_their_items,
    rewards_have_their_places,
    shares_reach_the_bill,
)
from fenhu.policy.checks.rules import (
    calendar_dates,
    consent_thresholds,
    criteria_scales,
    document_dates,
    form_changes,
    priority_codes,
    programme_years,
    terms_of_states,
)
from fenhu.wording import Text


@dataclass(frozen=True, slots=True)
class Check:
    """A rule between sections: which it needs, and what finds the faults."""

    sections: tuple[str, ...]
    find: Callable[..., Iterable[tuple[KeyPath, Text]]]


CHECKS = (
    Check(("issued", "valid_from", "valid_to"), document_dates),
    Check(("programme",), programme_years),
    Check(("calendar",), calendar_dates),
    Check(("criterion",), criteria_scales),
    Check(("priority_group", "criterion"), priority_codes),
    Check(("consent", "valid_from"), consent_thresholds),
    Check(("form",), form_changes),
    Check(("term",), terms_of_states),
    Check(("cost_share",), shares_reach_the_bill),
    Check(("ceiling", "cost_share"), ceilings_have_their_limits),
    Check(("instalment",), instalments_reach_the_whole),
    Check(("cost_share", "repair_fund", "grant"), purses_stay_in_their_items),
    Check(("reward", "city"), rewards_have_their_places),
    Check(("tariff",), tariff_keeps_its_limits),
    Check(("low_temperature",), colder_is_paid_back_more),
    Check(("case", "cost_share", "city"), cases_add_up),
)

__all__ = ["CHECKS", "Check", "KeyPath"]
