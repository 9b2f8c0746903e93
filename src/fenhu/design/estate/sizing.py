"""Sizes of an estate's network at least lifetime cost, by the same frontiers as a building's risers.

A trench is a joint of a supply and a return pipe; a building is an end that needs so much. All losses bear
the margin of the standard, so needs and heads are divided by it before they meet the losses on the grid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil

import numpy as np

from fenhu import tables
from fenhu.design.catalogue import Size, local_loss_pa, specific_loss, velocity_m_s
from fenhu.design.changes import NO_CHANGES
from fenhu.design.choices import pipe_loss_pa
from fenhu.design.estate.values import Network, PipeDesign, Trench
from fenhu.design.lifetime import Weights
from fenhu.design.sizing import STEP_PA, Sizing
from fenhu.design.tree import Choice, End, Joint, Pipe
from fenhu.design.values import Place, Role, Side
from fenhu.errors import Infeasible
from fenhu.wording import text

_SIDES = (Side.SUPPLY, Side.RETURN)


class TrenchWeights(Weights):
    """The prices of pipes in the ground: a metre of one pipe, laid and insulated."""

    def _metre(self, size: Size, insulated: bool) -> float:
        return 100.0 * float(self.book.for_size("network.pipe", size.dn).yuan)


@dataclass(frozen=True, slots=True)
class SizedNetwork:
    """A network with its sizes."""

    network: Network
    pipes: tuple[PipeDesign, ...]

    def loss_pa(self, node: str) -> float:
        """Return what supply and return lose between the substation and a node."""
        by_id = {pipe.id: pipe for pipe in self.pipes}
        return sum(by_id[trench.id].loss_pa for trench in self.network.way(node))


def margin() -> float:
    """Return one and the margin on all losses.

    References
    ----------
    GB 50736-2012 5.9.12 (docs/sources.md#gb50736)
    """
    return 1.0 + float(tables.load("estate")["margin"]["loss_ratio"])


@cache
def network_sizes() -> tuple[Size, ...]:
    """Return the sizes new pipes of a network are made in, from the smallest that is laid."""
    row = tables.load("estate")["pipe"]
    bores = sorted((int(dn), bore) for dn, bore in row["inner_diameter_m"].items() if dn.isdigit())
    return tuple(
        Size("network", dn, bore, row["roughness_m"], dn) for dn, bore in bores if dn >= row["least_dn"]
    )


def standing_size(trench: Trench) -> Size:
    """Return the size of pipes that lie in the ground, narrowed and roughened by their rust."""
    new = next(size for size in network_sizes() if size.dn == trench.dn)
    rust = tables.load("pipes")["corrosion"][trench.corrosion]
    bore = new.inner_diameter_m * rust["bore_ratio"]
    return Size("network", new.dn, bore, max(new.roughness_m, rust["roughness_m"]), new.dn)


def holds_limits(size: Size, flow_kg_s: float) -> bool:
    """Return whether a size keeps velocity and specific loss of an outdoor pipe.

    References
    ----------
    CJJ 34-2010 (tables/estate.toml, not checked against the text)
    """
    limit = tables.load("estate")["limit"]
    return bool(
        velocity_m_s(size, flow_kg_s) <= limit["most_m_s"]
        and specific_loss(size, flow_kg_s) <= limit["most_pa_m"]
    )


def fitting_sizes(flow_kg_s: float) -> tuple[Size, ...]:
    """Return the sizes that bear a flow; the largest where none does, and the check says so."""
    sizes = network_sizes()
    return tuple(size for size in sizes if holds_limits(size, flow_kg_s)) or (sizes[-1],)


def size_network(
    network: Network,
    weights: Weights,
    *,
    offered_pa: float | None,
    pumping_fen_pa: float,
    needs_pa: Mapping[str, float],
) -> SizedNetwork | None:
    """Return the sizes of least lifetime cost within what the station offers; None if there are none.

    Parameters
    ----------
    network : the tree; pipes with a size keep it.
    weights : what pipes cost.
    offered_pa : the difference at the station's outlet, None for as much as it takes.
    pumping_fen_pa : what a pascal costs over a lifetime.
    needs_pa : what each building's inlet needs.

    Raises
    ------
    fenhu.errors.Infeasible
        If pipes that stay lose more than any pump of an estate gives; the worst is named.
    """
    roots = _branches(network, needs_pa)
    most_pa = _most_pa(network, needs_pa)
    sizing = Sizing(NO_CHANGES, weights, 0.0, ceil(most_pa / STEP_PA) + 2 * len(network.estate.trenches) + 2)
    fen = sum((sizing.frontier(root).fen for root in roots), np.zeros(sizing.cells))
    total = fen + pumping_fen_pa * STEP_PA * np.arange(sizing.cells)
    cap = sizing.cells if offered_pa is None else max(int(offered_pa / margin() / STEP_PA) + 1, 0)
    if not np.isfinite(total[:cap]).any():
        return None
    cell = int(total[:cap].argmin())
    sizes: dict[str, Size] = {}
    for root in roots:
        sizing.choose(root, cell, sizes)
    pipes = tuple(
        _designed(network, trench, sizes[_pipe_id(trench, Side.SUPPLY)], weights)
        for trench in network.estate.trenches
    )
    return SizedNetwork(network, pipes)


def _branches(network: Network, needs_pa: Mapping[str, float]) -> list[Joint | End]:
    """Return what hangs on the substation: the trenches that begin there, and buildings at its door."""
    starting: dict[str, list[Trench]] = {}
    for trench in network.estate.trenches:
        starting.setdefault(trench.start, []).append(trench)
    ends: dict[str, list[Joint | End]] = {}
    for taker in network.takers:
        ends.setdefault(taker.node, []).append(
            End(id=taker.id, pipes=(), choices=(Choice(sizes=(), need_pa=needs_pa[taker.id] / margin()),),
                flow_kg_s=taker.flow_kg_s)
        )  # fmt: skip

    def hanging(node: str) -> list[Joint | End]:
        joints = [
            Joint(pipes=_pair(network, trench), behind=hanging(trench.end))
            for trench in starting.get(node, ())
        ]
        return [*joints, *ends.get(node, ())]

    return hanging(network.estate.substation.node)


def _pipe_id(trench: Trench, side: Side) -> str:
    return f"{trench.id}.{side.value}"


def _pair(network: Network, trench: Trench) -> tuple[Pipe, ...]:
    flow_kg_s = network.flow_kg_s(trench)
    return tuple(
        Pipe(
            id=_pipe_id(trench, side), role=Role.MAIN, side=side, place=Place.TRENCH, start=trench.start,
            end=trench.end, length_m=trench.length_m, flow_kg_s=flow_kg_s, limit_kg_s=flow_kg_s,
            material="network", least_dn=0, most_pa_m=tables.load("estate")["limit"]["most_pa_m"],
            fittings=fittings_of(trench), insulated=True, allowed=allowed_sizes(network, trench),
        )
        for side in _SIDES
    )  # fmt: skip


def allowed_sizes(network: Network, trench: Trench) -> tuple[Size, ...]:
    """Return the sizes a trench may have: the one it keeps or was given, or all that bear its flow."""
    if trench.keep:
        return (standing_size(trench),)
    if trench.dn:
        return tuple(size for size in network_sizes() if size.dn == trench.dn)
    return fitting_sizes(network.flow_kg_s(trench))


def fittings_of(trench: Trench) -> tuple[tuple[str, int], ...]:
    """Return what a pipe of a trench passes on its way."""
    row = tables.load("estate")["pipe"]
    usual = tuple((name, count) for name, count in row["fittings"].items() if isinstance(count, int))
    return (*usual, ("u_compensator", int(trench.length_m // row["compensator_m"])))


def _most_pa(network: Network, needs_pa: Mapping[str, float]) -> float:
    """Return what the neediest way takes with all pipes at their smallest: nothing needs more.

    Raises
    ------
    Infeasible
        If even the largest lose more than any pump gives, naming the pipe that loses most.
    """
    smallest, largest = (
        {
            trench.id: sum(pipe_loss_pa(pipe, pipe.allowed[at]) for pipe in _pair(network, trench))
            for trench in network.estate.trenches
        }
        for at in (0, -1)
    )

    def most(lost: Mapping[str, float]) -> float:
        return max(
            needs_pa[taker.id] / margin() + sum(lost[trench.id] for trench in network.way(taker.node))
            for taker in network.takers
        )

    station_pa = network.estate.substation.loss_pa
    if margin() * (most(largest) + station_pa) <= tables.load("estate")["pump"]["most_pa"]:
        return most(smallest)
    worst = max(network.estate.trenches, key=lambda trench: largest[trench.id], default=None)
    if worst is None:
        return most(smallest)
    flow_kg_s = network.flow_kg_s(worst)
    raise Infeasible(
        text("Pipe {id} loses {lost} kPa at its design flow of {flow} m³/h; no pump of an estate gives that. "
             "It has DN{dn}, DN{fitting} would be the smallest within the limits.",
             id=repr(worst.id), lost=round(largest[worst.id] / 1000.0), flow=round(volume_m3_h(flow_kg_s), 1),
             dn=allowed_sizes(network, worst)[-1].dn, fitting=fitting_sizes(flow_kg_s)[0].dn),
        reasons=(),
    )  # fmt: skip


def density_kg_m3() -> float:
    """Return the density of water that sizing goes by."""
    return float(tables.load("pipes")["sizing"]["reference_density_kg_m3"])


def volume_m3_h(flow_kg_s: float) -> float:
    """Return a flow as pumps and meters count it."""
    return 3600.0 * flow_kg_s / density_kg_m3()


def _designed(network: Network, trench: Trench, size: Size, weights: Weights) -> PipeDesign:
    flow_kg_s = network.flow_kg_s(trench)
    specific = specific_loss(size, flow_kg_s)
    one_pa = specific * trench.length_m + local_loss_pa(fittings_of(trench), size, flow_kg_s)
    fen = 0.0 if trench.keep else 2.0 * trench.length_m * weights.pipe_fen_m(size, insulated=True)
    return PipeDesign(
        trench=trench, size=size, flow_kg_s=flow_kg_s, velocity_m_s=velocity_m_s(size, flow_kg_s),
        specific_loss_pa_m=specific, loss_pa=2.0 * one_pa, fen=round(fen),
    )  # fmt: skip


def pipes_fen(pipes: Iterable[PipeDesign]) -> int:
    """Return what the new pipes cost."""
    return sum(pipe.fen for pipe in pipes)


def too_small(pipes: Sequence[PipeDesign]) -> tuple[tuple[PipeDesign, int], ...]:
    """Return the pipes whose given size breaks a limit, the worst first, each with the size that would do."""
    broken = [pipe for pipe in pipes if pipe.trench.dn and not holds_limits(pipe.size, pipe.flow_kg_s)]
    broken.sort(key=lambda pipe: -pipe.specific_loss_pa_m)
    return tuple((pipe, fitting_sizes(pipe.flow_kg_s)[0].dn) for pipe in broken)
