"""Heat load: what every room, or every flat whose rooms nobody surveyed, loses on the design day.

In: a building. Out: ``HeatLoads``, with every surface, its correction, and the allowance for neighbours.
"""

from fenhu.design.load.flats import heat_loads
from fenhu.design.load.formulas import (
    corrected_loss_w,
    door_ratio,
    height_ratio,
    infiltration_w,
    orientation_ratio,
)

__all__ = [
    "corrected_loss_w", "door_ratio", "heat_loads", "height_ratio", "infiltration_w", "orientation_ratio",
]  # fmt: skip
