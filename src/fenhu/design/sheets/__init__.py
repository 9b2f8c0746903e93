"""Sheets: the drawings of a design, for the office to check, sign and file.

In come a ``Design``, what stands in the title block and the list of materials; out come A3 sheets on the
drawing model, from which SVG, DXF and PDF are made.
"""

from fenhu.design.sheets.drawing_set import drawing_set, one_drawing
from fenhu.design.sheets.values import Sheet, TitleBlock

__all__ = ["Sheet", "TitleBlock", "drawing_set", "one_drawing"]
