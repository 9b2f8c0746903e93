"""stock: a whole city's buildings through the heat engine, before and after, one row each.

In come pairs of buildings; out comes one ``StockHeat`` per pair, in the same order. A building that fails is
a row that says so, never a lost run.
"""

from fenhu.stock.simulate import ENGINES, Cancelled, simulate_stock

__all__ = ["ENGINES", "Cancelled", "simulate_stock"]
