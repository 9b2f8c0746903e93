"""The design of an estate's network: sizes, inlets and pump, settled together; what the proof starts from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fenhu import tables
from fenhu.design.estate.inlets import (
    InletDesign,
    Offer,
    controller_pa,
    inlet_design,
    part_ratio,
    valve_sizes,
)
from fenhu.design.estate.pump import ActionKind, PumpDesign, pump_design, season_days
from fenhu.design.estate.sizing import (
    SizedNetwork,
    TrenchWeights,
    fitting_sizes,
    margin,
    pipes_fen,
    size_network,
    volume_m3_h,
)
from fenhu.design.estate.values import Estate, Network, PipeDesign, Taker
from fenhu.design.lifetime import pumping_fen_pa
from fenhu.design.prices import PriceBook, price_book


@dataclass(frozen=True, kw_only=True)
class EstateDesign:
    """An estate's network as designed: every pipe, what sits at every inlet, what the pump must give."""

    network: Network
    sized: SizedNetwork
    inlets: tuple[InletDesign, ...]
    pump: PumpDesign

    @property
    def pipes(self) -> tuple[PipeDesign, ...]:
        """Return the pipes, those nearer the substation first."""
        return self.sized.pipes

    @cached_property
    def inlet_by_id(self) -> Mapping[str, InletDesign]:
        """Return the inlets by building."""
        return {inlet.taker.id: inlet for inlet in self.inlets}

    @property
    def pipes_fen(self) -> int:
        """Return what the new pipes cost."""
        return pipes_fen(self.pipes)

    @property
    def lifetime_fen(self) -> int:
        """Return what new pipes, new pumps and all pumping cost over the lifetime."""
        return self.pipes_fen + self.pump.lifetime_fen

    @property
    def main_way(self) -> tuple[PipeDesign, ...]:
        """Return the pipes to the building that decides the head."""
        node = self.inlet_by_id[self.pump.deciding].taker.node
        on_way = {trench.id for trench in self.network.way(node)}
        return tuple(pipe for pipe in self.pipes if pipe.id in on_way)


def design_estate(
    estate: Estate, takers: Sequence[Taker], *, prices: PriceBook | None = None
) -> EstateDesign:
    """Return the network of an estate, sized, with every inlet's valve and the pump checked.

    A controller needs a pressure of its own; where one is called for and there is too little to spare, the
    network is settled again with that need added.

    Parameters
    ----------
    estate : the substation and its trenches.
    takers : all its buildings, those of files already designed.
    prices : what pipes and pumps cost; the demo book of the programme's first year if not given.

    Raises
    ------
    fenhu.errors.Infeasible
        If pipes that stay lose more than any pump gives.
    """
    network = Network(estate=estate, takers=tuple(takers))
    book = prices or price_book(tables.load("design")["lifetime"]["price_year"])
    needs = {taker.id: taker.needed_pa for taker in network.takers}
    while True:
        made = _settled(network, needs, book)
        added = {
            inlet.taker.id: inlet.taker.needed_pa + controller_pa(inlet) for inlet in made.inlets
            if needs[inlet.taker.id] < inlet.taker.needed_pa + controller_pa(inlet) - 0.5
            and inlet.spare_pa < controller_pa(inlet)
        }  # fmt: skip
        if not added:
            return made
        needs |= added


def _settled(network: Network, needs: Mapping[str, float], book: PriceBook) -> EstateDesign:
    """Return the cheaper over the lifetime: sizes that spare the present pump, or others and an action."""
    station = network.estate.substation
    pumping = pumping_fen_pa(network.total_kg_s, season_days())
    offered_pa = None
    if station.head:
        offered_pa = station.head_pa(volume_m3_h(network.total_kg_s)) - margin() * station.loss_pa
    # An unregulated pump gives its head whether it is needed or not: up to there, pressure costs nothing.
    free = station.head and not station.regulated
    sized = [
        size_network(
            network, TrenchWeights(book), offered_pa=bound, needs_pa=needs,
            pumping_fen_pa=0.0 if free and bound is not None else pumping,
        )
        for bound in dict.fromkeys((offered_pa, None))
    ]  # fmt: skip
    return min(
        (_drawn_up(one, needs, book) for one in sized if one is not None),
        key=lambda one: one.lifetime_fen,
    )


def _drawn_up(sized: SizedNetwork, needs: Mapping[str, float], book: PriceBook) -> EstateDesign:
    pump = pump_design(sized, needs, book)
    network = sized.network
    inlets = tuple(
        inlet_design(taker, _inlet_dn(taker), _offer(taker, sized, pump)) for taker in network.takers
    )
    return EstateDesign(network=network, sized=sized, inlets=inlets, pump=pump)


def _inlet_dn(taker: Taker) -> int:
    """Return the size of an inlet: as told, else that of the pipe a flow of its own would have."""
    dn = taker.dn or fitting_sizes(taker.flow_kg_s)[0].dn
    return min(dn, valve_sizes("balancing")[-1])


def _offer(taker: Taker, sized: SizedNetwork, pump: PumpDesign) -> Offer:
    """Return what an inlet is offered at design and at part flow, with the recommended action taken."""
    lost_pa = sized.loss_pa(taker.node)
    boosted_pa = boost_pa(taker, sized, pump)
    part = part_ratio()
    return Offer(
        design_pa=pump.station_pa + boosted_pa - lost_pa,
        part_pa=station_outlet_pa(sized.network, pump, part) + boosted_pa - part**2 * lost_pa,
    )


def boost_pa(taker: Taker, sized: SizedNetwork, pump: PumpDesign) -> float:
    """Return what recommended boosters add on the way to a building."""
    names = {trench.id for trench in sized.network.way(taker.node)}
    return sum(
        one.head_pa for one in pump.action.boosters
        if (one.at == taker.id if one.building else one.at in names)
    )  # fmt: skip


def station_outlet_pa(network: Network, pump: PumpDesign, flow_ratio: float) -> float:
    """Return the difference at the station's outlet at a share of the design flow.

    A regulated pump, and one still to be chosen, hold it; another climbs its curve, raised where its head is.
    """
    station = network.estate.substation
    if station.regulated or not station.head:
        return pump.station_pa
    raised = raised_ratio(pump)
    head_pa = raised * station.head_pa(flow_ratio * volume_m3_h(pump.flow_kg_s))
    at_design_pa = pump.head_pa - pump.station_pa
    return head_pa - flow_ratio**2 * at_design_pa


def raised_ratio(pump: PumpDesign) -> float:
    """Return by how much a raised pump's curve lies above the old one."""
    if pump.action.kind is not ActionKind.RAISE_HEAD or not pump.offered_pa:
        return 1.0
    return pump.head_pa / pump.offered_pa
