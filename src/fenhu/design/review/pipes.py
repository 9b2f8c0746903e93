"""Checks of the pipes: slope, velocity, sizes, specific loss, insulation."""

from __future__ import annotations

from collections.abc import Sequence

from fenhu import tables
from fenhu.design.review.values import NOTHING, Outcome, Row, Verdict, figure, not_applicable
from fenhu.design.values import Design, Role, Segment
from fenhu.wording import Text, text

_INDOOR = (Role.CONNECTION, Role.RUN)
_UPRIGHT_RATIO = 0.5


def main_slope(design: Design, row: Row) -> Outcome:
    """Mains fall by 0.003, 0.002 at least; where they cannot, the water runs at 0.25 m/s at least."""
    limit = row["limit"]
    required = text(
        "slope {usual}, at least {least}; without slope at least {velocity} m/s",
        usual=figure(limit["slope_ratio"], 3),
        least=figure(limit["slope_least_ratio"], 3),
        velocity=figure(limit["flat_velocity_least_m_s"], 2),
    )
    return _slope([one for one in design.segments if one.role is Role.MAIN], row, required)


def indoor_slope(design: Design, row: Row) -> Outcome:
    """Pipes along the floor of a flat have a slope, or carry the air along."""
    required = text(
        "slope at least {least}, or at least {velocity} m/s",
        least=figure(row["limit"]["slope_least_ratio"], 3),
        velocity=figure(row["limit"]["flat_velocity_least_m_s"], 2),
    )
    return _slope([one for one in design.segments if one.role in _INDOOR], row, required)


def _slope(segments: Sequence[Segment], row: Row, required: Text) -> Outcome:
    lying = [one for one in segments if one.length_m > 0.0 and _slope_ratio(one) < _UPRIGHT_RATIO]
    if not lying:
        return not_applicable(required, text("no horizontal pipes"))
    limit = row["limit"]
    level = [one for one in lying if _slope_ratio(one) < limit["slope_least_ratio"]]
    slow = sorted(
        (one for one in level if one.velocity_m_s < limit["flat_velocity_least_m_s"]),
        key=lambda one: one.velocity_m_s,
    )
    if not level:
        flattest = min(lying, key=_slope_ratio)
        found = text(
            "{count} pipes, {segment} with {slope} the least",
            count=len(lying),
            segment=flattest.id,
            slope=figure(_slope_ratio(flattest), 4),
        )
    else:
        slowest = min(level, key=lambda one: one.velocity_m_s)
        found = text(
            "{level} of {count} pipes without slope, {slow} of them too slow; {segment} with {velocity} m/s",
            level=len(level),
            count=len(lying),
            slow=len(slow),
            segment=slowest.id,
            velocity=figure(slowest.velocity_m_s, 2),
        )
    return Outcome(
        holds=not slow,
        required=required,
        found=found,
        where=_ids(slow),
        note=text("lay them with a slope and draw it") if slow else NOTHING,
    )


def _slope_ratio(segment: Segment) -> float:
    return abs(segment.rise_m) / segment.length_m


def velocity(design: Design, row: Row) -> Outcome:
    """No pipe is faster than its size and its room allow."""
    required = text("in every pipe at most its limit by size and room")
    running = [one for one in design.segments if one.velocity_limit_m_s > 0.0]
    if not running:
        return not_applicable(required, text("no pipes"))
    by_share = sorted(running, key=_velocity_share, reverse=True)
    fast = [one for one in by_share if _velocity_share(one) > 1.0 + row["limit"]["rounding_ratio"]]
    worst = by_share[0]
    return Outcome(
        holds=not fast,
        required=required,
        found=text(
            "{segment}, size {dn}: {velocity} m/s of {limit} m/s",
            segment=worst.id,
            dn=worst.dn,
            velocity=figure(worst.velocity_m_s, 2),
            limit=figure(worst.velocity_limit_m_s, 2),
        ),
        where=_ids(fast),
    )


def _velocity_share(segment: Segment) -> float:
    return segment.velocity_m_s / segment.velocity_limit_m_s


