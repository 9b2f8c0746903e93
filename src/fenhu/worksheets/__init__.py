"""Worksheets: files people fill in, opened safely and read as rows, before anything in them means something.

In: a workbook, a CSV file or a folder of them. Out: raw sheets, and with a ``Sheet``'s columns its filled
rows; every fault with sheet, row and column.
"""

from fenhu.worksheets.columns import Column, Sheet
from fenhu.worksheets.faults import Faults
from fenhu.worksheets.opening import open_sheets
from fenhu.worksheets.rows import Cells, Line, lines_of

__all__ = ["Cells", "Column", "Faults", "Line", "Sheet", "lines_of", "open_sheets"]
