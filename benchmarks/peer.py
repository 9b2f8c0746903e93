"""The same house in pandapipes: its pipes, valves and heats, and the rooms by an outer loop of ours.

pandapipes knows no radiator that answers its room, no rooms and no thermostats. For a comparison the
heats are prescribed and brought up to date from outside: radiators in closed form and rooms by Newton's
method, both vectorised, thermostats as if at constant pressure, until no room changes by more than 0.01
K.
"""

from __future__ import annotations

import numpy as np
import pandapipes

from fenhu.heat import KIND, PIPE, Network, Solution
from fenhu.heat.hydraulics import LEAK_RATIO
from fenhu.heat.network import (
    AMBIENT_C,
    BAND_K,
    CONSTANT,
    DROP_M,
    END,
    LAMINAR,
    POWER,
    QUADRATIC,
    ROOM,
    ROUGHNESS_RATIO,
    SETPOINT_C,
    START,
    TRV_ROOM,
    UA_W_K,
    VALVE_QUADRATIC,
)

KELVIN, BAR_PA, HEAT_CAPACITY_J_KGK = 273.15, 1.0e5, 4187.0
BORE_OF_A_VALVE_M = 0.015
OPTIONS = {"mode": "bidirectional", "friction_model": "colebrook", "max_iter_bidirect": 100,
           "max_iter_colebrook": 100}  # fmt: skip
CLOSE_K, MOST_ROUNDS, SHARE_OF_NEW_OPENING = 0.01, 100, 0.6