def end_size(design: Design, row: Row) -> Outcome:
    """The mains stay DN20 at least to their ends."""
    least = row["limit"]["least_dn"]
    required = text("at least DN{dn}", dn=least)
    mains = sorted((one for one in design.segments if one.role is Role.MAIN), key=lambda one: one.dn)
    if not mains:
        return not_applicable(required, text("no mains"))
    small = [one for one in mains if one.dn < least]
    return Outcome(
        holds=not small,
        required=required,
        found=text("smallest DN{dn}, {segment}", dn=mains[0].dn, segment=mains[0].id),
        where=_ids(small),
    )


def economical_loss(design: Design, row: Row) -> Outcome:
    """The worst loop loses 60 to 120 Pa/m on average, less where the smallest sizes hold it down."""
    limit = row["limit"]
    required = text(
        "{least} to {most} Pa/m on the worst loop",
        least=figure(limit["least_pa_m"]),
        most=figure(limit["most_pa_m"]),
    )
    loop = [design.segment_by_id[name] for name in design.worst_loop]
    length_m = sum(one.length_m for one in loop)
    if length_m <= 0.0:
        return not_applicable(required, text("no worst loop is named"))
    average_pa_m = sum(one.friction_pa for one in loop) / length_m
    found = text("{loss} Pa/m over {length} m", loss=figure(average_pa_m, 1), length=figure(length_m, 1))
    if average_pa_m > limit["most_pa_m"]:
        steep = sorted(loop, key=lambda one: one.specific_loss_pa_m, reverse=True)
        over = [one for one in steep if one.specific_loss_pa_m > limit["most_pa_m"]]
        return Outcome(holds=False, required=required, found=found, where=_ids(over))
    if average_pa_m >= limit["least_pa_m"]:
        return Outcome(holds=True, required=required, found=found)
    larger = [one for one in loop if not one.smallest and one.specific_loss_pa_m < limit["least_pa_m"]]
    return Outcome(
        holds=not larger,
        required=required,
        found=found,
        where=_ids(larger),
        note=text(
            "{smallest} of its {count} pipes have their smallest size already",
            smallest=sum(one.smallest for one in loop),
            count=len(loop),
        ),
        severity=Verdict.ADVICE,
    )


def smallest_size(design: Design, row: Row) -> Outcome:
    """No pipe is smaller than its material is used, in flats and outside them."""
    small = sorted((one for one in design.segments if one.dn < _least_dn(one)), key=lambda one: one.dn)
    return Outcome(
        holds=not small,
        required=text("at least the smallest size in use of each material"),
        found=(
            text(
                "{count} pipes below it, such as {segment}: {dn} instead of {least}",
                count=len(small),
                segment=small[0].id,
                dn=small[0].dn,
                least=_least_dn(small[0]),
            )
            if small
            else text("{count} pipes, none below it", count=len(design.segments))
        ),
        where=_ids(small),
    )


def _least_dn(segment: Segment) -> int:
    material = tables.load("pipes")["material"].get(segment.material)
    if material is None:
        return 0
    return int(material["smallest_indoor_dn" if segment.flat else "smallest_dn"])


def insulation(design: Design, row: Row) -> Outcome:
    """Pipes in the trench and in a cold stairwell are insulated."""
    required = text("insulated in trench and unheated stairwell")
    cold = [one for one in design.segments if one.place.value in row["places"]]
    if not cold:
        return not_applicable(required, text("no pipes there"))
    bare = sorted((one for one in cold if not one.insulated), key=lambda one: one.length_m, reverse=True)
    return Outcome(
        holds=not bare,
        required=required,
        found=text(
            "{bare} m bare of {total} m",
            bare=figure(sum(one.length_m for one in bare), 1),
            total=figure(sum(one.length_m for one in cold), 1),
        ),
        where=_ids(bare),
    )


def _ids(segments: Sequence[Segment]) -> tuple[str, ...]:
    return tuple(one.id for one in segments)
