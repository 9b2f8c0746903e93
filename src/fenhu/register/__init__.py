"""The register workbook: a city's buildings and flats with its money, crews, clusters and order.

In comes an .xlsx workbook or a folder of CSV files, out goes a ``Register`` with findings, all of it or
nothing; and back. ``columns`` is the one table of columns that reader, writer, template and manual are
made from. ``synthetic_city`` invents a city to show.
"""

from fenhu.register.city import synthetic_city
from fenhu.register.columns import SHEETS, Column, Kind, Sheet
from fenhu.register.reading import RegisterReading, read_register
from fenhu.register.rules import lowest_above_mean, pipes_are_older
from fenhu.register.writing import write_register, write_template

COLUMNS = {sheet.english: sheet.columns for sheet in SHEETS}

__all__ = [
    "COLUMNS", "SHEETS", "Column", "Kind", "RegisterReading", "Sheet", "lowest_above_mean", "pipes_are_older",
    "read_register", "synthetic_city", "write_register", "write_template",
]  # fmt: skip
