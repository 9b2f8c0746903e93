"""Sizing: the frontier finds what trying everything finds."""

from dataclasses import replace
from itertools import product
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenhu.design import price_book
from fenhu.design.changes import NO_CHANGES
from fenhu.design.choices import pipe_loss_pa, sizes_for
from fenhu.design.lifetime import Weights, pumping_fen_pa
from fenhu.design.sizing import STEP_PA, Sizing, shifted
from fenhu.design.tree import Choice, End, Joint, Pipe
from fenhu.design.values import Place, Role, Side

CELLS = 300
WEIGHTS = Weights(price_book(2010))


def pipe(name, flow_kg_s, length_m):
    return Pipe(
        id=name, role=Role.RISER, side=Side.SUPPLY, place=Place.STAIRWELL, start=f"{name}a", end=f"{name}b",
        length_m=length_m, flow_kg_s=flow_kg_s, limit_kg_s=flow_kg_s, material="steel", least_dn=20,
        most_pa_m=400.0, fittings=(("elbow", 2),),
    )  # fmt: skip


def end(name, need_pa):
    return End(id=name, pipes=(), choices=(Choice(sizes=(), need_pa=need_pa),), flow_kg_s=0.1)


def tried(joints, needs, cell):
    """Return the least cost of a chain of joints, each with an end, by trying every combination of sizes."""
    best = float("inf")
    for chosen in product(*(sizes_for(joint.pipes[0], NO_CHANGES) for joint in joints)):
        left, fen, holds = cell, 0.0, True
        for joint, size, need_pa in zip(joints, chosen, needs, strict=True):
            one = joint.pipes[0]
            left -= ceil(pipe_loss_pa(one, size) / STEP_PA)
            fen += one.length_m * WEIGHTS.pipe_fen_m(size, insulated=False)
            holds = holds and left >= ceil(need_pa / STEP_PA)
        if holds:
            best = min(best, fen)
    return best


@settings(max_examples=40)
@given(
    flows=st.lists(st.floats(0.05, 0.5), min_size=1, max_size=4),
    lengths=st.lists(st.floats(1.0, 30.0), min_size=4, max_size=4),
    needs=st.lists(st.floats(200.0, 2500.0), min_size=4, max_size=4),
    cell=st.integers(20, CELLS - 1),
)
def test_the_frontier_of_a_riser_is_the_cheapest_of_all_combinations(flows, lengths, needs, cell):
    pieces = sorted(flows, reverse=True)
    joints = [Joint(pipes=(pipe(f"p{n}", flow, lengths[n]),)) for n, flow in enumerate(pieces)]
    for n, joint in enumerate(joints):
        joint.behind.append(end(f"e{n}", needs[n]))
        if n + 1 < len(joints):
            joint.behind.append(joints[n + 1])
    sizing = Sizing(NO_CHANGES, WEIGHTS, 0.0, CELLS)
    found = sizing.frontier(joints[0]).fen[cell]
    assert found == pytest.approx(tried(joints, needs[: len(joints)], cell))
    if found < float("inf"):
        sizes = {}
        sizing.choose(joints[0], cell, sizes)
        cost = sum(
            joint.pipes[0].length_m * WEIGHTS.pipe_fen_m(sizes[joint.pipes[0].id], insulated=False)
            for joint in joints
        )
        assert cost == pytest.approx(found)


def test_more_pressure_never_costs_more():
    joint = Joint(pipes=(pipe("p", 0.4, 20.0),), behind=[end("e", 500.0)])
    fen = Sizing(NO_CHANGES, WEIGHTS, 0.0, CELLS).frontier(joint).fen
    assert (fen[1:] <= fen[:-1]).all()


def test_height_gained_is_pressure_gained():
    # 10 m at 62 Pa/m are 620 Pa: 31 steps of 20 Pa less are needed at the foot.
    flat = Joint(pipes=(pipe("p", 0.1, 0.001),), behind=[end("e", 2000.0)])
    high = Joint(pipes=flat.pipes, gained_m=10.0, behind=flat.behind)
    sizing = Sizing(NO_CHANGES, WEIGHTS, 62.0, CELLS)
    first = [int((sizing.frontier(one).fen < float("inf")).argmax()) for one in (flat, high)]
    assert first[0] - first[1] == 31


def test_a_shift_beyond_the_grid_leaves_nothing():
    fen = Sizing(NO_CHANGES, WEIGHTS, 0.0, 10).frontier(end("e", 0.0)).fen
    assert (shifted(fen, 25) == float("inf")).all()
    assert (shifted(fen, -3) == fen).all()


def test_a_fixed_size_is_the_only_choice():
    one = pipe("p", 0.2, 5.0)
    changes = replace(NO_CHANGES, sizes={"p": ("", 50)})
    assert [size.dn for size in sizes_for(one, changes)] == [50]


def test_a_pascal_over_twenty_winters_costs_what_pumps_take():
    # 1 kg/s of 983.248 kg/m³ at 1 Pa over 0.55: 1.849e-3 W; 159 days: 7.056e-3 kWh; 20 years at 0.55 yuan.
    assert pumping_fen_pa(1.0, 159.0) == pytest.approx(1 / 983.248 / 0.55 * 159 * 24 / 1000 * 20 * 55.0)
