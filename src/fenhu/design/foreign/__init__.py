"""Designs made elsewhere: what an owner or an institute decided, read as changes to fenhu's own design.

In: the raw sheets of their workbook, and fenhu's design of the same building, whose ids the sheets use. Out:
``Changes`` for ``design_building``, and every fault with sheet, row and column. A blank cell leaves the
matter to fenhu; so their design passes through the same calculation and the same review.
"""

from fenhu.design.foreign.columns import SHEETS
from fenhu.design.foreign.reading import Foreign, read_foreign, toml_sheets

__all__ = ["SHEETS", "Foreign", "read_foreign", "toml_sheets"]
