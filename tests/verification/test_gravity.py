"""Gravity heads and gravity circulation, by formula and by published numbers."""

import math

import pytest

from fenhu.heat import Draft, constant_water, radiator_constant, solve


def test_gravity_head_between_95_and_70_degrees_is_155_pa_per_metre():
    # (977.77 - 961.90) kg/m³ · 9.80665 = 155.6 Pa/m (heat.md; Kell's densities).
    draft = Draft(0.0)
    columns = []
    for name, temperature in (("hot", 95.0), ("cold", 70.0)):
        foot = draft.add_node(f"{name}-foot", 0.0, inflow_kg_s=1e-3, entering_c=temperature)
        head = draft.add_node(f"{name}-head", 10.0, pressure_pa=1e5)
        draft.add_pipe(name, foot, head, 10.0, 0.5, 2e-4)
        columns.append(foot)
    pressure = solve(draft.network()).pressure_pa
    assert (pressure[columns[1]] - pressure[columns[0]]) / 10.0 == pytest.approx(155.6, abs=0.1)


def test_laminar_thermosyphon_matches_its_closed_form():
    # ṁ = √(πρ²D⁴βgHQ/(128µLc_p)): heat enters at the foot of the hot leg, leaves at the head; both
    # legs of 10 m and two level ones of 10 m, D 10 mm. By hand: √(0.147943/6864.9) = 0.0046423 kg/s.
    rho, beta, mu, capacity, heat, height, length, bore = (
        980.0,
        5.0e-4,
        3.2e-4,
        4190.0,
        100.0,
        10.0,
        40.0,
        0.010,
    )
    expected = math.sqrt(
        math.pi * rho**2 * bore**4 * beta * 9.80665 * height * heat / (128 * mu * length * capacity)
    )
    assert expected == pytest.approx(0.0046423, rel=1e-4)
    draft = Draft(20.0, constant_water(rho, mu, capacity, beta, 50.0))
    foot = draft.add_node("foot", pressure_pa=2e5)
    warm, top = draft.add_node("warm"), draft.add_node("top", height)
    cool, far = draft.add_node("cool", height), draft.add_node("far", height)
    low = draft.add_node("low", 0.0)
    draft.add_heat("heater", foot, warm, heat)
    draft.add_pipe("up", warm, top, 10.0, bore, 0.0)
    draft.add_pipe("over", top, far, 10.0, bore, 0.0)
    room = draft.add_room("room", 1e9)
    draft.add_radiator("cooler", far, cool, room, radiator_constant(100.0, 52.0, 48.0, 20.0, 1.3), 1.3)
    draft.add_pipe("down", cool, low, 10.0, bore, 0.0)
    draft.add_pipe("back", low, foot, 10.0, bore, 0.0)
    solution = solve(draft.network())
    reynolds = 4 * solution.mass_flow_kg_s[0] / (math.pi * bore * mu)
    assert reynolds < 2000.0
    # The floor of links without length, 1e-3 Pa·s/kg, is two parts in ten billion of the loop's resistance.
    assert solution.mass_flow_kg_s[0] == pytest.approx(expected, rel=1e-5)
