"""A network being put together, element by element; the same parts serve files and buildings."""

from __future__ import annotations

import math
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
from fenhu.heat.friction import TURBULENT_FROM, colebrook
from fenhu.heat.network import Figures, Floats, Network
from fenhu.heat.plan import topology
from fenhu.heat.water import IAPWS_97

_NONE = math.nan


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
        self._nodes: list[tuple[float, float, float, float]] = []
        self._joins: list[tuple[int, int, int, int, int, int]] = []
        self._sizes: list[tuple[float, ...]] = []
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
        """Add a node; ``pressure_pa`` fixes its pressure, ``entering_c`` is the temperature of what enters here."""
        self.node_ids.append(name)
        self._nodes.append((z_m, pressure_pa, entering_c, inflow_kg_s))
        return len(self._nodes) - 1

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
        ua_w_k = u_w_m2k * math.pi * inner_diameter_m * length_m
        return self._add(
            name, start, end, PIPE, room=room, length_m=length_m, diameter_m=inner_diameter_m,
            roughness_m=roughness_m, zeta=zeta, ua_w_k=ua_w_k, ambient_c=ambient_c, kv_m3_h=kv_m3_h,
        )  # fmt: skip

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
        """Add a radiator by its constant (``elements.radiator_constant``); ``trv`` is room, setpoint, band."""
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
        """Add a valve by its Kv; ``trv`` is room, setpoint, band; a check valve passes from start to end only."""
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
        self._curves[len(self._joins)] = curve
        return self._add(name, start, end, PUMP)

    def _add(
        self,
        name: str,
        start: int,
        end: int,
        kind: int,
        *,
        room: int = -1,
        length_m: float = 0.0,
        diameter_m: float = 0.0,
        roughness_m: float = 0.0,
        zeta: float = 0.0,
        kv_m3_h: float = math.inf,
        ua_w_k: float = 0.0,
        ambient_c: float = 0.0,
        constant: float = 0.0,
        power: float = 0.3,
        heat_w: float = 0.0,
        check: bool = False,
        trv: tuple[int, float, float] | None = None,
    ) -> int:
        trv_room, setpoint_c, band_k = trv or (-1, 0.0, 1.0)
        self.link_ids.append(name)
        self._joins.append((start, end, kind, room, trv_room, int(check)))
        fixed = quadratic_from_zeta(zeta, diameter_m) if zeta > 0.0 else 0.0
        valve = 0.0 if math.isinf(kv_m3_h) else quadratic_from_kv(kv_m3_h)
        self._sizes.append(
            (length_m, diameter_m, roughness_m, fixed, valve, ua_w_k, ambient_c, constant, power, heat_w,
             setpoint_c, band_k)
        )  # fmt: skip
        return len(self._joins) - 1

    def network(self, *, knows_temperatures: bool = True) -> Network:
        """Return the finished network."""
        nodes = np.array(self._nodes, dtype=np.float64).reshape(-1, 4)
        joins = np.array(self._joins, dtype=np.int64).reshape(-1, 6)
        sizes = np.array(self._sizes, dtype=np.float64).reshape(-1, 12)
        rooms = np.array(self._rooms, dtype=np.float64).reshape(-1, 2)
        walls = np.array(self._walls, dtype=np.float64).reshape(-1, 3)
        return Network(
            tuple(self.node_ids),
            tuple(self.link_ids),
            tuple(self.room_ids),
            topology(joins, ~np.isnan(nodes[:, 1]), len(rooms), walls[:, :2].astype(np.int64)),
            self._figures(nodes, joins, sizes, rooms, walls),
            knows_temperatures,
        )

    def _figures(
        self, nodes: np.ndarray, joins: np.ndarray, sizes: np.ndarray, rooms: np.ndarray, walls: np.ndarray
    ) -> Figures:
        z_m = nodes[:, 0]
        length, diameter, roughness = sizes[:, 0], sizes[:, 1], sizes[:, 2]
        has_bore = diameter > 0.0
        bore = np.where(has_bore, diameter, 1.0)
        area = np.pi * bore**2 / 4.0
        roughness_ratio = roughness / bore
        distinct, where = np.unique(roughness_ratio, return_inverse=True)
        edges = np.array([colebrook(TURBULENT_FROM, ratio) for ratio in distinct]).reshape(-1, 2)[where]
        curves = [self._curves.get(k, ()) for k in range(len(joins))] if self._curves else []
        counts = [len(curve) for curve in curves] if curves else [0] * len(joins)
        points = np.array([point for curve in curves for point in curve], dtype=np.float64).reshape(-1, 2)
        hydraulic = (
            z_m[joins[:, 0]] - z_m[joins[:, 1]],
            128.0 * length / (np.pi * bore**4),
            length / (2.0 * bore * area**2),
            4.0 / (np.pi * bore),
            roughness_ratio,
            edges[:, 0],
            edges[:, 1],
        )
        return Figures(
            link=np.ascontiguousarray(np.column_stack((*hydraulic, sizes[:, 3:]))),
            area_m2=np.where(has_bore, area, np.nan),
            curve_start=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
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
