"""Sizes at least lifetime cost: an exact choice along every riser, a descent over the pieces of the mains.

Behind any point of a riser only the pressure available there matters. So every joint has a frontier: the
least cost of everything behind it for each available pressure, on a grid. A joint of size s shifts the sum of
the frontiers behind it by its own loss (less the gravity head gained) and adds its price; the cheapest size
wins, in every cell. Losses are rounded up to the grid, so what the frontier promises always holds.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

import numpy as np
from numpy.typing import NDArray

from fenhu.design.catalogue import Size
from fenhu.design.changes import Changes
from fenhu.design.choices import pipe_loss_pa, sizes_for
from fenhu.design.lifetime import Weights
from fenhu.design.tree import End, Joint, Pipe, Scheme

STEP_PA = 20.0
_SWEEPS = 20
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sized:
    """The sizes of all pipes, the pressure they need, and what pipes and pumping cost over a lifetime."""

    sizes: Mapping[str, Size]
    needed_pa: float
    pipes_fen: float
    pumping_fen: float

    @property
    def total_fen(self) -> float:
        """Return the lifetime cost."""
        return self.pipes_fen + self.pumping_fen


@dataclass(frozen=True, slots=True)
class _Option:
    sizes: tuple[Size, ...]
    shift: int
    fen: float


@dataclass(frozen=True, slots=True)
class _Frontier:
    fen: Floats
    options: tuple[_Option, ...]
    best: NDArray[np.int64]


@dataclass(slots=True)
class Sizing:
    """The frontiers of one scheme on one grid of pressures up to ``cells`` steps."""

    changes: Changes
    weights: Weights
    gravity_pa_m: float
    cells: int
    found: dict[int, _Frontier] = field(default_factory=dict)
    kinds: dict[Hashable, int] = field(default_factory=dict)
    kind_of: dict[int, int] = field(default_factory=dict)

    def frontier(self, node: Joint | End) -> _Frontier:
        """Return the frontier of a joint or an end; equal ones are worked out once."""
        kind = self._kind(node)
        if kind not in self.found:
            self.found[kind] = self._end(node) if isinstance(node, End) else self._joint(node)
        return self.found[kind]

    def _kind(self, node: Joint | End) -> int:
        """Return a number that is the same for nodes alike in everything but their names."""
        if id(node) not in self.kind_of:
            behind = tuple(map(self._kind, node.behind)) if isinstance(node, Joint) else ()
            key = (_likeness(node, self.changes), behind)
            self.kind_of[id(node)] = self.kinds.setdefault(key, len(self.kinds))
        return self.kind_of[id(node)]

    def _end(self, end: End) -> _Frontier:
        options = tuple(
            _Option(choice.sizes, ceil(choice.need_pa / STEP_PA), self.cost_fen(end.pipes, choice.sizes))
            for choice in end.choices
        )
        rows = np.full((len(options), self.cells), np.inf)
        for row, option in zip(rows, options, strict=True):
            row[max(option.shift, ceil(end.least_pa / STEP_PA)) :] = option.fen
        return _cheapest(rows, options)

    def _joint(self, joint: Joint) -> _Frontier:
        behind = np.zeros(self.cells)
        for node in joint.behind:
            behind = behind + self.frontier(node).fen
        options = tuple(self._options(joint))
        rows = np.array([option.fen + shifted(behind, option.shift) for option in options])
        rows[:, : ceil(joint.least_pa / STEP_PA)] = np.inf
        return _cheapest(rows, options)

    def _options(self, joint: Joint) -> Sequence[_Option]:
        gained_pa = self.gravity_pa_m * joint.gained_m
        by_pipe = [sizes_for(pipe, self.changes) for pipe in joint.pipes]
        free = max(by_pipe, key=len)
        found = []
        for n, _ in enumerate(free):
            sizes = tuple(one[min(n, len(one) - 1)] for one in by_pipe)
            lost = joint.fixed_pa + sum(map(pipe_loss_pa, joint.pipes, sizes))
            shift = ceil((lost - gained_pa) / STEP_PA)
            found.append(_Option(sizes, shift, self.cost_fen(joint.pipes, sizes)))
        return found

    def cost_fen(self, pipes: Sequence[Pipe], sizes: Sequence[Size]) -> float:
        """Return what pipes of these sizes cost."""
        return sum(
            pipe.length_m * self.weights.pipe_fen_m(size, insulated=pipe.insulated)
            for pipe, size in zip(pipes, sizes, strict=True)
        )

    def choose(self, node: Joint | End, cell: int, sizes: dict[str, Size]) -> None:
        """Write down the sizes of all behind a point where ``cell`` steps of pressure are available."""
        frontier = self.frontier(node)
        option = frontier.options[frontier.best[cell]]
        sizes |= {pipe.id: size for pipe, size in zip(node.pipes, option.sizes, strict=True)}
        if isinstance(node, Joint):
            for one in node.behind:
                self.choose(one, min(cell - option.shift, self.cells - 1), sizes)


def shifted(fen: Floats, shift: int) -> Floats:
    """Return a frontier as seen from in front of a loss of ``shift`` steps (a gain, if negative)."""
    if shift == 0:
        return fen
    moved = np.empty_like(fen)
    if shift > 0:
        moved[:shift], moved[shift:] = np.inf, fen[: max(len(fen) - shift, 0)]
    else:
        moved[shift:], moved[:shift] = fen[-1], fen[-shift:]
    return moved


def _cheapest(rows: Floats, options: tuple[_Option, ...]) -> _Frontier:
    best = rows.argmin(axis=0)
    return _Frontier(rows[best, np.arange(rows.shape[1])], options, best)


def _likeness(node: Joint | End, changes: Changes) -> Hashable:
    """Return what makes two nodes interchangeable, but for what hangs behind them."""
    pins = tuple(changes.sizes.get(pipe.id) for pipe in node.pipes) if changes.sizes else ()
    if isinstance(node, End):
        return (pins, node.least_pa, tuple((one.need_pa, one.sizes) for one in node.choices),
                tuple(pipe.length_m for pipe in node.pipes))  # fmt: skip
    pipes = tuple(
        (pipe.length_m, pipe.flow_kg_s, pipe.limit_kg_s, pipe.material, pipe.least_dn, pipe.fittings,
         pipe.insulated, pipe.quiet, pipe.allowed)
        for pipe in node.pipes
    )  # fmt: skip
    return (pins, pipes, node.gained_m, node.fixed_pa, node.least_pa)


def size_scheme(
    scheme: Scheme,
    changes: Changes,
    weights: Weights,
    *,
    gravity_pa_m: float,
    most_pa: float,
    pumping_fen_pa: float,
) -> Sized | None:
    """Return the sizes of least lifetime cost that need at most ``most_pa``; None if there are none.

    Parameters
    ----------
    scheme : the pipes.
    changes : what a person has fixed.
    weights : what pipes cost.
    gravity_pa_m : the gravity head counted per metre of height.
    most_pa : what is available at the building's inlet.
    pumping_fen_pa : what a pascal costs over a lifetime.
    """
    sizing = Sizing(changes, weights, gravity_pa_m, ceil(most_pa / STEP_PA) + 1)
    search = _Mains(scheme, sizing, pumping_fen_pa)
    search.descend()
    if not np.isfinite(search.total_fen):
        return None
    sizes: dict[str, Size] = {}
    for pipe, sizes_of_pipe, at in zip(search.pipes, search.allowed, search.at, strict=True):
        sizes[pipe.id] = sizes_of_pipe[at]
    for riser, shift in zip(scheme.risers, search.shifts(), strict=True):
        sizing.choose(riser.root, search.cell - shift, sizes)
    needed_pa = search.cell * STEP_PA
    pumping_fen = pumping_fen_pa * needed_pa
    return Sized(sizes, needed_pa, search.total_fen - pumping_fen, pumping_fen)


class _Mains:
    """A descent over the sizes of the mains' pieces: one piece a size up or down as long as it pays."""

    def __init__(self, scheme: Scheme, sizing: Sizing, pumping_fen_pa: float) -> None:
        self.pipes = (*scheme.out, *scheme.home)
        self.allowed = [sizes_for(pipe, sizing.changes) for pipe in self.pipes]
        self.frontiers = [sizing.frontier(riser.root).fen for riser in scheme.risers]
        self.pumping = pumping_fen_pa * STEP_PA * np.arange(sizing.cells)
        self.loss = [
            [pipe_loss_pa(pipe, size) for size in allowed]
            for pipe, allowed in zip(self.pipes, self.allowed, strict=True)
        ]
        self.fen = [
            [sizing.cost_fen((pipe,), (size,)) for size in allowed]
            for pipe, allowed in zip(self.pipes, self.allowed, strict=True)
        ]
        self.ways = scheme.main_ways()
        self.at = [len(allowed) - 1 for allowed in self.allowed]
        self.total_fen, self.cell = self._evaluate()

    def descend(self) -> None:
        """Take the best of descents from every common level of sizes; the order is that of the pipes."""
        found = []
        for level in range(max(map(len, self.allowed))):
            self.at = [min(level, len(allowed) - 1) for allowed in self.allowed]
            self.total_fen, self.cell = self._evaluate()
            if np.isfinite(self.total_fen):
                self._descend()
                found.append((self.total_fen, self.cell, self.at))
        if found:
            self.total_fen, self.cell, self.at = min(found)

    def _descend(self) -> None:
        pieces = len(self.pipes) // 2
        moves = [(n,) for n in range(len(self.pipes))] + [(n, pieces + n) for n in range(pieces)]
        for _ in range(_SWEEPS):
            moved = [self._better(move) for move in moves]
            if not any(moved):
                return

    def _better(self, pieces: tuple[int, ...]) -> bool:
        """Move pieces of main together to the size that pays most; return whether any did."""
        kept, best = list(self.at), None
        for at in range(max(len(self.allowed[n]) for n in pieces)):
            self.at = list(kept)
            for n in pieces:
                self.at[n] = min(at, len(self.allowed[n]) - 1)
            total, cell = self._evaluate()
            if total < self.total_fen - 0.5:
                self.total_fen, self.cell, best = total, cell, list(self.at)
        self.at = best or kept
        return best is not None

    def shifts(self) -> list[int]:
        """Return what each riser's way through the mains loses, in steps."""
        return [ceil(sum(self.loss[n][self.at[n]] for n in way) / STEP_PA) for way in self.ways]

    def _evaluate(self) -> tuple[float, int]:
        total = self.pumping.copy()
        for frontier, shift in zip(self.frontiers, self.shifts(), strict=True):
            total += shifted(frontier, shift)
        cell = int(total.argmin())
        return float(total[cell]) + sum(fen[at] for fen, at in zip(self.fen, self.at, strict=True)), cell
