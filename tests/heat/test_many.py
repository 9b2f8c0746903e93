"""Many networks at once: the same answers as one by one, and a fault stays with its own network."""

import numpy as np

from fenhu.errors import NotConverged
from fenhu.heat import Draft, solve, solve_many


def a_pipe(drop_pa, **heat):
    draft = Draft(0.0)
    start = draft.add_node("s", pressure_pa=200_000.0 + drop_pa, entering_c=70.0)
    end = draft.add_node("e", pressure_pa=200_000.0)
    draft.add_pipe("p", start, end, 10.0, 0.02, 2e-4, u_w_m2k=5.0, ambient_c=10.0)
    if heat:
        draft.add_heat("boiler", end, draft.add_node("dead end"), **heat)
    return draft.network()


def test_many_give_what_one_by_one_gives_in_the_same_order():
    networks = [a_pipe(1000.0 * (n + 1)) for n in range(20)]
    many, single = solve_many(networks), [solve(network) for network in networks]
    for one, other in zip(many, single, strict=True):
        assert np.array_equal(one.mass_flow_kg_s, other.mass_flow_kg_s)
        assert np.array_equal(one.outlet_c, other.outlet_c)


def test_a_network_without_an_answer_keeps_its_fault_and_spoils_no_other():
    good, bad = a_pipe(1000.0), a_pipe(1000.0, heat_w=500.0)
    found = solve_many([good, bad, good], threads=2)
    assert isinstance(found[1], NotConverged)
    assert "dead end" in str(found[1])
    assert found[0].status == found[2].status == "converged"
