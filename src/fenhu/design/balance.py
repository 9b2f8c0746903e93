"""How well a preset scheme balances: every parallel way against the one that needs most, in every weather."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from fenhu.design.catalogue import Size, valve_loss_pa
from fenhu.design.presetting import (
    Presettings,
    Reach,
    end_loss_pa,
    entrance_loss_pa,
    mains_loss_pa,
    pair_loss_pa,
    reaches,
    trv_loss_pa,
)
from fenhu.design.tree import End, Joint, Riser, Scheme
from fenhu.design.values import BranchBalance, Level, Weather


@dataclass(frozen=True, slots=True)
class Way:
    """A parallel way: what it loses by itself, and the head it needs from the point where ways part."""

    id: str
    riser: str
    flat: str
    lost_pa: float
    head_pa: float


@dataclass(frozen=True, slots=True)
class Settled:
    """A scheme with sizes and settings; what it needs and how its ways differ follow from these alone."""

    scheme: Scheme
    sizes: Mapping[str, Size]
    presettings: Presettings

    def balances(self, weathers: Sequence[Weather]) -> Iterator[BranchBalance]:
        """Yield how every parallel way stands in every weather.

        A way has what the neediest of its group needs beyond it; flows are those of the design.

        References
        ----------
        GB 50736-2012 5.9.11, GB 50019-2003 4.8.6 (docs/sources.md#gb50736)
        """
        for weather in weathers:
            risers = []
            for riser, main_pa in zip(self.scheme.risers, self.mains_pa(), strict=True):
                hanging = list(self.hanging(riser, weather.gravity_pa_m))
                risers.append(self._riser_way(riser, main_pa, hanging))
                yield from _against_neediest(Level.FLATS, hanging, weather)
            yield from _against_neediest(Level.RISERS, risers, weather)
        yield from self._radiators(weathers[0])

    def needed_pa(self, gravity_pa_m: float) -> float:
        """Return what the inlet must offer for all design flows, with a gravity head per metre."""
        return max(
            main_pa + self._riser_way(riser, main_pa, list(self.hanging(riser, gravity_pa_m))).lost_pa
            for riser, main_pa in zip(self.scheme.risers, self.mains_pa(), strict=True)
        )

    def mains_pa(self) -> list[float]:
        """Return what the mains lose to each riser and back."""
        return mains_loss_pa(self.scheme, self.sizes)

    def _riser_way(self, riser: Riser, main_pa: float, hanging: Sequence[Way]) -> Way:
        lost_pa = max(way.head_pa for way in hanging) + self._riser_valve_pa(riser)
        return Way(riser.id, riser.id, "", lost_pa, main_pa + lost_pa)

    def _riser_valve_pa(self, riser: Riser) -> float:
        setting = self.presettings.riser.get(riser.id)
        return valve_loss_pa(setting.kv_m3_h, riser.flow_kg_s) if setting else 0.0

    def hanging(self, riser: Riser, gravity_pa_m: float) -> Iterator[Way]:
        """Yield the flats (or radiators) of a riser; heads are counted from the riser's foot."""

        def walk(node: Joint | End, way_pa: float) -> Iterator[Way]:
            if isinstance(node, End):
                lost = end_loss_pa(node, self.sizes, self.presettings.trv.get(node.id))
                yield Way(node.id, riser.id, node.flat, lost, way_pa + lost)
            elif node.flat:
                lost = self.flat_loss_pa(node)
                yield Way(node.flat, riser.id, node.flat, lost, way_pa + lost)
            else:
                here = way_pa + pair_loss_pa(node.pipes, self.sizes) - gravity_pa_m * node.gained_m
                for one in node.behind:
                    yield from walk(one, here)

        yield from walk(riser.root, 0.0)

    def flat_loss_pa(self, flat: Joint) -> float:
        """Return what a flat loses from its riser and back: its entrance and, in the mean, its radiators."""
        inner = [self._reach_pa(one) for one in reaches(flat, self.sizes)]
        return entrance_loss_pa(flat, self.sizes, self.presettings.lock.get(flat.flat)) + fmean(inner)

    def _reach_pa(self, reach: Reach) -> float:
        setting = self.presettings.trv.get(reach.end.id)
        return reach.way_pa + reach.own_pa + trv_loss_pa(reach.end, setting)

    def _radiators(self, weather: Weather) -> Iterator[BranchBalance]:
        """Yield how the radiators of each flat stand to each other; they hang at one height."""
        for riser in self.scheme.risers:
            for flat in flats_of(riser.root):
                ways = [
                    Way(one.end.id, riser.id, flat.flat,
                        one.own_pa + trv_loss_pa(one.end, self.presettings.trv.get(one.end.id)),
                        self._reach_pa(one))
                    for one in reaches(flat, self.sizes)
                ]  # fmt: skip
                if len(ways) > 1:
                    yield from _against_neediest(Level.RADIATORS, ways, weather)


def flats_of(node: Joint | End) -> Iterator[Joint]:
    """Yield the flats that hang behind a joint."""
    if isinstance(node, Joint):
        if node.flat:
            yield node
        else:
            for one in node.behind:
                yield from flats_of(one)


def _against_neediest(level: Level, ways: Sequence[Way], weather: Weather) -> Iterator[BranchBalance]:
    most_pa = max(way.head_pa for way in ways)
    for way in ways:
        yield BranchBalance(
            level=level, id=way.id, riser=way.riser, flat=way.flat, weather=weather.name,
            available_pa=way.lost_pa + most_pa - way.head_pa, lost_pa=way.lost_pa,
        )  # fmt: skip
