"""stock: many buildings through the heat engine, one by one or behind one substation.

In come pairs of buildings; out comes one ``StockHeat`` per pair, in the same order. A building that fails is
a row that says so, never a lost run.
``season_stock`` takes them through a winter, ``explain_stock`` says what explains each one's measured rooms,
``bill_stock`` what each one's conversion costs by a design of its own, on any ``fenhu.engines.Engine``.
``solve_district`` takes a substation with its pipes and buildings, each a measured load or reduced to curves
by ``reduce_building``.
"""

from fenhu.stock.bills import DesignedBill, bill_stock
from fenhu.stock.district import Arrival, District, DistrictState, MeasuredLoad, Trench, solve_district
from fenhu.stock.explain import Explained, explain, explain_stock
from fenhu.stock.reduction import ReducedBuilding, reduce_building
from fenhu.stock.seasons import HouseSeason, season_stock
from fenhu.stock.simulate import simulate_stock

__all__ = [
    "Arrival", "DesignedBill", "District", "DistrictState", "Explained", "HouseSeason", "MeasuredLoad",
    "ReducedBuilding", "Trench", "bill_stock", "explain", "explain_stock", "reduce_building", "season_stock",
    "simulate_stock", "solve_district",
]  # fmt: skip
