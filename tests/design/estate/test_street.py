"""Two buildings along a street, worked out by hand: losses, head, valve, pump."""

from math import sqrt

import pytest
from tests.design.estate.estates import designed, street

from fenhu.design import price_book
from fenhu.design.estate import ActionKind, InletValve, prove_estate, renewal_of
from fenhu.design.estate.checks import action_of
from fenhu.design.lifetime import pumping_fen_pa

# Both carry water of 60 °C (983.248 kg/m³, 4.631e-4 Pa·s); roughness 0.5 mm.
# Pipe 1: 10 m³/h in 100 mm: v = 0.3537 m/s, ρv²/2 = 61.50 Pa, Re = 75,090, λ = 0.03158, R = 19.42 Pa/m.
# Σζ = tee 1 + gate valve 0.5 + two elbows 2 + one compensator 2 = 5.5. Supply and return: 2·(1,942 + 338.2).
PIPE_1_PA = 4560.5
# Pipe 2: 5 m³/h in 82 mm: v = 0.2630 m/s, ρv²/2 = 34.00 Pa, Re = 45,790, λ = 0.03399, R = 14.10 Pa/m.
PIPE_2_PA = 3193.1
# The far building needs 10 kPa, and 1.1 times the losses on the way (GB 50736-2012 5.9.12).
STATION_PA = 10_000.0 + 1.1 * (PIPE_1_PA + PIPE_2_PA)


def test_losses_of_both_pipes_are_those_of_hand():
    first, second = designed(street()).pipes
    assert first.velocity_m_s == pytest.approx(0.3537, rel=1e-3)
    assert first.specific_loss_pa_m == pytest.approx(19.42, rel=1e-3)
    assert first.loss_pa == pytest.approx(PIPE_1_PA, rel=1e-3)
    assert second.specific_loss_pa_m == pytest.approx(14.10, rel=1e-3)
    assert second.loss_pa == pytest.approx(PIPE_2_PA, rel=1e-3)


def test_the_head_is_the_far_buildings_need_with_a_tenth_on_the_losses():
    pump = designed(street()).pump
    assert pump.required_pa == pytest.approx(STATION_PA, rel=1e-3)
    assert (pump.deciding, pump.action.kind) == ("far", ActionKind.NONE)


def test_the_stations_own_loss_counts_with_its_margin():
    pump = designed(street(loss_kpa=8.0)).pump
    assert pump.required_pa == pytest.approx(STATION_PA + 1.1 * 8000.0, rel=1e-3)


def test_the_near_building_gets_a_balancing_valve_that_takes_what_is_to_spare():
    near = designed(street()).inlet_by_id["near"]
    offered_pa = STATION_PA - PIPE_1_PA
    assert near.offered_pa == pytest.approx(offered_pa, rel=1e-3)
    # 4.916 t/h and 3,968 Pa to spare: Kv = 4.916/√0.03968 = 24.68. A DN50 (5 m³/h: R = 187 Pa/m) of Kvs 33
    # has 24.29 at 3.3 turns, which would take 4,097 Pa, and 25.67 at 3.4 turns: 3,667 Pa.
    assert 4.916 / sqrt((offered_pa - 10_000.0) / 1e5) == pytest.approx(24.68, rel=1e-3)
    assert (near.valve, near.dn, near.setting) == (InletValve.BALANCING, 50, "3.4")
    assert near.kv_m3_h == pytest.approx(25.67, rel=1e-3)
    assert near.lost_pa == pytest.approx(3667.0, rel=2e-3)
    assert near.imbalance_before_ratio == pytest.approx(3968.0 / 13968.0, rel=1e-2)
    assert near.imbalance_after_ratio == pytest.approx((3968.0 - 3667.0) / 13968.0, rel=5e-2)


def test_the_far_building_has_too_little_to_spare_for_a_valve():
    far = designed(street()).inlet_by_id["far"]
    # What the margin leaves: 0.1·(4,560.5 + 3,193.1) = 775 Pa of 10,775, below 15 %.
    assert far.spare_pa == pytest.approx(775.4, rel=2e-3)
    assert far.valve is InletValve.NONE


def test_a_high_difference_at_part_flow_asks_for_a_controller():
    # GB 50736-2012 5.10.6. An unregulated pump of 60 kPa leaves the near building 60 − 0.09·(4.6 + 45) =
    # 55.5 kPa at 30 % of the flow, far beyond the 20 kPa that thermostatic valves bear quietly.
    design = designed(street(head_kpa=60.0, regulated=False))
    near = design.inlet_by_id["near"]
    assert near.valve is InletValve.CONTROLLER
    assert near.setting == "10.0"
    assert near.behind_part_pa == pytest.approx(60_000.0 - 0.09 * (60_000.0 - 10_000.0), rel=0.02)


def test_a_weak_pump_is_named_with_what_is_missing():
    pump = designed(street(head_kpa=16.0)).pump
    assert pump.missing_pa == {"far": pytest.approx(STATION_PA - 16_000.0, rel=1e-2)}


