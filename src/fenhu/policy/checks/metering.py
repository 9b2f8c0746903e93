"""The tariff keeps its own limits, and colder rooms are paid back more."""

from __future__ import annotations

from collections.abc import Sequence

from fenhu.policy.checks.common import Found, twice
from fenhu.policy.metering import LowTemperature, Tariff
from fenhu.wording import text


def tariff_keeps_its_limits(tariff: Tariff | None) -> Found:
    """The basic share keeps to its legal maximum, and the limit does not lie below the area bill."""
    if tariff is None:
        return
    basic, most = tariff.basic_share_ratio.value, tariff.basic_share_max_ratio.value
    if basic > most:
        yield (
            ("tariff", "basic_share_ratio", "value"),
            text("A basic share of {share} exceeds the maximum of {most}", share=str(basic), most=str(most)),
        )
    limit = tariff.metered_bill_max_ratio
    if limit is not None and limit.value < 1:
        yield (
            ("tariff", "metered_bill_max_ratio", "value"),
            text("A limit of {limit} lies below the area bill; at least 1", limit=str(limit.value)),
        )
    if tariff.meter_max_w_m2.value == 0:
        yield ("tariff", "meter_max_w_m2", "value"), text("No reading could be believed; more than 0")


def colder_is_paid_back_more(scale: Sequence[LowTemperature]) -> Found:
    """Every step has a temperature of its own, and a lower one pays back at least as much."""
    yield from twice("low_temperature", [step.below_c for step in scale], "below_c")
    for index, step in enumerate(scale):
        for other in scale:
            if step.below_c < other.below_c and step.refund_ratio < other.refund_ratio:
                yield (
                    ("low_temperature", index, "refund_ratio"),
                    text(
                        "Below {colder} °C less is paid back than below {warmer} °C",
                        colder=str(step.below_c),
                        warmer=str(other.below_c),
                    ),
                )
                break
