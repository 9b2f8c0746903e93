"""stock: many buildings through the heat engine, one by one or behind one substation.

In come pairs of buildings; out comes one ``StockHeat`` per pair, in the same order. A building that fails is
a row that says so, never a lost run. ``solve_district`` takes a substation with its pipes and buildings,
each a measured load or reduced to curves by ``reduce_building``.
"""

from fenhu.stock.district import Arrival, District, DistrictState, MeasuredLoad, Trench, solve_district
from fenhu.stock.reduction import ReducedBuilding, reduce_building
from fenhu.stock.simulate import ENGINES, Cancelled, simulate_stock

__all__ = [
    "ENGINES", "Arrival", "Cancelled", "District", "DistrictState", "MeasuredLoad", "ReducedBuilding",
    "Trench", "reduce_building", "simulate_stock", "solve_district",
]  # fmt: skip
