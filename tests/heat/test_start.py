"""A start only saves steps: the answer is the network's own, whatever state it began from."""

from dataclasses import replace

import numpy as np
import pytest

from fenhu.heat import Draft, solve


@pytest.fixture
def network():
    draft = Draft(-10.0)
    supply = draft.add_node("supply", pressure_pa=205_000.0, entering_c=75.0)
    middle = draft.add_node("middle", 3.0)
    back = draft.add_node("return", pressure_pa=200_000.0)
    room = draft.add_room("101", 60.0)
    draft.add_pipe("p", supply, middle, 20.0, 0.02, 2e-4, u_w_m2k=8.0, room=room)
    draft.add_radiator("r", middle, back, room, 20.0, 1.3, kv_m3_h=0.6)
    return draft.network()


def changed(network, *, pressure_pa, entering_c):
    figures = network.figures._replace(
        pressure_pa=np.array([pressure_pa, np.nan, 200_000.0]),
        entering_c=np.array([entering_c, np.nan, np.nan]),
    )
    return replace(network, figures=figures)


@pytest.mark.parametrize(
    ("pressure_pa", "entering_c"), [(220_000.0, 75.0), (205_000.0, 45.0), (201_000.0, 90.0)]
)
def test_another_states_start_gives_this_networks_answer(network, pressure_pa, entering_c):
    other = changed(network, pressure_pa=pressure_pa, entering_c=entering_c)
    cold, warm = solve(other), solve(other, start=solve(network))
    assert warm.pressure_pa[0] == pressure_pa
    assert warm.mass_flow_kg_s == pytest.approx(cold.mass_flow_kg_s, rel=1e-6)
    assert warm.room_c == pytest.approx(cold.room_c, abs=1e-4)


def test_a_start_at_the_answer_needs_fewer_steps(network):
    cold = solve(network)
    assert solve(network, start=cold).iterations < cold.iterations