class Peer:
    """A house's network as pandapipes tables, with the rooms beside it."""

    def __init__(self, network: Network) -> None:
        self.network, self.join, self.link = network, network.topology.join, network.figures.link
        self.is_pipe = (self.join[:, KIND] == PIPE) & (self.link[:, LAMINAR] > 0.0)
        self.bore_m = np.where(
            np.isnan(network.figures.area_m2),
            BORE_OF_A_VALVE_M,
            np.sqrt(4.0 * network.figures.area_m2 / np.pi),
        )
        self.in_room = self.join[:, ROOM] >= 0
        self.rooms = self.join[self.in_room & ~self.is_pipe, ROOM]
        self.net = self._tables()
        self.walls_w_k = self._walls()

    def _tables(self) -> pandapipes.pandapipesNet:
        net = pandapipes.create_empty_network(fluid="water", add_stdtypes=False)
        figures = self.network.figures
        pandapipes.create_junctions(
            net, len(self.network.node_ids), pn_bar=2.0, tfluid_k=KELVIN + 60.0, height_m=self._heights_m()
        )
        for node in np.flatnonzero(~np.isnan(figures.pressure_pa)):
            hot = not np.isnan(figures.entering_c[node])
            warmth = {"t_k": float(figures.entering_c[node]) + KELVIN, "type": "pt"} if hot else {"type": "p"}
            pandapipes.create_ext_grid(
                net, int(node), p_bar=float(figures.pressure_pa[node]) / BAR_PA, **warmth
            )
        pipes, others = np.flatnonzero(self.is_pipe), np.flatnonzero(~self.is_pipe)
        bore, length = self.bore_m[pipes], self._lengths_m()[pipes]
        area = np.maximum(np.pi * bore * length, 1e-12)
        pandapipes.create_pipes_from_parameters(
            net, self.join[pipes, START], self.join[pipes, END], length / 1e3, bore * 1e3,
            k_mm=self.link[pipes, ROUGHNESS_RATIO] * bore * 1e3, loss_coefficient=self._zeta()[pipes],
            u_w_per_m2k=self.link[pipes, UA_W_K] / area, text_k=self.link[pipes, AMBIENT_C] + KELVIN,
        )  # fmt: skip
        pandapipes.create_heat_exchangers(
            net, self.join[others, START], self.join[others, END], qext_w=np.zeros(len(others)),
            inner_diameter_mm=self.bore_m[others] * 1e3, loss_coefficient=self._zeta()[others],
        )  # fmt: skip
        return net

    def _lengths_m(self) -> np.ndarray:
        return self.link[:, LAMINAR] * np.pi * self.bore_m**4 / 128.0

    def _zeta(self, opening: np.ndarray | float = 1.0) -> np.ndarray:
        """Return loss coefficients on the link's bore: Δp = c·ṁ²/ρ is ζ = 2·A²·c."""
        area_m2 = np.pi * self.bore_m**2 / 4.0
        return (
            2.0 * area_m2**2 * (self.link[:, QUADRATIC] + self.link[:, VALVE_QUADRATIC] / np.square(opening))
        )

    def _heights_m(self) -> np.ndarray:
        """Return the nodes' heights, from the drop along the links."""
        heights = np.full(len(self.network.node_ids), np.nan)
        heights[0] = 0.0
        while np.isnan(heights).any():
            for (start, end), drop_m in zip(self.join[:, [START, END]], self.link[:, DROP_M], strict=True):
                if np.isnan(heights[end]):
                    heights[end] = heights[start] - drop_m
                elif np.isnan(heights[start]):
                    heights[start] = heights[end] + drop_m
        return heights

    def _walls(self) -> np.ndarray:
        """Return how every room's loss depends on every room's temperature."""
        figures = self.network.figures
        matrix = np.diag(figures.room_ua_w_k)
        for (a, b), ua_w_k in zip(self.network.topology.wall[:, :2], figures.wall_ua_w_k, strict=True):
            matrix[[a, b], [a, b]] += ua_w_k
            matrix[[a, b], [b, a]] -= ua_w_k
        return matrix

    def prescribe(self, solution: Solution) -> None:
        """Take heats, openings and the pipes' surroundings from an answer of the engine."""
        self._set(solution.heat_w[~self.is_pipe], solution.room_c, self._opening(solution.room_c))

    def _set(self, heat_w: np.ndarray, room_c: np.ndarray, opening: np.ndarray) -> None:
        others, pipes = ~self.is_pipe, self.is_pipe & self.in_room
        self.net.heat_exchanger["qext_w"] = np.where(self.in_room[others], heat_w, 0.0)
        self.net.heat_exchanger["loss_coefficient"] = self._zeta(opening)[others]
        around_c = self.net.pipe["text_k"].to_numpy().copy()
        around_c[pipes[self.is_pipe]] = room_c[self.join[pipes, ROOM]] + KELVIN
        self.net.pipe["text_k"] = around_c

    def _opening(self, room_c: np.ndarray) -> np.ndarray:
        """Return how far every link's thermostat stands open; 1 where there is none."""
        watched = np.maximum(self.join[:, TRV_ROOM], 0)
        bent = 0.5 + (self.link[:, SETPOINT_C] - room_c[watched]) / self.link[:, BAND_K]
        return np.where(self.join[:, TRV_ROOM] >= 0, np.clip(bent, LEAK_RATIO, 1.0), 1.0)

    def flow(self) -> None:
        """Solve pressures, flows and temperatures for the heats as prescribed."""
        pandapipes.pipeflow(self.net, **OPTIONS)

    def flows_kg_s(self) -> np.ndarray:
        """Return the flow of every link, in the order of the network."""
        flows = np.empty(len(self.join))
        flows[self.is_pipe] = self.net.res_pipe["mdot_from_kg_per_s"]
        flows[~self.is_pipe] = self.net.res_heat_exchanger["mdot_from_kg_per_s"]
        return flows

    def temperatures_c(self) -> np.ndarray:
        """Return the temperature of every node."""
        return np.asarray(self.net.res_junction["t_k"]) - KELVIN

    def couple(self) -> tuple[np.ndarray, int]:
        """Bring rooms, radiators and thermostats into line with the water; return rooms and rounds."""
        others = ~self.is_pipe
        room_c = np.full(len(self.walls_w_k), 20.0)
        opening = self._opening(room_c)
        self._set(self._heat_w(room_c, np.full(others.sum(), 0.02), 75.0), room_c, opening)
        for rounds in range(1, MOST_ROUNDS + 1):
            self.flow()
            before_c = room_c
            room_c, heat_w = self._rooms(room_c, opening)
            wanted = self._opening(room_c)
            opening = opening + SHARE_OF_NEW_OPENING * (wanted - opening)
            self._set(heat_w, room_c, opening)
            if np.abs(room_c - before_c).max() < CLOSE_K and np.abs(wanted - opening).max() < CLOSE_K:
                return room_c, rounds
        return room_c, MOST_ROUNDS

    def _heat_w(
        self, room_c: np.ndarray, flow_kg_s: np.ndarray, entering_c: np.ndarray | float
    ) -> np.ndarray:
        """Return the heat of every link that is no pipe, by the law of EN 442; 0 where there is no body."""
        link = self.link[~self.is_pipe]
        around_c = room_c[np.maximum(self.join[~self.is_pipe, ROOM], 0)]
        capacity_w_k = np.maximum(flow_kg_s, 1e-9) * HEAT_CAPACITY_J_KGK
        excess_k = np.maximum(entering_c - around_c, 1e-6)
        power = np.maximum(link[:, POWER], 1e-6)
        left = (1.0 + power * link[:, CONSTANT] * excess_k**power / capacity_w_k) ** (-1.0 / power)
        return np.where(link[:, CONSTANT] > 0.0, capacity_w_k * excess_k * (1.0 - left), 0.0)

    def _rooms(self, room_c: np.ndarray, opening: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return rooms and heats in balance with the water as it flows, thermostats at constant pressure."""
        figures, others = self.network.figures, ~self.is_pipe
        result = self.net.res_heat_exchanger
        flow = np.abs(np.asarray(result["mdot_from_kg_per_s"]))
        entering_c = np.asarray(result["t_from_k"]) - KELVIN
        fixed_w = figures.room_gains_w + self._by_pipes_w()

        def heats_w(at_c: np.ndarray) -> np.ndarray:
            return self._heat_w(at_c, flow * (self._opening(at_c) / opening)[others], entering_c)

        def given_w(at_c: np.ndarray) -> np.ndarray:
            inside = self.in_room[others]
            return np.bincount(self.rooms, heats_w(at_c)[inside], len(at_c))

        for _ in range(30):
            here = given_w(room_c)
            slope = (given_w(room_c + 0.01) - here) / 0.01
            missing = here + fixed_w - self.walls_w_k @ room_c + figures.room_ua_w_k * figures.outdoor_c
            step = np.clip(np.linalg.solve(self.walls_w_k - np.diag(slope), missing), -1.0, 1.0)
            room_c = room_c + step
            if np.abs(step).max() < 0.1 * CLOSE_K:
                break
        return room_c, heats_w(room_c)

    def _by_pipes_w(self) -> np.ndarray:
        """Return what pipes give to the rooms they pass."""
        result, inside = self.net.res_pipe, self.in_room[self.is_pipe]
        cooling_k = np.asarray(result["t_from_k"]) - np.asarray(result["t_outlet_k"])
        given_w = np.abs(np.asarray(result["mdot_from_kg_per_s"])) * HEAT_CAPACITY_J_KGK * cooling_k
        rooms = self.join[self.is_pipe, ROOM]
        return np.bincount(rooms[inside], given_w[inside], len(self.walls_w_k))
