"""Checks of the balance and of the pressure at the inlet."""

from __future__ import annotations

from collections.abc import Sequence

from fenhu.design.review.values import NOTHING, Outcome, Row, figure, not_applicable, percent
from fenhu.design.values import BranchBalance, Design, DeviceKind, Level, Side
from fenhu.heat import density_kg_m3
from fenhu.records import SystemForm
from fenhu.wording import Text, bilingual, text

_G_M_S2 = 9.80665
_SINGLE_PIPE = (
    SystemForm.VERTICAL_SINGLE_SERIES,
    SystemForm.VERTICAL_SINGLE_BYPASS,
    SystemForm.HORIZONTAL_SINGLE,
)
# They take what is to spare; the loop's own loss is without them.
_TAKES_SURPLUS = (DeviceKind.BUILDING_BALANCING, DeviceKind.PRESSURE_CONTROLLER)
_WEATHERS = {"design": bilingual("设计工况", "design weather"), "mild": bilingual("初末寒期", "mild weather")}
_LEVELS = {
    Level.RISERS: bilingual("立管", "riser"),
    Level.FLATS: bilingual("户", "flat"),
    Level.RADIATORS: bilingual("散热器", "radiator"),
}


def imbalance(design: Design, row: Row) -> Outcome:
    """Parallel ways differ by a limited share of what they have, in every weather."""
    most = row["limit"]["imbalance_most_ratio"]
    required = text("at most ±{most} %, in design and mild weather", most=percent(most))
    if not design.balances:
        return not_applicable(required, text("no parallel loops"))
    by_size = sorted(design.balances, key=_size, reverse=True)
    over = [one for one in by_size if _size(one) > most + 1e-6]
    worst = by_size[0]
    return Outcome(
        holds=not over,
        required=required,
        found=text(
            "{level} {id}: {imbalance} % in {weather}, {available} Pa available, {lost} Pa lost",
            level=_LEVELS[worst.level],
            id=worst.id,
            imbalance=percent(worst.imbalance_ratio),
            weather=_WEATHERS.get(worst.weather, bilingual(worst.weather, worst.weather)),
            available=figure(worst.available_pa),
            lost=figure(worst.lost_pa),
        ),
        where=tuple(dict.fromkeys(one.id for one in over)),
        note=_beyond(over, len(design.balances)) if over else NOTHING,
    )


def _beyond(over: Sequence[BranchBalance], count: int) -> Text:
    return text("{over} of {count} ways lie beyond it", over=len(over), count=count)


def _size(balance: BranchBalance) -> float:
    return abs(balance.imbalance_ratio)


def loss_margin(design: Design, row: Row) -> Outcome:
    """The inlet offers a tenth more than the worst loop loses beyond what cooling water drives."""
    margin = row["limit"]["margin_least_ratio"]
    required = text("the loss of the worst loop and {margin} % more", margin=percent(margin))
    lost_pa, driven_pa = worst_loop_loss_pa(design), _driven_pa(design, row["limit"]["counted_ratio"])
    to_drive_pa = lost_pa - driven_pa
    if to_drive_pa <= 0.0:
        return not_applicable(required, text("no worst loop is named"))
    return Outcome(
        holds=design.inlet_pa >= (1.0 + margin) * to_drive_pa - 0.5,
        required=required,
        found=text(
            "worst loop {lost} Pa, gravity head {driven} Pa, inlet {inlet} Pa: margin {margin} %",
            lost=figure(lost_pa),
            driven=figure(driven_pa),
            inlet=figure(design.inlet_pa),
            margin=percent(design.inlet_pa / to_drive_pa - 1.0),
        ),
    )


def _driven_pa(design: Design, counted_ratio: float) -> float:
    """Return the gravity head counted for the worst loop, by the height its supply gains."""
    if design.form in _SINGLE_PIPE or not design.weathers:
        return 0.0
    loop = set(design.worst_loop)
    height_m = sum(one.rise_m for one in design.segments if one.id in loop and one.side is Side.SUPPLY)
    return counted_ratio * design.weathers[0].gravity_pa_m * max(height_m, 0.0)


def worst_loop_loss_pa(design: Design) -> float:
    """Return what the worst loop loses at design, by its pipes and the devices on them."""
    loop = set(design.worst_loop)
    pipes_pa = sum(one.loss_pa for one in design.segments if one.id in loop)
    return pipes_pa + sum(
        one.loss_pa for one in design.devices if one.segment in loop and one.kind not in _TAKES_SURPLUS
    )


def gravity(design: Design, row: Row) -> Outcome:
    """Double-pipe forms count two thirds of the gravity head, in more than one weather."""
    limit = row["limit"]
    required = text(
        "in double-pipe forms at least {share} % of the head by cooling, by storey and weather",
        share=figure(100.0 * limit["counted_ratio"]),
    )
    if design.form in _SINGLE_PIPE:
        return not_applicable(required, text("single-pipe form"))
    if not design.weathers:
        return Outcome(holds=False, required=required, found=text("no weather is counted"))
    full_pa_m = [
        _G_M_S2 * (density_kg_m3(one.return_c) - density_kg_m3(one.supply_c)) for one in design.weathers
    ]
    least = limit["counted_ratio"] * (1.0 - limit["counted_within_ratio"])
    counted = all(
        one.gravity_pa_m >= least * full for one, full in zip(design.weathers, full_pa_m, strict=True)
    )
    return Outcome(
        holds=counted and len({one.weather for one in design.balances}) >= limit["least_weathers"],
        required=required,
        found=text(
            "{head} Pa a storey at design, {weathers} weathers balanced",
            head=figure(design.weathers[0].gravity_pa_m * design.building.storey_height_m),
            weathers=len({one.weather for one in design.balances}),
        ),
    )


def inlet_pressure(design: Design, row: Row) -> Outcome:
    """The inlet offers what the building needs; else the pump is raised or a booster added."""
    spare_pa = design.inlet_pa - design.needed_pa
    return Outcome(
        holds=spare_pa >= -0.5,
        required=text("at least {needed} kPa", needed=figure(design.needed_pa / 1000.0, 2)),
        found=text(
            "{inlet} kPa, {spare} kPa to spare ({ratio} %)",
            inlet=figure(design.inlet_pa / 1000.0, 2),
            spare=figure(spare_pa / 1000.0, 2),
            ratio=percent(spare_pa / design.needed_pa) if design.needed_pa > 0.0 else "-",
        ),
        note=(
            NOTHING
            if spare_pa >= -0.5
            else text("raise the pump's head or add a booster pump, or choose larger sizes")
        ),
    )


def usual_loss(design: Design, row: Row) -> Outcome:
    """An indoor system loses 10 to 20 kPa, a large or horizontal one up to 50 kPa."""
    limit = row["limit"]
    return Outcome(
        holds=design.needed_pa <= limit["large_most_pa"],
        required=text(
            "usually up to {usual} kPa, large or horizontal ones up to {large} kPa",
            usual=figure(limit["usual_most_pa"] / 1000.0),
            large=figure(limit["large_most_pa"] / 1000.0),
        ),
        found=text("{needed} kPa", needed=figure(design.needed_pa / 1000.0, 2)),
    )
