"""Laws of any network: mass and energy are conserved, whatever is joined to whatever."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenhu.errors import SolverFault
from fenhu.heat import Draft, radiator_constant, solve


def random_network(seed: int, size: int, extra: int, height_m: float):
    """Join ``size`` nodes as a tree with ``extra`` chords: pipes, valves, radiators; a source and a sink."""
    rng = np.random.default_rng(seed)
    draft = Draft(10.0)
    nodes = [draft.add_node("source", pressure_pa=2.2e5, entering_c=float(rng.uniform(60, 95)))]
    nodes += [draft.add_node(f"n{k}", float(rng.uniform(0, 1)) * height_m) for k in range(size)]
    nodes.append(draft.add_node("sink", pressure_pa=2.0e5, entering_c=40.0))
    ends = [(nodes[int(rng.integers(0, k))], nodes[k]) for k in range(1, len(nodes))]
    ends += [tuple(rng.choice(len(nodes), 2, replace=False)) for _ in range(extra)]
    for k, (start, end) in enumerate(ends):
        kind = rng.integers(0, 4)
        if kind == 0:
            room = draft.add_room(f"room{k}", float(rng.uniform(20, 80)), 100.0)
            constant = radiator_constant(1500.0, 75.0, 50.0, 18.0, 1.3)
            draft.add_radiator(f"r{k}", int(start), int(end), room, constant, 1.3, kv_m3_h=1.0)
        elif kind == 1:
            draft.add_valve(f"v{k}", int(start), int(end), float(rng.uniform(0.5, 4)))
        else:
            draft.add_pipe(
                f"p{k}", int(start), int(end), float(rng.uniform(2, 40)),
                float(rng.uniform(0.015, 0.05)), 2e-4, u_w_m2k=float(rng.uniform(0, 8)), ambient_c=10.0,
                zeta=2.0,
            )  # fmt: skip
    return draft.network()


def assert_balanced(network, solution):
    join, figures = network.topology.join, network.figures
    into = np.zeros(len(network.node_ids))
    np.add.at(into, join[:, 1], solution.mass_flow_kg_s)
    np.add.at(into, join[:, 0], -solution.mass_flow_kg_s)
    assert into[1:-1] == pytest.approx(np.zeros(len(into) - 2), abs=1e-7)
    assert into[0] == pytest.approx(-into[-1], abs=1e-7)
    losses = figures.room_ua_w_k * (solution.room_c - figures.outdoor_c) - figures.room_gains_w
    given_w = np.zeros(len(losses))
    radiators = join[:, 2] == 1
    np.add.at(given_w, join[radiators, 3], solution.heat_w[radiators])
    assert given_w == pytest.approx(losses, abs=2e-3)


SHAPES = {"seed": st.integers(0, 10**6), "size": st.integers(1, 25), "extra": st.integers(0, 6)}


@settings(max_examples=120, deadline=None)
@given(**SHAPES)
def test_every_level_network_solves_with_mass_and_energy_in_balance(seed, size, extra):
    network = random_network(seed, size, extra, 0.0)
    assert_balanced(network, solve(network))


@settings(max_examples=60, deadline=None)
@given(**SHAPES)
def test_network_with_heights_is_balanced_or_refused_but_never_silently_wrong(seed, size, extra):
    # Branches at different heights without pressure of their own may circulate without any steady state.
    network = random_network(seed, size, extra, 15.0)
    try:
        solution = solve(network)
    except SolverFault:
        return
    assert_balanced(network, solution)
