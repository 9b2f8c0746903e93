"""A small design made by hand: as many flats as wanted on one riser, each with a loop of five radiators."""

from dataclasses import replace

from fenhu.building import Loop, Mains, describe
from fenhu.design.values import (
    Action,
    Design,
    Device,
    DeviceKind,
    FlatDesign,
    HeatLoads,
    LifetimeCost,
    Place,
    Proof,
    RadiatorDesign,
    RiserDesign,
    Role,
    Segment,
    Side,
)
from fenhu.records import SystemForm

RADIATORS = 5
_SIDES = ((Side.SUPPLY, "s"), (Side.RETURN, "r"))


def a_segment(name, role, side, length_m, *, material="steel", dn=40, **known):
    """Return a pipe; what the bill does not read is zero."""
    given = {
        "place": Place.FLAT, "start": "", "end": "", "unit": 1, "riser": "", "storey": 0, "flat": "",
        "room": "", "rise_m": 0.0, "fittings": (), "insulated": False, "pinned": False,
    } | known  # fmt: skip
    return Segment(
        id=name, role=role, side=side, length_m=length_m, material=material, dn=dn, inner_diameter_m=0.02,
        flow_kg_s=0.1, velocity_m_s=0.1, velocity_limit_m_s=1.0, specific_loss_pa_m=10.0, friction_pa=1.0,
        local_pa=1.0, smallest=False, **given,
    )  # fmt: skip


def a_device(name, kind, dn, **known):
    """Return a device; what the bill does not read is zero."""
    given = {"segment": "", "unit": 1, "riser": "", "storey": 0, "flat": ""} | known
    return Device(id=name, kind=kind, dn=dn, kv_m3_h=1.0, preset="", flow_kg_s=0.1, loss_pa=0.0, **given)


def a_radiator(name, flat, action=Action.KEEP, *, kind="TZ4-6-5", before=10, sections=10):
    """Return a radiator of a flat."""
    return RadiatorDesign(
        id=name, flat=flat, room="", unit=1, riser="N1", storey=1, load_w=1000.0, allowance_w=0.0, kind=kind,
        kind_before=kind, sections_before=before, sections=sections, action=action,
        connection="same_side_top_in", flow_kg_s=0.01, supply_c=75.0, return_c=50.0, output_w=1000.0,
        trv=f"{name}.trv",
    )  # fmt: skip


def a_flat(name, *, indoor_m=45.0):
    """Return what a flat of 90 m² has: the pipes of its loop, its devices and its radiators.

    ``indoor_m`` of pipe in all: 2 × 2.5 m to the riser, the rest in ten runs past five radiators.
    """
    plastic = {"material": "ppr", "dn": 25, "flat": name, "riser": "N1"}
    run_m = (indoor_m - 5.0) / (2 * RADIATORS)
    segments = [a_segment(f"{name}.c{end}", Role.CONNECTION, side, 2.5, **plastic) for side, end in _SIDES]
    segments += [
        a_segment(f"{name}/{n}.w{end}", Role.RUN, side, run_m, fittings=(("elbow", 1),), **plastic)
        for n in range(1, RADIATORS + 1)
        for side, end in _SIDES
    ]
    devices = [a_device(f"{name}/{n}.trv", DeviceKind.TRV, 20, flat=name) for n in range(1, RADIATORS + 1)]
    devices.append(a_device(f"{name}.lock", DeviceKind.LOCK_VALVE, 20, flat=name))
    devices.append(a_device(f"{name}.strainer", DeviceKind.HOUSEHOLD_STRAINER, 20, flat=name))
    radiators = [a_radiator(f"{name}/{n}", name) for n in range(1, RADIATORS + 1)]
    return segments, devices, radiators


def a_design(flats=3, *, riser_m=4.0, form=SystemForm.HOUSEHOLD_DOUBLE, loop=Loop.DOUBLE_PIPE, **changes):
    """Return a design of flats one above the other; each has ``riser_m`` of riser DN40 there and back."""
    names = [f"1-{storey}01" for storey in range(1, flats + 1)]
    segments, devices, radiators = [], [], []
    for storey, name in enumerate(names, start=1):
        segments += [
            a_segment(
                f"N1.{storey}{end}", Role.RISER, side, riser_m, riser="N1", storey=storey, insulated=True,
                place=Place.STAIRWELL, rise_m=2.8 if side is Side.SUPPLY else -2.8,
            )
            for side, end in _SIDES
        ]  # fmt: skip
        for found, more in zip((segments, devices, radiators), a_flat(name), strict=True):
            found += more
    riser = RiserDesign(
        id="N1", unit=1, flats=tuple(names), storeys=tuple(range(1, flats + 1)), flow_kg_s=0.2
    )
    building = describe(storeys=flats, units=1, flats_per_floor=1, flat_area_m2=90.0)
    made = Design(
        building=building, form=form, loop=loop, mains=Mains.DIRECT, room_c=18.0, supply_c=75.0,
        return_c=50.0, outdoor_c=-15.7, inlet_pa=30000.0, needed_pa=20000.0,
        loads=HeatLoads(rooms=(), by_room=False, scaled_by=1.0, index_w_m2=50.0),
        flats=tuple(
            FlatDesign(
                id=name, unit=1, storey=storey, position=0, area_m2=90.0, load_w=5000.0, allowance_w=500.0,
                flow_kg_s=0.05, risers=("N1",), radiators=(),
            )
            for storey, name in enumerate(names, start=1)
        ),
        risers=(riser,),
        segments=tuple(segments), devices=tuple(devices), radiators=tuple(radiators), weathers=(),
        balances=(), worst_loop=(), lifetime=LifetimeCost(pipes_fen=0, valves_fen=0, pumping_fen=0),
        proof=Proof(weathers=(), shut=()),
    )  # fmt: skip
    return replace(made, **changes)
