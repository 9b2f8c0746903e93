"""The network file: a JSON object in, a network out, every fault named by id and key."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypedDict

from fenhu.errors import InputFault, UnknownItem
from fenhu.heat.draft import Draft
from fenhu.heat.elements import radiator_constant
from fenhu.heat.keys import Item
from fenhu.heat.network import Network
from fenhu.heat.water import IAPWS_97, Water, constant_water
from fenhu.wording import Text, text

_STEEL_ROUGHNESS_M = 2.0e-4
_COMMON = ("id", "kind", "from", "to")
_LOSS = ("zeta", "inner_diameter_m", "kv_m3_h")
LINK_KEYS: Mapping[str, Sequence[str]] = {
    "pipe": (*_COMMON, "length_m", "inner_diameter_m", "roughness_m", "zeta", "u_w_m2k", "ambient_c", "room"),
    "radiator": (*_COMMON, "room", "nominal_w", "nominal_supply_c", "nominal_return_c", "nominal_room_c",
                 "exponent", *_LOSS),
    "valve": (*_COMMON, "kv_m3_h", "trv", "check"),
    "heat": (*_COMMON, "heat_w", *_LOSS),
    "pump": (*_COMMON, "head_pa", "curve"),
}  # fmt: skip


class _Names:
    """The ids of one kind and their numbers."""

    def __init__(self, kind: Text) -> None:
        self.kind, self.numbers = kind, dict[str, int]()

    def find(self, item: Item, key: str) -> int:
        name = item.word(key)
        if name not in self.numbers:
            raise UnknownItem(
                text("{where}: {key} names {kind} {name}, which does not exist.",
                     where=item.where, key=key, kind=self.kind, name=repr(name)),
                code="dangling-id",
            )  # fmt: skip
        return self.numbers[name]


def parse_network(data: Mapping[str, object]) -> Network:
    """Return the network a network file describes.

    Parameters
    ----------
    data : the JSON object of the file.

    Raises
    ------
    InputFault
        Naming the id and key: unknown, missing, dangling, twice, of the wrong kind, impossible; a part of the
        network without any fixed pressure; water entering without a temperature.

    References
    ----------
    docs/engineers/heat.md#network-file
    """
    if not isinstance(data, Mapping):
        raise InputFault(text("A network file is one JSON object with nodes and links."))
    top = Item("network", data)
    top.only(("outdoor_c", "nodes", "links", "rooms", "walls", "water"))
    nodes, rooms = top.items("nodes"), top.items("rooms")
    if not nodes:
        raise InputFault(text("network: nodes is missing or empty."), code="missing-key")
    outdoor_c = top.number("outdoor_c", None if rooms else 0.0, at_least=-90.0, at_most=90.0)
    water, expands = _water(top)
    draft = Draft(outdoor_c, water)
    node_names, room_names = _Names(text("node")), _Names(text("room"))
    for item in nodes:
        node_names.numbers[item.word("id")] = _add_node(draft, item)
    for item in rooms:
        room_names.numbers[item.word("id")] = _add_room(draft, item)
    ends = [_add_link(draft, item, node_names, room_names, top) for item in top.items("links")]
    for item in top.items("walls", name=None):
        _add_wall(draft, item, room_names)
    _every_part_has_a_pressure(nodes, ends)
    knows = any(item.has("temperature_c") for item in nodes)
    if not knows and (expands or rooms or water is IAPWS_97):
        raise InputFault(text("network: no node gives the temperature_c of the water that enters."))
    return draft.network(knows_temperatures=knows)


def _water(top: Item) -> tuple[Water, bool]:
    if not top.has("water"):
        return IAPWS_97, True
    item = top.child("water")
    constants = ("density_kg_m3", "viscosity_pa_s", "heat_capacity_j_kgk", "expansion_1_k", "reference_c")
    item.only(("model", *constants))
    if item.has("model"):
        item.word("model", ("iapws", "constant"))
        if item.values["model"] == "iapws":
            item.only(("model",))
            return IAPWS_97, True
    density, viscosity, capacity = (item.number(key, above=0.0) for key in constants[:3])
    expansion = item.number("expansion_1_k", 0.0, at_least=0.0, at_most=0.01)
    reference = item.number("reference_c") if item.has("expansion_1_k") else item.number("reference_c", 0.0)
    return constant_water(density, viscosity, capacity, expansion, reference), expansion > 0.0


def _add_node(draft: Draft, item: Item) -> int:
    item.only(("id", "z_m", "pressure_pa", "temperature_c", "inflow_kg_s"))
    inflow = item.number("inflow_kg_s", 0.0)
    if item.has("pressure_pa") and item.has("inflow_kg_s") and inflow != 0.0:
        raise InputFault(
            text("{where}: either pressure_pa or inflow_kg_s can be given, not both.", where=item.where)
        )
    if inflow > 0.0 and not item.has("temperature_c"):
        raise InputFault(
            text("{where}: inflow_kg_s > 0 needs the temperature_c of that water.", where=item.where),
            code="missing-temperature",
        )
    return draft.add_node(
        item.word("id"),
        item.number("z_m", 0.0),
        pressure_pa=item.number("pressure_pa") if item.has("pressure_pa") else math.nan,
        entering_c=item.number("temperature_c", at_least=-90.0) if item.has("temperature_c") else math.nan,
        inflow_kg_s=inflow,
    )


def _add_room(draft: Draft, item: Item) -> int:
    item.only(("id", "ua_outdoor_w_k", "gains_w"))
    return draft.add_room(
        item.word("id"), item.number("ua_outdoor_w_k", at_least=0.0), item.number("gains_w", 0.0)
    )


def _add_wall(draft: Draft, item: Item, rooms: _Names) -> None:
    item.only(("id", "a", "b", "ua_w_k"))
    a, b = rooms.find(item, "a"), rooms.find(item, "b")
    if a == b:
        raise InputFault(text("{where}: a wall joins two different rooms.", where=item.where))
    draft.add_wall(a, b, item.number("ua_w_k", at_least=0.0))


def _add_link(draft: Draft, item: Item, nodes: _Names, rooms: _Names, top: Item) -> tuple[int, int]:
    kind = item.word("kind", tuple(LINK_KEYS))
    item.only(LINK_KEYS[kind])
    start, end = nodes.find(item, "from"), nodes.find(item, "to")
    if start == end:
        raise InputFault(text("{where}: from and to are the same node.", where=item.where))
    name = item.word("id")
    if kind == "pipe":
        _add_pipe(draft, item, name, start, end, rooms, top)
    elif kind == "radiator":
        _add_radiator(draft, item, name, start, end, rooms)
    elif kind == "valve":
        trv = _thermostat(item, rooms) if item.has("trv") else None
        draft.add_valve(
            name, start, end, item.number("kv_m3_h", above=0.0), check=item.flag("check"), trv=trv
        )
    elif kind == "heat":
        draft.add_heat(name, start, end, item.number("heat_w"), **_losses(item))
    else:
        draft.add_pump(name, start, end, _head(item))
    return start, end


def _add_pipe(draft: Draft, item: Item, name: str, start: int, end: int, rooms: _Names, top: Item) -> None:
    u_w_m2k = item.number("u_w_m2k", 0.0, at_least=0.0)
    room = rooms.find(item, "room") if item.has("room") else -1
    around_told = item.has("ambient_c") or top.has("outdoor_c")
    ambient_c = item.number("ambient_c", draft.outdoor_c if room >= 0 or not u_w_m2k or around_told else None)
    length = item.number("length_m", at_least=0.0)
    draft.add_pipe(
        name, start, end, length, item.number("inner_diameter_m", above=0.0),
        item.number("roughness_m", _STEEL_ROUGHNESS_M, at_least=0.0),
        zeta=item.number("zeta", 0.0, at_least=0.0), u_w_m2k=u_w_m2k, ambient_c=ambient_c, room=room,
    )  # fmt: skip


def _add_radiator(draft: Draft, item: Item, name: str, start: int, end: int, rooms: _Names) -> None:
    supply, back, room_c = (item.number(f"nominal_{which}_c") for which in ("supply", "return", "room"))
    if not supply > back > room_c:
        raise InputFault(
            text("{where}: nominal_supply_c, nominal_return_c, nominal_room_c must fall in this order.",
                 where=item.where)
        )  # fmt: skip
    exponent = item.number("exponent", 1.3, above=1.0, at_most=2.0)
    constant = radiator_constant(item.number("nominal_w", above=0.0), supply, back, room_c, exponent)
    draft.add_radiator(name, start, end, rooms.find(item, "room"), constant, exponent, **_losses(item))


class _Losses(TypedDict):
    """How an element loses pressure: by Kv (infinite: not at all), or by Σζ at a diameter."""

    kv_m3_h: float
    zeta: float
    diameter_m: float


def _losses(item: Item) -> _Losses:
    has_bore = item.has("zeta") or item.has("inner_diameter_m")
    return _Losses(
        kv_m3_h=item.number("kv_m3_h", above=0.0) if item.has("kv_m3_h") else math.inf,
        zeta=item.number("zeta", 0.0, at_least=0.0),
        diameter_m=item.number("inner_diameter_m", above=0.0) if has_bore else 0.0,
    )


def _thermostat(item: Item, rooms: _Names) -> tuple[int, float, float]:
    trv = item.child("trv")
    trv.only(("room", "setpoint_c", "band_k"))
    return rooms.find(trv, "room"), trv.number("setpoint_c"), trv.number("band_k", 2.0, above=0.0)


def _head(item: Item) -> list[tuple[float, float]]:
    if item.has("head_pa") == item.has("curve"):
        raise InputFault(text("{where}: give either head_pa or curve.", where=item.where))
    return [(0.0, item.number("head_pa"))] if item.has("head_pa") else pump_curve(item, "curve")


def pump_curve(item: Item, key: str) -> list[tuple[float, float]]:
    """Return a pump's points (m³/h, Pa), flow rising.

    Raises
    ------
    InputFault
        If there are fewer than two points, or head rises with flow.
    """
    curve = item.values[key]
    if not isinstance(curve, list) or len(curve) < 2 or not all(_is_point(point) for point in curve):
        raise item.wrong(key, curve, text("at least two points [m3_h, pa]"))
    points = [(float(point[0]), float(point[1])) for point in curve]
    for (low, high_pa), (high, low_pa) in pairwise(points):
        if high <= low or low_pa > high_pa:
            raise item.wrong(key, curve, text("rising m3_h with pa that never rises"))
    return points


def _is_point(point: object) -> bool:
    return (
        isinstance(point, list)
        and len(point) == 2
        and all(isinstance(v, int | float) and not isinstance(v, bool) and math.isfinite(v) for v in point)
    )


def _every_part_has_a_pressure(nodes: list[Item], ends: list[tuple[int, int]]) -> None:
    part = list(range(len(nodes)))

    def root(n: int) -> int:
        while part[n] != n:
            part[n] = part[part[n]]
            n = part[n]
        return n

    for start, end in ends:
        part[root(start)] = root(end)
    fixed = {root(n) for n, item in enumerate(nodes) if item.has("pressure_pa")}
    for n, item in enumerate(nodes):
        if root(n) not in fixed:
            raise InputFault(
                text(
                    "{where}: this part of the network has no node with a fixed pressure_pa.",
                    where=item.where,
                ),
                code="no-fixed-pressure",
            )
