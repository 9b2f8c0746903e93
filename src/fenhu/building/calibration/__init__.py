"""calibration: what explains the measured rooms of a building, with its doubt.

In come a building and measured rooms; least squares around its own model say how warm the supply is, how much
the building loses, and which riser is blocked to what share. ``flats_to_measure`` says where to measure.
"""

from fenhu.building.calibration.sampling import flats_to_measure
from fenhu.building.calibration.search import calibrate, what_explains
from fenhu.building.calibration.values import Calibration, Estimate, Measured, Suspect
from fenhu.building.calibration.words import AGREES

__all__ = [
    "AGREES", "Calibration", "Estimate", "Measured", "Suspect", "calibrate", "flats_to_measure",
    "what_explains",
]  # fmt: skip
