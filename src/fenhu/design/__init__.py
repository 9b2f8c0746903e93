"""What a conversion takes: its bill, its crew days, and radiators by the catalogue.

In: a register's building and its flats, or a load. Out: bill lines in integer fen, crew days, and the price
rows they rest on, each with its source; the sections of a radiator.
"""

from fenhu.design.crew import crew_days
from fenhu.design.estimate import Estimate, estimate_bill, estimates, price_label
from fenhu.design.radiators import Sizing, chosen_radiator, leaving_temperatures_c, whole_sections

__all__ = [
    "Estimate", "Sizing", "chosen_radiator", "crew_days", "estimate_bill", "estimates",
    "leaving_temperatures_c", "price_label", "whole_sections",
]  # fmt: skip
