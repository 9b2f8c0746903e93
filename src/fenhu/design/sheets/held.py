"""A design looked up by place: the pieces of a riser, the devices on a pipe, what a flat has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from fenhu.design.values import (
    Design,
    Device,
    DeviceKind,
    FlatDesign,
    RadiatorDesign,
    RiserDesign,
    Role,
    Segment,
    Side,
)

T = TypeVar("T")


class Held:
    """A design with its parts by place."""

    def __init__(self, design: Design) -> None:
        self.design = design

    @cached_property
    def flat(self) -> Mapping[str, FlatDesign]:
        """Return the flats by their ids."""
        return {flat.id: flat for flat in self.design.flats}

    @cached_property
    def radiator(self) -> Mapping[str, RadiatorDesign]:
        """Return the radiators by their ids."""
        return {radiator.id: radiator for radiator in self.design.radiators}

    @cached_property
    def on_pipe(self) -> Mapping[str, tuple[Device, ...]]:
        """Return the devices by the pipe they sit on."""
        return _grouped((device.segment, device) for device in self.design.devices)

    @cached_property
    def in_flat(self) -> Mapping[str, tuple[Segment, ...]]:
        """Return the pipes by their flat."""
        return _grouped((pipe.flat, pipe) for pipe in self.design.segments if pipe.flat)

    @cached_property
    def pieces(self) -> Mapping[tuple[str, int, Side], Segment]:
        """Return the pieces of risers by riser, storey they lead to, and side."""
        return {
            (pipe.riser, pipe.storey, pipe.side): pipe
            for pipe in self.design.segments if pipe.role is Role.RISER
        }  # fmt: skip

    @cached_property
    def of_flat(self) -> Mapping[str, tuple[Device, ...]]:
        """Return the devices by their flat."""
        return _grouped((device.flat, device) for device in self.design.devices if device.flat)

    @cached_property
    def preset(self) -> Mapping[str, str]:
        """Return the presets by device."""
        return {device.id: device.preset for device in self.design.devices}

    @cached_property
    def mains(self) -> Mapping[Side, tuple[Segment, ...]]:
        """Return the pieces of the mains by side, in the order of the risers."""
        pipes = [pipe for pipe in self.design.segments if pipe.role is Role.MAIN]
        return {side: tuple(pipe for pipe in pipes if pipe.side is side) for side in Side}

    def main_at(self, riser: RiserDesign, side: Side) -> Segment:
        """Return the piece of main that leads to a riser, or away from it."""
        mark = {Side.SUPPLY: "s", Side.RETURN: "r"}[side]
        node = f"{riser.id}.0{mark}"
        return next(
            pipe for pipe in self.mains[side] if (pipe.end if side is Side.SUPPLY else pipe.start) == node
        )

    def flats_at(self, riser: RiserDesign, storey: int) -> tuple[FlatDesign, ...]:
        """Return the flats of a riser on a storey, from left to right."""
        here = [self.flat[name] for name in riser.flats if self.flat[name].storey == storey]
        return tuple(sorted(here, key=lambda flat: flat.position))

    def radiator_at(self, riser: RiserDesign, storey: int) -> RadiatorDesign | None:
        """Return the radiator that hangs on a riser through rooms, on a storey."""
        return self._standing.get((riser.id, storey))

    @cached_property
    def _standing(self) -> Mapping[tuple[str, int], RadiatorDesign]:
        return {(radiator.riser, radiator.storey): radiator for radiator in self.design.radiators}

    def first_piece(self, riser: RiserDesign, side: Side) -> Segment | None:
        """Return the piece of a riser that joins the mains."""
        return next(
            (
                pipe for (name, _, of), pipe in self.pieces.items()
                if name == riser.id and of is side
                and f"{name}.0" in (pipe.start[:-1], pipe.end[:-1])
            ),
            None,
        )  # fmt: skip

    def device(self, kind: DeviceKind, pipe: Segment | None) -> Device | None:
        """Return the device of a kind on a pipe, if it has one."""
        on = self.on_pipe.get(pipe.id, ()) if pipe else ()
        return next((device for device in on if device.kind is kind), None)


def _grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    found: dict[str, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
