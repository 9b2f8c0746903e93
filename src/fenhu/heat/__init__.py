"""heat: water, heat and rooms in one steady state.

In comes a network (from a file by ``parse_network``, from a building by ``fenhu.building``); out comes a
``Solution`` whose every balance closes, or a fault that says where it does not. ``answer`` writes the
solution as the network file's answer. ``simulate_transient`` carries a network through ``Weather``.
"""

from fenhu.heat.answer import answer
from fenhu.heat.curve import HeatingCurve
from fenhu.heat.draft import Draft
from fenhu.heat.elements import PIPE, RADIATOR, kv_from_loss, radiator_constant
from fenhu.heat.friction import carried_kg_s, friction_factor, specific_loss_pa_m
from fenhu.heat.keys import Item
from fenhu.heat.many import solve_many
from fenhu.heat.network import END, KIND, START, Floats, Network
from fenhu.heat.parse import parse_network, pump_curve
from fenhu.heat.solve import Residuals, Solution, solve
from fenhu.heat.transient import Drive, Transient, simulate_transient
from fenhu.heat.water import IAPWS_97, Water, constant_water, density_kg_m3
from fenhu.heat.weather import Weather, read_epw, synthetic_weather

__all__ = [
    "END", "IAPWS_97", "KIND", "PIPE", "RADIATOR", "START", "Draft", "Drive", "Floats", "HeatingCurve",
    "Item", "Network", "Residuals", "Solution", "Transient", "Water", "Weather", "answer", "carried_kg_s",
    "constant_water", "density_kg_m3", "friction_factor", "kv_from_loss", "parse_network", "pump_curve",
    "radiator_constant", "read_epw", "simulate_transient", "solve", "solve_many", "specific_loss_pa_m",
    "synthetic_weather",
]  # fmt: skip
