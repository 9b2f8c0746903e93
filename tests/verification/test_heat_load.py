"""The heat load of a façade as a published example has it (facts B4)."""

import pytest
from tests.verification.cases import Source, verified

from fenhu.design.load import corrected_loss_w, orientation_ratio

EXAMPLE = Source(
    "Heat load by the formula of a façade",
    "Beijing, 16 °C inside, −9 °C outdoors (doczj.com/doc/1310432766; numbers typed). Wall and window are "
    "met exactly; of the door the page is cut off before its value, which follows from its figures. "
    "[Sources](../sources.md#load-example).",
)
DIFFERENCE_K = 16.0 + 9.0
WALL_M2 = 7.2 * 3.9 - 3 * 2.2 - 3 * 3.3


# 1.239·11.58·25·(1 − 0.20) = 286.95 W; 3.0·6.6·25·(1 − 0.20) = 396.0 W; 6.4·9.9·25·(1 + 5 − 0.20) = 9,187.2 W
@pytest.mark.parametrize(
    ("surface", "u_w_m2k", "area_m2", "ratio", "expected_w"),
    [
        ("south wall", 1.239, WALL_M2, -0.20, 286.95),
        ("south window", 3.0, 6.6, -0.20, 396.0),
        ("entrance door, +500 %", 6.4, 9.9, 5.0 - 0.20, 9187.2),
    ],
)
def test_facade_loses_what_the_example_has(surface, u_w_m2k, area_m2, ratio, expected_w):
    found = corrected_loss_w(u_w_m2k, area_m2, DIFFERENCE_K, ratio)
    verified(EXAMPLE, surface, expected_w, found, 0.01, "W")


def test_corrections_lie_within_the_ranges_of_gb50736_5_2_6():
    ranges = {
        "N": (0.0, 0.10), "NE": (0.0, 0.10), "NW": (0.0, 0.10), "E": (-0.05, -0.05), "W": (-0.05, -0.05),
        "SE": (-0.15, -0.10), "SW": (-0.15, -0.10), "S": (-0.30, -0.15),
    }  # fmt: skip
    for facing, (low, high) in ranges.items():
        assert low <= orientation_ratio(facing) <= high