def test_a_booster_at_the_far_building_is_cheaper_than_more_head_for_all():
    pump = designed(street(head_kpa=16.0)).pump
    missing_pa, flow_kg_s = pump.missing_pa["far"], pump.flow_kg_s
    # Either pump is of the smallest class; the booster pumps half the water.
    pump_fen = round(100 * price_book(2010).for_size("network.pump", 1).yuan)
    raised_fen = pump_fen + pumping_fen_pa(flow_kg_s, 159.0) * missing_pa
    boosted_fen = pump_fen + pumping_fen_pa(flow_kg_s / 2.0, 159.0) * missing_pa
    assert [one.kind for one in pump.remedies] == [ActionKind.BOOSTER, ActionKind.RAISE_HEAD]
    assert [one.fen for one in pump.remedies] == [
        pytest.approx(boosted_fen, abs=1),
        pytest.approx(raised_fen, abs=1),
    ]
    (booster,) = pump.action.boosters
    assert (booster.at, booster.building) == ("far", True)
    assert booster.head_pa == pytest.approx(missing_pa)


def test_where_all_get_too_little_the_head_is_raised():
    design = designed(street(head_kpa=12.0))
    assert set(design.pump.missing_pa) == {"near", "far"}
    assert design.pump.action.kind in (ActionKind.RAISE_HEAD, ActionKind.BOOSTER)
    cheapest = min(design.pump.remedies, key=lambda one: one.fen)
    assert design.pump.action == cheapest


def test_without_a_pump_the_one_to_choose_is_told():
    design = designed(street(head_kpa=None))
    assert design.pump.action.kind is ActionKind.CHOOSE_PUMP
    assert "18.5 kPa" in action_of(design).in_language("en")
    assert "10.0 m³/h" in action_of(design).in_language("en")


def test_every_action_gives_every_building_what_it_needs():
    for head_kpa in (12.0, 14.0, 16.0, 18.0, 30.0):
        for inlet in designed(street(head_kpa=head_kpa)).inlets:
            assert inlet.spare_pa >= inlet.lost_pa - 0.5 >= -0.5


def test_the_simulation_shows_the_flows_that_were_asked_for():
    proof = prove_estate(designed(street()))
    # Without valves the near building has 13.97 instead of 10 kPa: √1.397 = 1.18 of its flow, less what the
    # larger flow loses on the way; with them both have what they need within the settings' step.
    before = {name: one.flow_kg_s / (5.0 * 983.248 / 3600.0) for name, one in proof.before.inlets.items()}
    after = {name: one.flow_kg_s / (5.0 * 983.248 / 3600.0) for name, one in proof.after.inlets.items()}
    assert before["near"] == pytest.approx(1.16, abs=0.03)
    assert after["near"] == pytest.approx(1.0, abs=0.025)
    assert after["far"] == pytest.approx(1.0, abs=0.04)


def test_rooms_are_warm_in_every_state_and_no_flat_hears_its_valves():
    for state in prove_estate(designed(street())).states:
        assert all(one.room_c > 17.85 for one in state.inlets.values())
        assert all(one.noise_pa < 20_000.0 for one in state.inlets.values())


def test_half_the_flats_shut_halve_the_flow_and_raise_the_differences():
    design_state, _, half_shut, _ = prove_estate(designed(street())).states
    assert 0.4 < half_shut.flow_kg_s / design_state.flow_kg_s < 0.65
    for name, one in half_shut.inlets.items():
        assert one.behind_pa > design_state.inlets[name].behind_pa


def test_a_controller_holds_its_difference_in_every_state():
    design = designed(street(head_kpa=60.0, regulated=False))
    for state in prove_estate(design).states:
        for name, one in state.inlets.items():
            assert one.behind_pa == pytest.approx(design.inlet_by_id[name].held_pa, rel=0.02)


def narrow_street(**substation):
    """Return the street with an old DN50 to the far building: 5 m³/h run at 0.7 m/s and some 190 Pa/m."""
    data = street(**substation)
    data["pipe"] = [data["pipe"][0], {**data["pipe"][1], "dn": 50, "keep": True, "corrosion": 0}]
    return data


def test_renewing_a_narrow_pipe_is_weighed_where_the_pump_is_too_weak():
    design = designed(narrow_street(head_kpa=25.0))
    renewal = renewal_of(design)
    ((name, before, after),) = renewal.pipes
    assert (name, before) == ("2", 50)
    assert after > 50
    assert renewal.required_pa < design.pump.required_pa
    # 200 m of pipe anew, against the head it spares.
    assert renewal.cost_fen == round(100 * 200 * price_book(2010).for_size("network.pipe", after).yuan)


def test_a_pipe_within_its_limits_is_left_alone_where_the_pump_suffices():
    assert renewal_of(designed(narrow_street(head_kpa=100.0))) is None
    assert renewal_of(designed(street(head_kpa=12.0))) is None
