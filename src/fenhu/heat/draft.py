"""A network being put together, element by element; the same parts serve files and buildings."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence

import numpy as np

from fenhu.heat.elements import (
    HEAT,
    PIPE,
    PUMP,
    RADIATOR,
    VALVE,
    quadratic_from_kv,
    quadratic_from_zeta,
)
from fenhu.heat.elimination import Ints
from fenhu.heat.friction import TURBULENT_FROM, colebrook
from fenhu.heat.network import Figures, Floats, Network
from fenhu.heat.plan import topology
from fenhu.heat.water import IAPWS_97

_NONE = math.nan
# Numbers kept of every link until the network is finished; the whole ones first.
(
    _START, _END, _KIND, _ROOM, _TRV_ROOM, _CHECK, _LENGTH_M, _DIAMETER_M, _ROUGHNESS_M, _ZETA, _KV_M3_H,
    _U_W_M2K, _AMBIENT_C,
) = range(13)  # fmt: skip
_NODE_NUMBERS, _LINK_NUMBERS, _WHOLE_NUMBERS = 4, 18, 6


class Draft:
    """Collects nodes, links, rooms and walls; every ``add_`` returns the number others refer to.

    Parameters
    ----------
    outdoor_c : outdoor temperature.
    water : the water's properties.
    """

    def __init__(self, outdoor_c: float, water: Floats = IAPWS_97) -> None:
        self.outdoor_c, self.water = outdoor_c, water
        self.node_ids: list[str] = []
        self.link_ids: list[str] = []
        self.room_ids: list[str] = []
        self._nodes, self._links = array("d"), array("d")
        self._curves: dict[int, Sequence[tuple[float, float]]] = {}
        self._rooms: list[tuple[float, float]] = []
        self._walls: list[tuple[int, int, float]] = []

    def add_node(
        self,
        name: str,
        z_m: float = 0.0,
        *,
        pressure_pa: float = _NONE,
        entering_c: float = _NONE,
        inflow_kg_s: float = 0.0,
    ) -> int:
        """Add a node; ``pressure_pa`` fixes its pressure, water that enters has ``entering_c``."""
        self.node_ids.append(name)
        self._nodes.extend((z_m, pressure_pa, entering_c, inflow_kg_s))
        return len(self.node_ids) - 1

    def height_m(self, node: int) -> float:
        """Return the height of a node."""
        return self._nodes[node * _NODE_NUMBERS]

    def add_room(self, name: str, ua_outdoor_w_k: float, gains_w: float = 0.0) -> int:
        """Add a room with its loss to the outdoors and its inner gains."""
        self.room_ids.append(name)
        self._rooms.append((ua_outdoor_w_k, gains_w))
        return len(self._rooms) - 1

    def add_wall(self, a: int, b: int, ua_w_k: float) -> None:
        """Let two rooms conduct heat to each other."""
        self._walls.append((a, b, ua_w_k))

    def add_pipe(
        self,
        name: str,
        start: int,
        end: int,
        length_m: float,
        inner_diameter_m: float,
        roughness_m: float,
        *,
        zeta: float = 0.0,
        u_w_m2k: float = 0.0,
        ambient_c: float = 0.0,
        room: int = -1,
        kv_m3_h: float = math.inf,
    ) -> int:
        """Add a pipe; its heat goes to ``room`` if there is one, else to the ambient temperature."""
        self.link_ids.append(name)
        self._links.extend(
            (start, end, PIPE, room, -1, 0, length_m, inner_diameter_m, roughness_m, zeta, kv_m3_h, u_w_m2k,
             ambient_c, 0.0, 0.3, 0.0, 0.0, 1.0)
        )  # fmt: skip
        return len(self.link_ids) - 1

    def add_radiator(
        self,
        name: str,
        start: int,
        end: int,
        room: int,
        constant: float,
        exponent: float,
        *,
        kv_m3_h: float = math.inf,
        zeta: float = 0.0,
        diameter_m: float = 0.0,
        trv: tuple[int, float, float] | None = None,
    ) -> int:
        """Add a radiator by its ``elements.radiator_constant``; ``trv`` is room, setpoint, band."""
        return self._add(
            name, start, end, RADIATOR, room=room, constant=constant, power=max(exponent - 1.0, 1e-6),
            kv_m3_h=kv_m3_h, zeta=zeta, diameter_m=diameter_m, trv=trv,
        )  # fmt: skip

    def add_valve(
        self,
        name: str,
        start: int,
        end: int,
        kv_m3_h: float,
        *,
        check: bool = False,
        trv: tuple[int, float, float] | None = None,
    ) -> int:
        """Add a valve by its Kv; ``trv`` is room, setpoint, band; a check valve passes forward only."""
        return self._add(name, start, end, VALVE, kv_m3_h=kv_m3_h, check=check, trv=trv)

    def add_heat(
        self,
        name: str,
        start: int,
        end: int,
        heat_w: float,
        *,
        kv_m3_h: float = math.inf,
        zeta: float = 0.0,
        diameter_m: float = 0.0,
    ) -> int:
        """Add a heat source (or, below zero, a load) that the water passes."""
        return self._add(
            name, start, end, HEAT, heat_w=heat_w, kv_m3_h=kv_m3_h, zeta=zeta, diameter_m=diameter_m
        )

    def add_pump(self, name: str, start: int, end: int, curve: Sequence[tuple[float, float]]) -> int:
        """Add a pump by points (m³/h, Pa) with rising flow; a single point is a constant head."""
        self._curves[len(self.link_ids)] = curve
        return self._add(name, start, end, PUMP)

    def _add(
        self,
        name: str,
        start: int,
        end: int,
        kind: int,
        *,
        room: int = -1,
        diameter_m: float = 0.0,
        zeta: float = 0.0,
        kv_m3_h: float = math.inf,
        constant: float = 0.0,
        power: float = 0.3,
        heat_w: float = 0.0,
        check: bool = False,
        trv: tuple[int, float, float] | None = None,
    ) -> int:
        trv_room, setpoint_c, band_k = trv or (-1, 0.0, 1.0)
        self.link_ids.append(name)
        self._links.extend(
            (start, end, kind, room, trv_room, check, 0.0, diameter_m, 0.0, zeta, kv_m3_h, 0.0, 0.0,
             constant, power, heat_w, setpoint_c, band_k)
        )  # fmt: skip
        return len(self.link_ids) - 1

    def network(self, *, knows_temperatures: bool = True) -> Network:
        """Return the finished network."""
        nodes = np.array(self._nodes).reshape(-1, _NODE_NUMBERS)
        links = np.array(self._links).reshape(-1, _LINK_NUMBERS)
        rooms = np.array(self._rooms, dtype=np.float64).reshape(-1, 2)
        walls = np.array(self._walls, dtype=np.float64).reshape(-1, 3)
        joins = links[:, :_WHOLE_NUMBERS].astype(np.int64)
        return Network(
            tuple(self.node_ids),
            tuple(self.link_ids),
            tuple(self.room_ids),
            topology(joins, ~np.isnan(nodes[:, 1]), len(rooms), walls[:, :2].astype(np.int64)),
            self._figures(nodes, joins, links, rooms, walls),
            knows_temperatures,
        )

    def _figures(self, nodes: Floats, joins: Ints, links: Floats, rooms: Floats, walls: Floats) -> Figures:
        z_m = nodes[:, 0]
        length, diameter = links[:, _LENGTH_M], links[:, _DIAMETER_M]
        has_bore = diameter > 0.0
        bore = np.where(has_bore, diameter, 1.0)
        area = np.pi * bore**2 / 4.0
        roughness_ratio = links[:, _ROUGHNESS_M] / bore
        distinct, where = np.unique(roughness_ratio, return_inverse=True)
        edges = np.array([colebrook(TURBULENT_FROM, ratio) for ratio in distinct]).reshape(-1, 2)[where]
        curves = [self._curves.get(k, ()) for k in range(len(joins))] if self._curves else []
        curve_start = np.zeros(len(joins) + 1, dtype=np.int64)
        curve_start[1:] = np.cumsum([len(curve) for curve in curves]) if curves else 0
        points = np.array([point for curve in curves for point in curve], dtype=np.float64).reshape(-1, 2)
        columns = (
            z_m[joins[:, 0]] - z_m[joins[:, 1]],
            128.0 * length / (np.pi * bore**4),
            length / (2.0 * bore * area**2),
            4.0 / (np.pi * bore),
            roughness_ratio,
            edges[:, 0],
            edges[:, 1],
            quadratic_from_zeta(links[:, _ZETA], bore),
            quadratic_from_kv(links[:, _KV_M3_H]),
            links[:, _U_W_M2K] * np.pi * diameter * length,
            *links[:, _AMBIENT_C:].T,
        )
        return Figures(
            link=np.column_stack(columns),
            area_m2=np.where(has_bore, area, np.nan),
            curve_start=curve_start,
            curve=points / (3600.0, 1.0),
            pressure_pa=nodes[:, 1].copy(),
            inflow_kg_s=nodes[:, 3].copy(),
            entering_c=nodes[:, 2].copy(),
            room_ua_w_k=rooms[:, 0].copy(),
            room_gains_w=rooms[:, 1].copy(),
            wall_ua_w_k=walls[:, 2].copy(),
            outdoor_c=float(self.outdoor_c),
            water=self.water,
        )
