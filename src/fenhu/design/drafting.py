"""Writing a sized and preset scheme down as segments, devices, flats and risers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from fenhu import tables
from fenhu.design.basis import Basis, has_coils
from fenhu.design.catalogue import (
    Setting,
    Size,
    largest_trv_low_dn,
    local_loss_pa,
    specific_loss,
    strainer_kv_m3_h,
    trv_low_kv_m3_h,
    valve_loss_pa,
    velocity_limit_m_s,
    velocity_m_s,
)
from fenhu.design.changes import Changes
from fenhu.design.choices import sizes_for
from fenhu.design.flat_devices import entrance_dn, household_meter, zone_kv_m3_h, zone_node
from fenhu.design.inlet import BUILDING_VALVE, Inlet
from fenhu.design.presetting import Presettings, lock_id, riser_valve_id, trv_id
from fenhu.design.tree import Hung, Pipe, Scheme
from fenhu.design.values import (
    Device,
    DeviceKind,
    FlatDesign,
    RadiatorDesign,
    RiserDesign,
    Role,
    Segment,
    Side,
)
from fenhu.records import SystemForm


def segments_of(
    pipes: Sequence[Pipe], sizes: Mapping[str, Size], shares: Mapping[str, float], changes: Changes
) -> tuple[Segment, ...]:
    """Return the pipes as segments; ``shares`` is the part of a line's flow in a branch or bypass."""
    return tuple(_segment(pipe, sizes[pipe.id], shares.get(pipe.id, 1.0), changes) for pipe in pipes)


def _segment(pipe: Pipe, size: Size, share: float, changes: Changes) -> Segment:
    flow = share * pipe.flow_kg_s
    loss_pa_m = specific_loss(size, flow)
    return Segment(
        id=pipe.id, role=pipe.role, side=pipe.side, place=pipe.place, start=pipe.start, end=pipe.end,
        unit=pipe.unit, riser=pipe.riser, storey=pipe.storey, flat=pipe.flat, room=pipe.room,
        length_m=pipe.length_m, rise_m=pipe.rise_m, fittings=pipe.fittings, material=size.material,
        dn=size.dn, inner_diameter_m=size.inner_diameter_m, flow_kg_s=flow,
        velocity_m_s=velocity_m_s(size, flow), velocity_limit_m_s=velocity_limit_m_s(size, quiet=pipe.quiet),
        specific_loss_pa_m=loss_pa_m, friction_pa=loss_pa_m * pipe.length_m,
        local_pa=local_loss_pa(pipe.fittings, size, flow), insulated=pipe.insulated,
        smallest=size == sizes_for(pipe, Changes())[0] and size.dn == max(pipe.least_dn, size.dn),
        pinned=pipe.id in changes.sizes,
    )  # fmt: skip


def devices_of(
    basis: Basis,
    scheme: Scheme,
    segments: Mapping[str, Segment],
    presettings: Presettings,
    inlet: Inlet,
    changes: Changes,
) -> tuple[Device, ...]:
    """Return every valve, meter and instrument, from the inlet to the radiators."""
    drafter = _Devices(basis, scheme, segments, presettings, changes)
    return (*drafter.inlet(inlet), *drafter.risers(), *drafter.flats(), *drafter.radiators())


