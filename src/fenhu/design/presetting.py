"""Presettings: what is to spare at a riser, a flat, a radiator is taken by the valve that sits there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fenhu import tables
from fenhu.design.catalogue import (
    Setting,
    Size,
    balancing_settings,
    local_loss_pa,
    lock_valve_settings,
    nearest_setting,
    setting_of,
    tightest_within,
    trv_settings,
    valve_loss_pa,
)
from fenhu.design.changes import Changes
from fenhu.design.choices import pipe_loss_pa
from fenhu.design.flat_devices import entrance_dn
from fenhu.design.lines import line_loss_pa
from fenhu.design.tree import End, Joint, Pipe, Riser, Scheme
from fenhu.design.values import Role

_RADIATOR = (("radiator", 1),)


@dataclass(slots=True)
class Presettings:
    """The setting of every valve: by radiator, by flat, by riser (None: no valve there)."""

    trv: dict[str, Setting] = field(default_factory=dict)
    lock: dict[str, Setting] = field(default_factory=dict)
    riser: dict[str, Setting | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reach:
    """A radiator (or line) as reached from a point: what is lost on the way and in its own branch."""

    end: End
    way_pa: float
    own_pa: float


def trv_id(place: str) -> str:
    """Return the id of a radiator's thermostatic valve."""
    return f"{place}.trv"


def lock_id(flat: str) -> str:
    """Return the id of a flat's lock valve."""
    return f"{flat}.lock"


def riser_valve_id(riser: str) -> str:
    """Return the id of a riser's balancing valve."""
    return f"{riser}.balancing"


@dataclass(slots=True)
class Presetter:
    """Sets the valves of a sized scheme from the mains to the radiators."""

    scheme: Scheme
    sizes: Mapping[str, Size]
    changes: Changes
    gravity_pa_m: float
    made: Presettings = field(default_factory=Presettings)

    def set_all(self, available_pa: float) -> Presettings:
        """Return the settings of all valves for the pressure at the inlet."""
        for riser, main_pa in zip(self.scheme.risers, mains_loss_pa(self.scheme, self.sizes), strict=True):
            self._riser(riser, available_pa - main_pa)
        return self.made

    def _riser(self, riser: Riser, available_pa: float) -> None:
        places = list(takeoffs(riser.root, self.sizes, available_pa, self.gravity_pa_m))
        to_spare_pa = min(at_pa - max(self._need_pa(node), node.least_pa) for node, at_pa in places)
        setting = self._riser_setting(riser, available_pa, to_spare_pa)
        self.made.riser[riser.id] = setting
        taken_pa = valve_loss_pa(setting.kv_m3_h, riser.flow_kg_s) if setting else 0.0
        for node, at_pa in places:
            if isinstance(node, Joint):
                self._flat(node, at_pa - taken_pa)
            else:
                self._radiator(node, at_pa - taken_pa)

    def _riser_setting(self, riser: Riser, available_pa: float, to_spare_pa: float) -> Setting | None:
        pinned = self.changes.presets.get(riser_valve_id(riser.id))
        settings = balancing_settings(self._riser_dn(riser))
        if pinned is not None:
            return setting_of(settings, pinned)
        row = tables.load("design")["balance"]
        settled_behind = isinstance(riser.root, Joint)
        from_ratio = row["riser_valve_from_ratio" if settled_behind else "goal_ratio"]
        if to_spare_pa <= from_ratio * available_pa:
            return None
        return tightest_within(settings, riser.flow_kg_s, to_spare_pa)

    def _riser_dn(self, riser: Riser) -> int:
        return self.sizes[riser.root.pipes[0].id].steel_dn

    def _need_pa(self, node: Joint | End) -> float:
        """Return what a flat or a radiator needs with its valves open."""
        if isinstance(node, End):
            return end_loss_pa(node, self.sizes, trv_settings()[-1])
        reached = list(reaches(node, self.sizes))
        open_trv = trv_settings()[-1]
        inner_pa = max(one.way_pa + one.own_pa + trv_loss_pa(one.end, open_trv) for one in reached)
        return entrance_loss_pa(node, self.sizes, lock_valve_settings(entrance_dn())[-1]) + inner_pa

    def _flat(self, flat: Joint, available_pa: float) -> None:
        reached = list(reaches(flat, self.sizes))
        radiators = [one for one in reached if has_preset_trv(one.end)]
        settings = lock_valve_settings(entrance_dn())
        least_pa = entrance_loss_pa(flat, self.sizes, settings[-1])
        self._radiators(radiators, available_pa - least_pa)
        inner_pa = [
            one.way_pa + one.own_pa + trv_loss_pa(one.end, self.made.trv.get(one.end.id)) for one in reached
        ]
        pinned = self.changes.presets.get(lock_id(flat.flat))
        without_pa = entrance_loss_pa(flat, self.sizes, None) + sum(inner_pa) / len(inner_pa)
        self.made.lock[flat.flat] = (
            setting_of(settings, pinned) if pinned is not None
            else nearest_setting(settings, flat.flow_kg_s, available_pa - without_pa)
        )  # fmt: skip

    def _radiators(self, radiators: Sequence[Reach], available_pa: float) -> None:
        """Set a flat's thermostatic valves as even as their marks allow, then as tight as there is room."""
        if not radiators:
            return
        farthest = max(radiators, key=lambda one: one.way_pa + one.own_pa)
        reach_pa = farthest.way_pa + farthest.own_pa
        aims = (reach_pa + trv_loss_pa(farthest.end, setting) for setting in trv_settings())
        rows = [self._aimed(radiators, aim_pa, available_pa) for aim_pa in aims]
        self.made.trv |= min(rows, key=lambda row: row[0])[1]

    def _aimed(
        self, radiators: Sequence[Reach], aim_pa: float, available_pa: float
    ) -> tuple[tuple[float, float, float], dict[str, Setting]]:
        """Return the settings that bring all radiators near one loss, and how well (smaller is better)."""
        chosen = {one.end.id: self._trv(one.end, aim_pa - one.way_pa - one.own_pa) for one in radiators}
        valves = [trv_loss_pa(one.end, chosen[one.end.id]) for one in radiators]
        totals = [one.way_pa + one.own_pa + valve for one, valve in zip(radiators, valves, strict=True)]
        least_pa = min(one.own_pa + valve for one, valve in zip(radiators, valves, strict=True))
        uneven = int((max(totals) - min(totals)) / least_pa / _EVEN_ENOUGH)
        return (max(max(totals) - available_pa, 0.0), float(uneven), -max(totals)), chosen

    def _radiator(self, end: End, available_pa: float) -> None:
        if has_preset_trv(end):
            own_pa = end_loss_pa(end, self.sizes, None)
            self.made.trv[end.id] = self._trv(end, available_pa - own_pa)

    def _trv(self, end: End, wanted_pa: float) -> Setting:
        pinned = self.changes.presets.get(trv_id(end.id))
        if pinned is not None:
            return setting_of(trv_settings(), pinned)
        quiet_pa = min(wanted_pa, tables.load("valves")["trv_high"]["noisy_above_pa"])
        return nearest_setting(trv_settings(), end.flow_kg_s, quiet_pa)


