"""Design: from a building to a sized, balanced, proved and priced conversion.

In: a building and what a person has decided (``Changes``). Out: a ``Design`` of plain values, which the
review (``design.review``), the bill (``design.quantities``) and the sheets (``design.sheets``) read. Before
anybody has designed, ``estimate_bill`` prices a register's building by unit estimates.
"""

from fenhu.design.changes import NO_CHANGES, Changes
from fenhu.design.crew import crew_days, mains_days
from fenhu.design.designing import design_building
from fenhu.design.estimate import Estimate, estimate_bill, estimates, price_label, set_up_fen
from fenhu.design.forms import FORMS
from fenhu.design.load import heat_loads
from fenhu.design.prices import PriceBook, price_book
from fenhu.design.radiators import Sizing, chosen_radiator, leaving_temperatures_c, whole_sections
from fenhu.design.values import Design, HeatLoads

__all__ = [
    "FORMS", "NO_CHANGES", "Changes", "Design", "Estimate", "HeatLoads", "PriceBook", "Sizing",
    "chosen_radiator", "crew_days", "design_building", "estimate_bill", "estimates", "heat_loads",
    "leaving_temperatures_c", "mains_days", "price_book", "price_label", "set_up_fen",
    "whole_sections",
]  # fmt: skip
