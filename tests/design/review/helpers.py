"""A small design made by hand that holds every rule, and what changes it in one place."""

from dataclasses import replace
from datetime import date

from fenhu.building import Loop, Mains, describe
from fenhu.design.review import review
from fenhu.design.values import (
    Action,
    BranchBalance,
    Design,
    Device,
    DeviceKind,
    FlatDesign,
    HeatLoads,
    Level,
    LifetimeCost,
    Place,
    Proof,
    RadiatorDesign,
    RiserDesign,
    Role,
    RoomLoad,
    Segment,
    ShutAlone,
    Side,
    SurfaceLoss,
    Weather,
    WeatherProof,
)
from fenhu.policy import load
from fenhu.records import SystemForm

FUXIN = load("fuxin-2010")
IN_2010, IN_2013 = date(2010, 5, 10), date(2013, 5, 10)
FLATS = ("1-1-101", "1-2-201")
# Gravity head of 75/50 °C: 362 Pa per storey of 2.8 m (facts A3)
DESIGN_DAY = Weather(name="design", outdoor_c=-15.7, supply_c=75.0, return_c=50.0, gravity_pa_m=362.0 / 2.8)
MILD_DAY = Weather(name="mild", outdoor_c=5.0, supply_c=45.0, return_c=35.4, gravity_pa_m=40.0)


def segment(name: str = "main.1s", **known: object) -> Segment:
    usual: dict[str, object] = {
        "role": Role.MAIN, "side": Side.SUPPLY, "place": Place.TRENCH, "start": "inlet.s", "end": "N1.0s",
        "unit": 0, "riser": "", "storey": 0, "flat": "", "room": "", "length_m": 10.0, "rise_m": 0.03,
        "fittings": (), "material": "steel", "dn": 40, "inner_diameter_m": 0.041, "flow_kg_s": 0.3,
        "velocity_m_s": 0.44, "velocity_limit_m_s": 1.8, "specific_loss_pa_m": 74.3, "friction_pa": 743.0,
        "local_pa": 100.0, "insulated": True, "smallest": False, "pinned": False,
    }  # fmt: skip
    return Segment(id=name, **{**usual, **known})


def device(kind: DeviceKind, name: str = "", **known: object) -> Device:
    usual: dict[str, object] = {
        "segment": "main.1s", "unit": 0, "riser": "", "storey": 0, "flat": "", "dn": 40,
        "kv_m3_h": float("inf"), "preset": "", "flow_kg_s": 0.0, "loss_pa": 0.0,
    }  # fmt: skip
    return Device(id=name or kind.value, kind=kind, **{**usual, **known})


def radiator(flat: str, **known: object) -> RadiatorDesign:
    usual: dict[str, object] = {
        "room": "living", "unit": 1, "riser": "N1", "storey": 1, "load_w": 1000.0,
        "allowance_w": 100.0, "kind": "steel-600", "kind_before": "TZ4-813",
        "sections_before": 8, "sections": 13, "action": Action.REPLACE,
        "connection": "same_side_top_in", "flow_kg_s": 0.01, "supply_c": 75.0, "return_c": 50.0,
        "output_w": 1010.0, "trv": f"{flat}/1.trv",
    }  # fmt: skip
    return RadiatorDesign(id=f"{flat}/1", flat=flat, **{**usual, **known})


def room(flat: str, **known: object) -> RoomLoad:
    usual: dict[str, object] = {
        "room": "living", "kind": "living", "area_m2": 20.0, "surfaces": (surface(),),
        "infiltration_w": 100.0, "load_w": 900.0, "allowance_w": 100.0,
    }  # fmt: skip
    return RoomLoad(flat=flat, **{**usual, **known})


def surface(**known: object) -> SurfaceLoss:
    usual: dict[str, object] = {
        "kind": "wall", "orientation": "S", "area_m2": 10.0, "u_w_m2k": 1.2, "difference_k": 33.7,
        "correction_ratio": -0.20, "loss_w": 323.5,
    }  # fmt: skip
    return SurfaceLoss(**{**usual, **known})


def loads(**known: object) -> HeatLoads:
    rooms = tuple(room(flat) for flat in FLATS)
    return HeatLoads(**{"rooms": rooms, "by_room": True, "scaled_by": 1.0, "index_w_m2": 45.0, **known})


def flat(name: str, storey: int, **known: object) -> FlatDesign:
    usual: dict[str, object] = {
        "unit": 1, "position": 0, "area_m2": 20.0, "load_w": 900.0, "allowance_w": 100.0, "flow_kg_s": 0.01,
        "risers": ("N1",), "radiators": (f"{name}/1",),
    }  # fmt: skip
    return FlatDesign(id=name, storey=storey, **{**usual, **known})


