"""The proof of an estate's network and ``solve_district`` were made apart; they give the same flows."""

import pytest

from fenhu.design.catalogue import zeta
from fenhu.design.estate import design_estate, parse_estate, prove_estate
from fenhu.design.estate.sizing import fittings_of
from fenhu.stock import District, MeasuredLoad, Trench, solve_district

ESTATE = {
    "outdoor_c": -15.7, "ground_c": 5.0,
    "substation": {"node": "S", "supply_c": 75.0, "fall_k": 25.0, "loss_kpa": 0.0, "head_kpa": 200.0,
                   "regulated": True},
    "pipe": [
        {"id": "1", "from": "S", "to": "A", "length_m": 180.0},
        {"id": "2", "from": "A", "to": "B", "length_m": 140.0},
        {"id": "3", "from": "A", "to": "C", "length_m": 60.0},
    ],
    "building": [
        {"id": "a", "node": "A", "load_w": 200_000.0, "needed_kpa": 20.0},
        {"id": "b", "node": "B", "load_w": 350_000.0, "needed_kpa": 30.0},
        {"id": "c", "node": "C", "load_w": 120_000.0, "needed_kpa": 15.0},
    ],
}  # fmt: skip


def test_without_valves_the_flows_are_those_of_the_district():
    estate = parse_estate(ESTATE, "estate")
    design = design_estate(estate, estate.buildings)
    before = prove_estate(design).before
    state = solve_district(
        District(
            substation="S", supply_c=before.sent_c, head=[(0.0, design.pump.station_pa)], ground_c=5.0,
            roughness_m=5.0e-4,
            trenches=[
                Trench(start=pipe.trench.start, end=pipe.trench.end, length_m=pipe.trench.length_m,
                       inner_diameter_m=pipe.size.inner_diameter_m, u_w_m2k=pipe.trench.u_w_m2k,
                       zeta=zeta(fittings_of(pipe.trench), pipe.size.steel_dn))
                for pipe in design.pipes
            ],
            # Its loads lose what they lose at 1000 kg/m³, the design's at the 983 kg/m³ of sizing.
            buildings={
                taker.id: (taker.node, MeasuredLoad(heat_w=taker.load_w, flow_kg_s=taker.flow_kg_s,
                                                    drop_pa=0.983248 * taker.needed_pa))
                for taker in estate.buildings
            },
        )
    )  # fmt: skip
    for name, arrival in state.arrivals.items():
        assert before.inlets[name].flow_kg_s == pytest.approx(arrival.flow_kg_s, rel=0.01)
        assert before.inlets[name].offered_pa == pytest.approx(arrival.drop_pa, rel=0.01)
        assert before.inlets[name].arriving_c == pytest.approx(arrival.supply_c, abs=0.1)
