"""Worksheets: files people fill in, opened safely and read as rows, before anything in them means something.

In: a workbook, a CSV file or a folder of them. Out: raw sheets, and with a ``Sheet``'s columns its filled
rows; every fault with sheet, row and column. Beside them, files written as TOML, JSON or plain text.
"""

from fenhu.worksheets import values
from fenhu.worksheets.columns import Column, Sheet
from fenhu.worksheets.faults import Faults
from fenhu.worksheets.opening import open_sheets
from fenhu.worksheets.rows import Cells, Line, lines_of
from fenhu.worksheets.single import GUIDE, single_table
from fenhu.worksheets.text_files import read_json, read_text, read_toml
from fenhu.worksheets.typed import one_line, trimmed

__all__ = [
    "GUIDE", "Cells", "Column", "Faults", "Line", "Sheet", "lines_of", "one_line", "open_sheets",
    "read_json", "read_text", "read_toml", "single_table", "trimmed", "values",
]  # fmt: skip