def balance(ratio: float = 0.03, weather: str = "design", name: str = FLATS[0]) -> BranchBalance:
    return BranchBalance(
        level=Level.FLATS, id=name, riser="N1", flat=name, weather=weather, available_pa=5000.0,
        lost_pa=5000.0 * (1.0 - ratio),
    )  # fmt: skip


def proof(coolest_c: float = 18.4, warmest_c: float = 19.6, **shut: float) -> Proof:
    changes = {"flow_change_ratio": 0.04, "coldest_other_c": 18.1, **shut}
    return Proof(
        weathers=(
            WeatherProof(
                weather=DESIGN_DAY, temperature_c={FLATS[0]: coolest_c, FLATS[1]: warmest_c},
                flow_ratio=dict.fromkeys(FLATS, 1.0), heat_w=1800.0, flow_kg_s=0.02, return_c=50.0,
            ),
        ),
        shut=(ShutAlone(flat=FLATS[0], own_c=8.0, most_disturbed=FLATS[1], **changes),),
    )  # fmt: skip


def devices() -> tuple[Device, ...]:
    """Return all a small converted house needs."""
    gates, gauges, thermometers = (
        tuple(device(kind, f"{kind}.{n}") for n in (1, 2))
        for kind in (DeviceKind.INLET_GATE, DeviceKind.GAUGE, DeviceKind.THERMOMETER)
    )
    # 0.5 kg/s are 1.8 m³/h; a meter of 3.5 m³/h loses 10 kPa there, so 2.6 kPa at 1.8
    meter = device(
        DeviceKind.BUILDING_METER, preset="qp3.5", flow_kg_s=0.5, loss_pa=2600.0, segment="main.1r"
    )
    per_flat = tuple(
        device(kind, f"{name}.{kind}", flat=name, segment=f"{name}.s", dn=20)
        for name in FLATS
        for kind in (DeviceKind.LOCK_VALVE, DeviceKind.HOUSEHOLD_STRAINER, DeviceKind.METER_SPOOL)
    )
    trvs = tuple(
        device(DeviceKind.TRV, f"{name}/1.trv", flat=name, segment=f"{name}/1.bs", kv_m3_h=0.3, preset="4.5")
        for name in FLATS
    )
    return (
        *gates, *gauges, *thermometers, meter, *per_flat, *trvs, device(DeviceKind.INLET_STRAINER),
        device(DeviceKind.INLET_BYPASS), device(DeviceKind.VENT, riser="N1"),
        device(DeviceKind.DRAIN, riser="N1"),
    )  # fmt: skip


def good(existing: SystemForm = SystemForm.UNIT_DOUBLE, storeys: int = 6) -> Design:
    """Return a design in which every rule holds."""
    building = describe("test", storeys=storeys, units=1, flats_per_floor=1, flat_area_m2=20.0,
        system_form=existing.value,
    )  # fmt: skip
    return Design(
        building=building, form=SystemForm.HOUSEHOLD_DOUBLE, loop=Loop.DOUBLE_PIPE, mains=Mains.DIRECT,
        room_c=18.0, supply_c=75.0, return_c=50.0, outdoor_c=-15.7, inlet_pa=12_000.0, needed_pa=10_000.0,
        loads=loads(), flats=tuple(flat(name, n) for n, name in enumerate(FLATS, start=1)),
        risers=(RiserDesign(id="N1", unit=1, flats=FLATS, storeys=(1, 2), flow_kg_s=0.02),),
        segments=(segment(), segment("main.1r", side=Side.RETURN)), devices=devices(),
        radiators=tuple(radiator(name) for name in FLATS), weathers=(DESIGN_DAY, MILD_DAY),
        balances=(balance(), balance(weather="mild")), worst_loop=("main.1s",),
        lifetime=LifetimeCost(pipes_fen=1, valves_fen=1, pumping_fen=1), proof=proof(),
    )  # fmt: skip


def changed(design: Design | None = None, **known: object) -> Design:
    """Return the good design, or another one, with some of its values changed."""
    return replace(design or good(), **known)


def without(kind: DeviceKind) -> Design:
    """Return the good design without a kind of device."""
    return changed(devices=tuple(one for one in devices() if one.kind is not kind))


def checked(code: str, design: Design, on: date = IN_2013, policy: object = FUXIN):
    """Return one check of a design."""
    return next(check for check in review(design, on=on, policy=policy) if check.code == code)
