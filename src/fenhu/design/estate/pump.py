"""The circulation pump against its network: what is required, what it gives, what to do if that is less.

On retrofit the hydraulics are checked again; where inlets get too little the pump's head is raised or a
booster added. Of the two the cheaper over the lifetime is recommended: the price of the new pump and what it
pumps more.

References
----------
GB 50736-2012 5.10.2 (docs/sources.md#gb50736)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from fenhu import tables
from fenhu.design.estate.sizing import SizedNetwork, density_kg_m3, margin, volume_m3_h
from fenhu.design.estate.values import Network
from fenhu.design.lifetime import pumping_fen_pa
from fenhu.design.prices import PriceBook


class ActionKind(StrEnum):
    """What is to be done about the pump: nothing, choose one, raise its head, add boosters."""

    NONE = "none"
    CHOOSE_PUMP = "choose_pump"
    RAISE_HEAD = "raise_head"
    BOOSTER = "booster"


@dataclass(frozen=True, slots=True, kw_only=True)
class Booster:
    """A pump on the supply: in the pipe ``at`` (or at the building ``at``), its flow and its head."""

    at: str
    building: bool
    flow_kg_s: float
    head_pa: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """A way to give every inlet what it needs, and what it costs over the lifetime more than now."""

    kind: ActionKind
    head_pa: float
    boosters: tuple[Booster, ...]
    fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PumpDesign:
    """The pump at the design flow.

    ``required_pa`` includes the station's loss and the margin; ``offered_pa`` is what the pump gives at that
    flow, None where there is none yet. ``station_pa`` is the difference at the station's outlet once the
    action is taken, ``head_pa`` the pump's head then. ``missing_pa`` names the buildings that get too little
    from the pump as it is. ``remedies`` are the ways weighed, the recommended first.
    """

    flow_kg_s: float
    required_pa: float
    offered_pa: float | None
    station_pa: float
    head_pa: float
    deciding: str
    missing_pa: Mapping[str, float]
    remedies: tuple[Remedy, ...]

    @property
    def action(self) -> Remedy:
        """Return what is recommended."""
        return self.remedies[0]

    @property
    def lifetime_fen(self) -> int:
        """Return what the action and all pumping cost over the lifetime."""
        kept_pa = self.head_pa if self.offered_pa is None or not self.missing_pa else self.offered_pa
        pumping = pumping_fen_pa(self.flow_kg_s, season_days()) * kept_pa
        return self.action.fen + round(pumping)

    @property
    def power_w(self) -> float:
        """Return what pump and boosters draw at the design flow."""
        boosters = sum(one.flow_kg_s * one.head_pa for one in self.action.boosters)
        return (self.flow_kg_s * self.head_pa + boosters) / (density_kg_m3() * _efficiency())


def _efficiency() -> float:
    return float(tables.load("eras")["circulation"]["efficiency_ratio"])


def season_days() -> float:
    """Return how long a heating season lasts."""
    return float(tables.load("climate")["station"]["阜新"]["days"])


def pump_design(sized: SizedNetwork, needs_pa: Mapping[str, float], book: PriceBook) -> PumpDesign:
    """Return how the pump stands and what is recommended.

    Parameters
    ----------
    sized : the network with its sizes.
    needs_pa : what each inlet needs, its valve open.
    book : what pumps cost.
    """
    network, station = sized.network, sized.network.estate.substation
    asked = {taker.id: needs_pa[taker.id] + margin() * sized.loss_pa(taker.node) for taker in network.takers}
    deciding = max(asked, key=lambda name: asked[name])
    own_pa = margin() * station.loss_pa
    required_pa = asked[deciding] + own_pa
    flow_kg_s = network.total_kg_s
    offered_pa = station.head_pa(volume_m3_h(flow_kg_s)) if station.head else None
    if offered_pa is None:
        chosen = Remedy(
            kind=ActionKind.CHOOSE_PUMP, head_pa=required_pa, boosters=(),
            fen=_pump_fen(flow_kg_s, required_pa, book),
        )  # fmt: skip
        return PumpDesign(
            flow_kg_s=flow_kg_s, required_pa=required_pa, offered_pa=None, station_pa=asked[deciding],
            head_pa=required_pa, deciding=deciding, missing_pa={}, remedies=(chosen,),
        )  # fmt: skip
    missing = {
        name: asked_pa + own_pa - offered_pa for name, asked_pa in asked.items()
        if asked_pa + own_pa > offered_pa
    }  # fmt: skip
    if not missing:
        head_pa = required_pa if station.regulated else offered_pa
        outlet_pa = asked[deciding] if station.regulated else offered_pa - station.loss_pa
        nothing = Remedy(kind=ActionKind.NONE, head_pa=offered_pa, boosters=(), fen=0)
        return PumpDesign(
            flow_kg_s=flow_kg_s, required_pa=required_pa, offered_pa=offered_pa, station_pa=outlet_pa,
            head_pa=head_pa, deciding=deciding, missing_pa={}, remedies=(nothing,),
        )  # fmt: skip
    remedies = _remedies(network, missing, required_pa, offered_pa, book)
    raised = remedies[0].kind is ActionKind.RAISE_HEAD
    return PumpDesign(
        flow_kg_s=flow_kg_s, required_pa=required_pa, offered_pa=offered_pa,
        station_pa=asked[deciding] if raised else offered_pa - own_pa,
        head_pa=required_pa if raised else offered_pa, deciding=deciding, missing_pa=missing,
        remedies=remedies,
    )  # fmt: skip


def _remedies(
    network: Network, missing: Mapping[str, float], required_pa: float, offered_pa: float, book: PriceBook
) -> tuple[Remedy, ...]:
    """Return the ways to help, the cheapest first: more head for all, one booster, or one each."""
    flow_kg_s = network.total_kg_s
    raised = Remedy(
        kind=ActionKind.RAISE_HEAD, head_pa=required_pa, boosters=(),
        fen=_pump_fen(flow_kg_s, required_pa, book)
        + round(pumping_fen_pa(flow_kg_s, season_days()) * (required_pa - offered_pa)),
    )  # fmt: skip
    choices = [_boosted(boosters, offered_pa, book) for boosters in _places(network, missing)]
    return tuple(sorted((raised, *choices), key=lambda one: one.fen))


def _places(network: Network, missing: Mapping[str, float]) -> list[tuple[Booster, ...]]:
    """Return where boosters may stand: one in the last pipe common to all short buildings, or one at each."""
    short = [taker for taker in network.takers if taker.id in missing]
    each = tuple(
        Booster(at=taker.id, building=True, flow_kg_s=taker.flow_kg_s, head_pa=missing[taker.id])
        for taker in short
    )
    ways = [network.way(taker.node) for taker in short]
    common = [trench for trench in ways[0] if all(trench in way for way in ways)]
    if not common or (len(short) == 1 and len(network.behind[common[-1].id]) == 1):
        return [each]
    last = common[-1]
    one = Booster(
        at=last.id, building=False, flow_kg_s=network.flow_kg_s(last), head_pa=max(missing.values())
    )
    return [(one,), each]


def _boosted(boosters: tuple[Booster, ...], offered_pa: float, book: PriceBook) -> Remedy:
    fen = sum(
        _pump_fen(one.flow_kg_s, one.head_pa, book)
        + round(pumping_fen_pa(one.flow_kg_s, season_days()) * one.head_pa)
        for one in boosters
    )
    return Remedy(kind=ActionKind.BOOSTER, head_pa=offered_pa, boosters=boosters, fen=fen)


def _pump_fen(flow_kg_s: float, head_pa: float, book: PriceBook) -> int:
    """Return what a pump costs that gives a head at a flow, by the power its motor draws."""
    power_kw = flow_kg_s * head_pa / (density_kg_m3() * _efficiency()) / 1000.0
    return round(100 * book.for_size("network.pump", max(ceil(power_kw), 1)).yuan)