class _Devices:
    def __init__(
        self, basis: Basis, scheme: Scheme, segments: Mapping[str, Segment], presettings: Presettings,
        changes: Changes,
    ) -> None:  # fmt: skip
        self.basis, self.scheme, self.segments = basis, scheme, segments
        self.presettings, self.changes = presettings, changes

    def inlet(self, inlet: Inlet) -> Iterator[Device]:
        supply, back = self.segments["main.1s"], self.segments[self._outlet()]
        for segment, mark in ((supply, "s"), (back, "r")):
            yield self._on(segment, f"inlet.gate.{mark}", DeviceKind.INLET_GATE)
            yield self._on(segment, f"inlet.thermometer.{mark}", DeviceKind.THERMOMETER)
            yield self._on(segment, f"inlet.gauge.{mark}", DeviceKind.GAUGE)
        yield self._on(supply, "inlet.strainer", DeviceKind.INLET_STRAINER, kv=inlet.strainer_kv_m3_h)
        yield self._on(supply, "inlet.bypass", DeviceKind.INLET_BYPASS)
        meter = inlet.meter
        yield self._on(back, "inlet.meter", DeviceKind.BUILDING_METER, kv=meter.kv_m3_h, dn=meter.dn,
                       preset=f"qp{meter.nominal_m3_h:g}")  # fmt: skip
        if inlet.setting is not None:
            yield self._on(supply, BUILDING_VALVE, DeviceKind.BUILDING_BALANCING, setting=inlet.setting)
        if inlet.held_pa is not None:
            yield self._on(back, "inlet.controller", DeviceKind.PRESSURE_CONTROLLER,
                           preset=f"{inlet.held_pa / 1000.0:.1f} kPa")  # fmt: skip

    def _outlet(self) -> str:
        return next(pipe.id for pipe in self.scheme.home if pipe.end == "inlet.r")

    def risers(self) -> Iterator[Device]:
        for riser in self.scheme.risers:
            pipes = [pipe for pipe in riser.root.pipes if pipe.role is Role.RISER]
            first, last = self.segments[pipes[0].id], self.segments[pipes[-1].id]
            single = first.side is last.side
            for segment, mark in ((first, "s"), (last, "r")):
                yield self._on(segment, f"{riser.id}.gate.{mark}", DeviceKind.RISER_GATE)
                if not single or segment is last:
                    yield self._on(segment, f"{riser.id}.drain.{mark}", DeviceKind.DRAIN, dn=_small("drain"))
                if not single or segment is first:
                    yield self._on(segment, f"{riser.id}.vent.{mark}", DeviceKind.VENT, dn=_small("vent"))
            setting = self.presettings.riser.get(riser.id)
            if setting is not None:
                name = riser_valve_id(riser.id)
                yield self._on(first, name, DeviceKind.RISER_BALANCING, setting=setting)

    def flats(self) -> Iterator[Device]:
        if self.basis.form is not SystemForm.HOUSEHOLD_DOUBLE:
            return
        fitted = tables.load("design")["entrance"]["meter_fitted"]
        for flat in self.basis.building.flats:
            supply, back = self.segments[f"{flat.id}.cs"], self.segments[f"{flat.id}.cr"]
            dn, meter = entrance_dn(), household_meter(supply.flow_kg_s)
            yield self._on(
                supply, lock_id(flat.id), DeviceKind.LOCK_VALVE, dn=dn, setting=self.presettings.lock[flat.id]
            )
            yield self._on(
                supply, f"{flat.id}.strainer", DeviceKind.HOUSEHOLD_STRAINER, dn=dn, kv=strainer_kv_m3_h(dn)
            )
            yield self._on(
                back, f"{flat.id}.meter",
                DeviceKind.HOUSEHOLD_METER if fitted else DeviceKind.METER_SPOOL,
                dn=meter.dn, kv=meter.kv_m3_h, preset=f"qp{meter.nominal_m3_h:g}",
            )  # fmt: skip

    def radiators(self) -> Iterator[Device]:
        if has_coils(self.basis):
            for flat in self.basis.building.flats:
                supply = self.segments[f"{flat.id}.cs"]
                dn = min(supply.dn, largest_trv_low_dn())
                yield self._on(supply, zone_node(flat.id), DeviceKind.TRV, dn=dn, kv=zone_kv_m3_h())
        for hung in self.scheme.hung:
            segment = self.segments[hung.pipes[0]]
            setting = self.presettings.trv.get(hung.place.id)
            name = trv_id(hung.place.id)
            if setting is not None:
                dn = int(tables.load("valves")["trv_high"]["dn"])
                yield self._on(segment, name, DeviceKind.TRV, dn=dn, setting=setting)
            else:
                dn = min(segment.dn, largest_trv_low_dn())
                yield self._on(segment, name, DeviceKind.TRV, dn=dn, kv=trv_low_kv_m3_h(dn))

    def _on(
        self, segment: Segment, name: str, kind: DeviceKind, *, dn: int = 0, kv: float = math.inf,
        preset: str = "", setting: Setting | None = None,
    ) -> Device:  # fmt: skip
        value = setting.kv_m3_h if setting else kv
        return Device(
            id=name, kind=kind, segment=segment.id, unit=segment.unit, riser=segment.riser,
            storey=segment.storey, flat=segment.flat, dn=dn or segment.dn, kv_m3_h=value,
            preset=setting.mark if setting else preset, flow_kg_s=segment.flow_kg_s,
            loss_pa=valve_loss_pa(value, segment.flow_kg_s), pinned=name in self.changes.presets,
        )  # fmt: skip


def _small(name: str) -> int:
    return int(tables.load("design")["small_fittings"][f"{name}_dn"])


def flats_of_design(
    basis: Basis, scheme: Scheme, radiators: Sequence[RadiatorDesign]
) -> tuple[FlatDesign, ...]:
    """Return the flats with their loads, flows, risers and radiators."""
    hangs: dict[str, list[Hung]] = {flat.id: [] for flat in basis.building.flats}
    for hung in scheme.hung:
        hangs[hung.place.flat].append(hung)
    standing = {radiator.id for radiator in radiators}
    found = []
    for number, flat in enumerate(basis.building.flats):
        load_w, here = basis.flat_load_w(number), hangs[flat.id]
        found.append(
            FlatDesign(
                id=flat.id, unit=flat.unit, storey=flat.storey, position=flat.position, area_m2=flat.area_m2,
                load_w=load_w, allowance_w=basis.flat_allowance_w(number), flow_kg_s=basis.flow_kg_s(load_w),
                risers=tuple(dict.fromkeys(hung.riser for hung in here)) or _riser_of(scheme, number),
                radiators=tuple(hung.place.id for hung in here if hung.place.id in standing),
            )
        )  # fmt: skip
    return tuple(found)


def _riser_of(scheme: Scheme, number: int) -> tuple[str, ...]:
    return tuple(riser.id for riser in scheme.risers if number in riser.flats)


def risers_of_design(basis: Basis, scheme: Scheme) -> tuple[RiserDesign, ...]:
    """Return the risers with the flats that hang on them."""
    return tuple(
        RiserDesign(
            id=riser.id, unit=riser.unit, flats=tuple(basis.building.flats[n].id for n in riser.flats),
            storeys=riser.storeys, flow_kg_s=riser.flow_kg_s,
        )
        for riser in scheme.risers
    )  # fmt: skip


def supply_first(pipes: Sequence[Pipe]) -> list[Pipe]:
    """Return pipes with those of the supply before those of the return, each in their order."""
    return [pipe for side in (Side.SUPPLY, Side.RETURN) for pipe in pipes if pipe.side is side]
