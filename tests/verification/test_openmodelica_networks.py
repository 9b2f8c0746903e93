"""Pressures and velocities of water networks that OpenModelica solved with Prandtl-Colebrook friction."""

from tests.verification.cases import Source, verified

from fenhu.heat import Draft, solve

SOURCE = Source(
    "Water networks solved by OpenModelica",
    "Results of OpenModelica (Prandtl–Colebrook friction, water of 20 °C) kept as references in "
    "pandapipes (BSD licence; numbers typed, no file copied). Pressures above the air's. Its water is "
    "compressible, which counts over 350 m of height: 0.3 % there, 0.05 % on the level.",
)
AIR_BAR = 1.01325


def at_20_degrees(nodes, pipes):
    """Solve nodes (height, fixed bar, kg/s drawn) and pipes (from, to, km, mm, roughness in mm)."""
    draft = Draft(20.0)
    for k, (z_m, fixed_bar, drawn_kg_s) in enumerate(nodes):
        fixed = {} if fixed_bar is None else {"pressure_pa": (fixed_bar + AIR_BAR) * 1e5, "entering_c": 20.0}
        draft.add_node(f"j{k}", z_m, inflow_kg_s=-drawn_kg_s, **fixed)
    for k, (start, end, length_km, bore_mm, rough_mm) in enumerate(pipes):
        draft.add_pipe(f"p{k}", start, end, length_km * 1e3, bore_mm / 1e3, rough_mm / 1e3)
    return solve(draft.network())


def compare(name, solution, pressures_bar, velocities_m_s, within_ratio):
    for k, expected in pressures_bar.items():
        got = solution.pressure_pa[k] / 1e5 - AIR_BAR
        verified(SOURCE, f"{name}: pressure at junction {k}", expected, got, within_ratio * expected, "bar")
    for k, expected in enumerate(velocities_m_s):
        verified(SOURCE, f"{name}: velocity in pipe {k}", expected, solution.velocity_m_s[k], 0.0015, "m/s")


def test_tee_of_long_pipes():
    pipes = [(0, 3, 5.0, 75.0, 0.1), (1, 3, 5.0, 75.0, 0.1), (3, 2, 5.0, 75.0, 0.1)]
    solution = at_20_degrees([(0, 6.0, 0), (0, None, 1.33), (0, None, 1.33), (0, None, 0)], pipes)
    compare("tee", solution, {1: 2.101285, 2: 2.101285, 3: 2.947766}, [0.603089, -0.301574, 0.301574], 5e-4)


def test_mesh_over_350_metres_of_height():
    nodes = [(350.0, 6.0, 0), (250.0, None, 1.0), (50.0, None, 0.5), (0.0, None, 0)]
    pipes = [(0, 3, 5.0, 75.0, 0.1), (1, 3, 5.0, 75.0, 0.1), (3, 2, 5.0, 75.0, 0.1), (2, 1, 1.0, 75.0, 0.1)]
    solution = at_20_degrees(nodes, pipes)
    expected = {1: 14.397786, 2: 34.013525, 3: 39.214136}
    compare("mesh over 350 m", solution, expected, [0.339809, -0.170485, 0.169185, 0.056019], 3e-3)
