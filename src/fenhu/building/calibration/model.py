"""A building's model as a function of what may be wrong with it, and its fit to what was measured."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.optimize import OptimizeResult, least_squares

from fenhu import tables
from fenhu.building.calibration.values import Measured
from fenhu.building.simulate import BuildingNetwork, network_of
from fenhu.building.spec import Building
from fenhu.errors import SolverFault
from fenhu.heat import START, Floats, Network, Solution, density_kg_m3, solve
from fenhu.heat.network import QUADRATIC

# A blockage that would lose e^6 times the inlet's pressure at the way's own flow lets about 5 % through.
FIGURES: Mapping[str, Any] = tables.load("eras")["calibration"]
MOST_BLOCKED_LOG = float(FIGURES["most_blocked_log"])
_BEGIN_LOG = 0.5
# How far off, in standard deviations, a measurement is where the building has no steady state.
_IMPOSSIBLE = 1.0e3
_MOST_SUPPLY_K, _MOST_LOSS_LOG = 60.0, 1.5


@dataclass(frozen=True, slots=True)
class Group:
    """Ways that feed the same flats and cannot be told apart by them; the first stands for all."""

    ways: tuple[int, ...]
    flats: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """The best values (supply in K, loss and blockages as logarithms), their errors, and half chi-square."""

    values: tuple[float, ...]
    errors: tuple[float, ...]
    cost: float


class Model:
    """A building's model, with a warmer supply, a larger loss and blocked ways."""

    def __init__(self, building: Building) -> None:
        self.building = building
        self.made: BuildingNetwork = network_of(building)
        self.network: Network = self.made.network
        self.base: Solution = solve(self.network)
        self.groups = _grouped(self.made)
        self._back = self.network.node_ids.index("return")

    def state(self, supply_k: float, loss_log: float, blocked_log: Mapping[int, float]) -> Solution:
        """Return the steady state at a supply, a loss, and blockages by way."""
        figures = self.network.figures
        link = figures.link.copy()
        for way, log in blocked_log.items():
            link[self.made.ways[way].link, QUADRATIC] += self._own_quadratic(way) * math.expm1(log)
        changed = figures._replace(
            link=link,
            entering_c=figures.entering_c + supply_k,
            room_ua_w_k=figures.room_ua_w_k * math.exp(loss_log),
        )
        return solve(replace(self.network, figures=changed), start=self.base)

    def carried_kg_s(self, group: Group, solution: Solution) -> float:
        """Return what the way that stands for a group carries."""
        return abs(float(solution.mass_flow_kg_s[self.made.ways[group.ways[0]].link]))

    def fit(self, measured: Measured, blocked: Sequence[Group]) -> Fit:
        """Return the least-squares answer with these groups blocked by as much as fits best."""
        count = len(blocked)
        lower = [-_MOST_SUPPLY_K, -_MOST_LOSS_LOG] + [0.0] * count
        upper = [_MOST_SUPPLY_K, _MOST_LOSS_LOG] + [MOST_BLOCKED_LOG] * count
        begin = np.array([0.0, 0.0] + [_BEGIN_LOG] * count)
        found: OptimizeResult = least_squares(
            self._misfits, begin, args=(measured, blocked), x_scale="jac", bounds=(lower, upper),
            diff_step=np.full(2 + count, 1e-3), xtol=1e-6, ftol=1e-6, gtol=1e-6,
            max_nfev=30,
        )  # fmt: skip
        variances = np.diag(np.linalg.inv(found.jac.T @ found.jac))
        return Fit(tuple(found.x), tuple(np.sqrt(np.maximum(variances, 0.0))), float(found.cost))

    def _own_quadratic(self, way: int) -> float:
        """Return the quadratic resistance that loses the whole inlet pressure at the way's own flow."""
        flow_kg_s = abs(float(self.base.mass_flow_kg_s[self.made.ways[way].link]))
        return self.building.inlet_pa * density_kg_m3(self.building.supply_c) / max(flow_kg_s, 1e-6) ** 2

    def _misfits(self, values: Floats, measured: Measured, blocked: Sequence[Group]) -> Floats:
        """Return every measurement's and every prior's distance, in standard deviations."""
        supply_k, loss_log, *logs = values
        by_way = {group.ways[0]: log for group, log in zip(blocked, logs, strict=True)}
        priors = [supply_k / FIGURES["supply_doubt_k"], loss_log / FIGURES["loss_doubt_log"]]
        priors += [log / FIGURES["blockage_doubt_log"] for log in logs]
        try:
            found = self.state(supply_k, loss_log, by_way)
        except SolverFault:
            inlet = (measured.flow_kg_s is not None) + (measured.return_c is not None)
            return np.concatenate([np.full(len(measured.room_c) + inlet, _IMPOSSIBLE), priors])
        return np.concatenate([self._missed(found, measured), priors])

    def _missed(self, found: Solution, measured: Measured) -> list[float]:
        numbers = [self.made.flat_ids.index(flat) for flat in measured.room_c]
        given = zip(numbers, measured.room_c.values(), strict=True)
        rows = [(float(found.room_c[number]) - value) / measured.noise_k for number, value in given]
        if measured.flow_kg_s is not None:
            leaving = self.network.topology.join[:, START] == self.made.supply
            flow_kg_s = float(found.mass_flow_kg_s[leaving].sum())
            rows.append((flow_kg_s / measured.flow_kg_s - 1.0) / FIGURES["flow_noise_ratio"])
        if measured.return_c is not None:
            rows.append(
                (float(found.temperature_c[self._back]) - measured.return_c) / FIGURES["return_noise_k"]
            )
        return rows


def _grouped(made: BuildingNetwork) -> tuple[Group, ...]:
    ways: dict[tuple[int, ...], list[int]] = {}
    for number, way in enumerate(made.ways):
        ways.setdefault(tuple(sorted(way.flats)), []).append(number)
    return tuple(Group(tuple(numbers), flats) for flats, numbers in ways.items())
