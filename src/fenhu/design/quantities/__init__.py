"""What a design takes and what it costs: bill of quantities, totals, material table, difference.

In: a ``Design`` and a ``PriceBook``. Out: a ``Bill`` whose lines the cost shares take as they are, and which
open to the pipes, devices and radiators they count.
"""

from fenhu.design.quantities.billing import bill_of_quantities
from fenhu.design.quantities.difference import BillDifference, LineChange, bill_difference
from fenhu.design.quantities.materials import MaterialRow, material_rows
from fenhu.design.quantities.totals import BillTotals, bill_csv, bill_json, bill_totals, summed_lines
from fenhu.design.quantities.values import Bill, QuantityLine, part_name

__all__ = [
    "Bill", "BillDifference", "BillTotals", "LineChange", "MaterialRow", "QuantityLine", "bill_csv",
    "bill_difference", "bill_json", "bill_of_quantities", "bill_totals", "material_rows", "part_name",
    "summed_lines",
]  # fmt: skip
