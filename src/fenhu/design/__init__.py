"""What a conversion takes: its bill and its crew days.

In: a register's building and its flats. Out: bill lines in integer fen, crew days, and the price rows they
rest on, each with its source.
"""

from fenhu.design.crew import crew_days
from fenhu.design.estimate import Estimate, estimate_bill, estimates, price_label

__all__ = ["Estimate", "crew_days", "estimate_bill", "estimates", "price_label"]
