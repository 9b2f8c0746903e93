"""A flat's heat bill of a season: two parts with limits beside the bill by area, less what cold rooms get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Any

from fenhu.money.metering.consumption import SeasonUse
from fenhu.money.metering.season import Season
from fenhu.policy.entry import Entry
from fenhu.policy.metering import LowTemperature, Tariff
from fenhu.units import fen_from_yuan, yuan_from_fen
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class ColdSpell:
    """Days on which a room stayed below what was promised, the first and the last included."""

    since: date
    until: date
    room_c: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One figure of a bill: how it was reckoned, and the rule it follows."""

    name: Text
    reckoned: Text
    fen: int
    clause: str
    assumed: bool
    reason: Text

    def to_json(self) -> dict[str, object]:
        """Return the step as it is kept with a bill."""
        return {
            "name": self.name.to_json(), "reckoned": self.reckoned.to_json(), "fen": self.fen,
            "clause": self.clause, "assumed": self.assumed, "reason": self.reason.to_json(),
        }  # fmt: skip

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Step:
        """Return a step that was kept with a bill."""
        return cls(
            name=Text.from_json(kept["name"]), reckoned=Text.from_json(kept["reckoned"]),
            fen=kept["fen"], clause=kept["clause"], assumed=kept["assumed"],
            reason=Text.from_json(kept["reason"]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatBill:
    """What a flat pays for a season, in fen; ``two_part_fen`` is None where the area bill holds.

    ``charged_fen`` is before refunds, ``due_fen`` after; ``limited`` tells whether the limit took effect.
    """

    area_fen: int
    two_part_fen: int | None
    charged_fen: int
    refund_fen: int
    limited: bool
    steps: tuple[Step, ...]

    @property
    def due_fen(self) -> int:
        """Return what is to be paid."""
        return self.charged_fen - self.refund_fen

    @property
    def saved_fen(self) -> int:
        """Return by how much the meter's bill is below the bill by area, negative where above."""
        return self.area_fen - self.charged_fen


def heat_bill(
    tariff: Tariff,
    scale: Sequence[LowTemperature],
    season: Season,
    *,
    area_m2: Decimal,
    use: SeasonUse | None = None,
    cold: Sequence[ColdSpell] = (),
) -> HeatBill:
    """Return a flat's bill of a season, every figure rounded to the fen where it stands.

    A flat without a meter, or whose use cannot be said even by estimate, pays the area bill.

    Parameters
    ----------
    tariff, scale
        The policy's ``[tariff]`` and ``[[low_temperature]]``.
    season
        The season billed.
    area_m2
        The flat's heated area.
    use
        The heat used; None for a flat without a meter.
    cold
        Days on which its rooms stayed cold; no day twice.

    Examples
    --------
    80 m² at 25 yuan are 2,000 yuan by area. With 30 % basic and 10,000 kWh at 0.136 yuan the two parts are
    600 + 1,360 = 1,960 yuan.
    """
    price, area = tariff.area_yuan_per_m2, fen_from_yuan(area_m2 * tariff.area_yuan_per_m2.value)
    by_area = text("{area} m² × {price} yuan/m²", area=_plain(area_m2), price=_plain(price.value))
    steps = [_step(text("Bill by area"), by_area, area, price)]
    two_part = _two_part(tariff, area_m2, use, steps)
    charged, limited = (area, False) if two_part is None else _limited(tariff, area, two_part, steps)
    refund = _refund(scale, season, charged, cold, steps)
    return HeatBill(
        area_fen=area, two_part_fen=two_part, charged_fen=charged, refund_fen=refund, limited=limited,
        steps=tuple(steps),
    )  # fmt: skip


def refund_step(scale: Sequence[LowTemperature], room_c: Decimal) -> LowTemperature | None:
    """Return the coldest step of the scale that a temperature is below; None where it is warm enough."""
    return min((step for step in scale if room_c < step.below_c), key=lambda step: step.below_c, default=None)


def _two_part(tariff: Tariff, area_m2: Decimal, use: SeasonUse | None, steps: list[Step]) -> int | None:
    energy_kwh = use.energy_kwh if use is not None else None
    if energy_kwh is None:
        return None
    share, price = tariff.basic_share_ratio, tariff.metered_yuan_per_kwh
    basic = fen_from_yuan(area_m2 * tariff.area_yuan_per_m2.value * share.value)
    by_share = text(
        "{area} m² × {price} yuan/m² × {percent} %",
        area=_plain(area_m2), price=_plain(tariff.area_yuan_per_m2.value), percent=_plain(share.value * 100),
    )  # fmt: skip
    steps.append(_step(text("Basic part"), by_share, basic, share))
    metered = fen_from_yuan(energy_kwh * price.value)
    by_meter = text("{energy} kWh × {price} yuan/kWh", energy=_plain(energy_kwh), price=_plain(price.value))
    steps.append(_step(text("Metered part"), by_meter, metered, price))
    return basic + metered


def _limited(tariff: Tariff, area: int, two_part: int, steps: list[Step]) -> tuple[int, bool]:
    """Return what is charged and whether the limit took effect; the limit is never rounded up."""
    rule = tariff.metered_bill_max_ratio
    if rule is None:
        return two_part, False
    limit = int((area * rule.value).quantize(Decimal(1), rounding=ROUND_FLOOR))
    if two_part <= limit:
        return two_part, False
    reckoned = text(
        "{area} yuan × {ratio}, instead of {two_part} yuan",
        area=_yuan(area), ratio=_plain(rule.value), two_part=_yuan(two_part),
    )  # fmt: skip
    steps.append(_step(text("Limit of the metered bill"), reckoned, limit, rule))
    return limit, True


def _refund(
    scale: Sequence[LowTemperature],
    season: Season,
    charged: int,
    cold: Sequence[ColdSpell],
    steps: list[Step],
) -> int:
    """Return what cold days pay back: their part of the season's bill by the scale, never more than it."""
    left = charged
    for spell in sorted(cold, key=lambda one: one.since):
        step = refund_step(scale, spell.room_c)
        days = (min(spell.until, season.last) - max(spell.since, season.first)).days + 1
        if step is None or days <= 0:
            continue
        exact = Fraction(charged * days, season.days) * Fraction(step.refund_ratio)
        fen = min(left, fen_from_yuan(Decimal(exact.numerator) / Decimal(exact.denominator) / 100))
        reckoned = text(
            "{charged} yuan × {days} of {season} days × {percent} %, {degrees} °C from {since} to {until}",
            charged=_yuan(charged), days=days, season=season.days, percent=_plain(step.refund_ratio * 100),
            degrees=_plain(spell.room_c), since=spell.since.isoformat(), until=spell.until.isoformat(),
        )  # fmt: skip
        steps.append(_step(text("Refund for low temperature"), reckoned, -fen, step))
        left -= fen
    return charged - left


def _step(name: Text, reckoned: Text, fen: int, rule: Entry) -> Step:
    return Step(
        name=name, reckoned=reckoned, fen=fen, clause=rule.clause, assumed=rule.assumed, reason=rule.reason
    )


def _plain(value: Decimal) -> str:
    words = f"{value:,f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def _yuan(fen: int) -> str:
    return f"{yuan_from_fen(fen):,.2f}"
