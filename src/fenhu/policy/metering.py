"""Heat by the meter: the two-part tariff with its limits, and what is paid back where it stays cold."""

from __future__ import annotations

from fenhu.policy.entry import Entry, Number, Ratio, Setting, Strict, Yuan
from fenhu.policy.words import percent
from fenhu.wording import Text, text


class Tariff(Strict):
    """``[tariff]``: what a season's heat costs by area, and by area and meter together.

    A flat with a meter pays ``basic_share_ratio`` of its area bill and every kilowatt hour, never more
    than ``metered_bill_max_ratio`` of the area bill; ``meter_max_w_m2`` is the mean output above which a
    reading is not believed.
    """

    area_yuan_per_m2: Setting[Yuan]
    basic_share_ratio: Setting[Ratio]
    basic_share_max_ratio: Setting[Ratio]
    metered_yuan_per_kwh: Setting[Yuan]
    metered_bill_max_ratio: Setting[Yuan] | None = None
    meter_max_w_m2: Setting[Yuan]


class LowTemperature(Entry):
    """``[[low_temperature]]``: the part of a day's bill paid back while a room is colder than ``below_c``."""

    below_c: Number
    refund_ratio: Ratio

    def said(self) -> Text:
        """Return the step of the scale as words."""
        return text(
            "below {degrees} °C: {percent} % paid back",
            degrees=str(self.below_c),
            percent=percent(self.refund_ratio),
        )
