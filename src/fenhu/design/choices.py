"""The sizes a pipe may have, and how the ends of ways can be built."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fenhu import tables
from fenhu.design.catalogue import (
    Size,
    local_loss_pa,
    size_of,
    sizes_of,
    specific_loss,
    trv_settings,
    valve_loss_pa,
    velocity_limit_m_s,
    velocity_m_s,
)
from fenhu.design.changes import Changes
from fenhu.design.tree import Choice, Pipe


def sizes_for(pipe: Pipe, changes: Changes) -> tuple[Size, ...]:
    """Return the sizes a pipe may have, smallest first.

    That is the one a person fixed, those the pipe itself names, or those from the smallest that fits to
    two sizes above it.

    Where even the largest is too small for its flow, that one; the review says so.
    """
    pinned = changes.sizes.get(pipe.id) if changes.sizes else None
    if pinned is not None:
        return (size_of(pinned[0] or pipe.material, pinned[1]),)
    if pipe.allowed:
        return pipe.allowed
    usable = [size for size in sizes_of(pipe.material) if size.dn >= pipe.least_dn]
    fitting = tuple(size for size in usable if fits(pipe, size))
    above = int(tables.load("design")["friction"]["sizes_above"])
    return fitting[: above + 1] or (usable[-1],)


def fits(pipe: Pipe, size: Size) -> bool:
    """Return whether a size keeps the pipe within its velocity and its friction."""
    return (
        velocity_m_s(size, pipe.limit_kg_s) <= velocity_limit_m_s(size, quiet=pipe.quiet)
        and specific_loss(size, pipe.limit_kg_s) <= pipe.most_pa_m
    )


def pipe_loss_pa(pipe: Pipe, size: Size) -> float:
    """Return what a pipe of a size loses at its design flow."""
    flow = pipe.flow_kg_s
    return specific_loss(size, flow) * pipe.length_m + local_loss_pa(pipe.fittings, size, flow)


def branch_choices(pipes: Sequence[Pipe], changes: Changes) -> Iterator[Choice]:
    """Yield the ways to build a radiator's branch between two pipes, its thermostatic valve wide open."""
    radiator = (("radiator", 1),)
    open_pa = valve_loss_pa(trv_settings()[-1].kv_m3_h, pipes[0].flow_kg_s)
    for size in sizes_for(pipes[0], changes):
        sizes = [size, *(_own_or(pipe, size, changes) for pipe in pipes[1:])]
        lost = sum(pipe_loss_pa(pipe, one) for pipe, one in zip(pipes, sizes, strict=True))
        lost += local_loss_pa(radiator, size, pipes[0].flow_kg_s) + open_pa
        yield Choice(sizes=tuple(sizes), need_pa=lost)


def _own_or(pipe: Pipe, size: Size, changes: Changes) -> Size:
    return sizes_for(pipe, changes)[0] if pipe.id in changes.sizes else size