_EVEN_ENOUGH = 0.06


def has_preset_trv(end: End) -> bool:
    """Return whether an end is a single radiator between two pipes, with a presettable thermostatic valve."""
    return len(end.pipes) == 2 and end.pipes[0].role is Role.BRANCH


def trv_loss_pa(end: End, setting: Setting | None) -> float:
    """Return what a radiator's thermostatic valve loses at the design flow; nothing where there is none."""
    return valve_loss_pa(setting.kv_m3_h, end.flow_kg_s) if setting and has_preset_trv(end) else 0.0


def end_loss_pa(end: End, sizes: Mapping[str, Size], setting: Setting | None) -> float:
    """Return what an end loses at its design flow, with its thermostatic valve at a setting."""
    chosen = [sizes[pipe.id] for pipe in end.pipes]
    if not has_preset_trv(end):
        if end.pipes[0].role is Role.COIL:
            return pipe_loss_pa(end.pipes[0], chosen[0])
        return line_loss_pa(end.pipes, chosen)
    own = sum(map(pipe_loss_pa, end.pipes, chosen)) + local_loss_pa(_RADIATOR, chosen[0], end.flow_kg_s)
    return own + trv_loss_pa(end, setting)


def pair_loss_pa(pipes: Sequence[Pipe], sizes: Mapping[str, Size]) -> float:
    """Return what the pipes of a joint lose together."""
    return sum(pipe_loss_pa(pipe, sizes[pipe.id]) for pipe in pipes)


def entrance_loss_pa(flat: Joint, sizes: Mapping[str, Size], lock: Setting | None) -> float:
    """Return what a flat's connection loses with all that sits on it; without the lock valve if None."""
    flow = flat.flow_kg_s
    devices_pa = valve_loss_pa(flat.fixed_kv_m3_h, flow)
    return pair_loss_pa(flat.pipes, sizes) + devices_pa + (valve_loss_pa(lock.kv_m3_h, flow) if lock else 0.0)


def reaches(flat: Joint, sizes: Mapping[str, Size]) -> Iterator[Reach]:
    """Yield every end inside a flat with the loss of the pipes from the flat's entrance to it."""

    def walk(nodes: Sequence[Joint | End], way_pa: float) -> Iterator[Reach]:
        for node in nodes:
            if isinstance(node, End):
                yield Reach(node, way_pa, end_loss_pa(node, sizes, None))
            else:
                yield from walk(node.behind, way_pa + pair_loss_pa(node.pipes, sizes))

    yield from walk(flat.behind, 0.0)


def takeoffs(
    root: Joint | End, sizes: Mapping[str, Size], available_pa: float, gravity_pa_m: float
) -> Iterator[tuple[Joint | End, float]]:
    """Yield every flat (or radiator) that hangs on a riser with the pressure available at its entrance."""
    if isinstance(root, End) or root.flat:
        yield root, available_pa
        return
    behind_pa = available_pa - pair_loss_pa(root.pipes, sizes) + gravity_pa_m * root.gained_m
    for node in root.behind:
        yield from takeoffs(node, sizes, behind_pa, gravity_pa_m)


def mains_loss_pa(scheme: Scheme, sizes: Mapping[str, Size]) -> list[float]:
    """Return what the mains lose to each riser and back."""
    pipes = (*scheme.out, *scheme.home)
    lost = [pipe_loss_pa(pipe, sizes[pipe.id]) for pipe in pipes]
    return [sum(lost[n] for n in way) for way in scheme.main_ways()]
