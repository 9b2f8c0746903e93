"""贺平《供热工程》 example 4-1: loss per metre of every segment (docs/sources.md#heping)."""

import pytest

from fenhu.building.fitting import section_w
from fenhu.heat import specific_loss_pa_m

STEEL_M = {20: 0.02125, 32: 0.03575, 40: 0.041, 50: 0.053, 70: 0.068}
DENSITY, VISCOSITY = 983.248, 0.471e-6 * 983.248

# Heat of the segment in W, DN, printed R in Pa/m; G = 0.86·Q/25 kg/h.
SEGMENTS = [(7900, 32, 3.39), (15100, 40, 5.58), (22300, 50, 3.18), (29500, 50, 5.34), (37400, 70, 2.39),
            (74800, 70, 8.69)]  # fmt: skip


@pytest.mark.parametrize(("heat_w", "dn", "printed_pa_m"), SEGMENTS)
def test_specific_loss_matches_the_printed_value_within_one_percent(heat_w, dn, printed_pa_m):
    flow = 0.86 * heat_w / 25.0 / 3600.0
    assert specific_loss_pa_m(flow, STEEL_M[dn], 2e-4, DENSITY, VISCOSITY) == pytest.approx(
        printed_pa_m, rel=0.01
    )


def test_laminar_first_segment_is_within_three_percent():
    flow = 0.86 * 1500 / 25.0 / 3600.0
    assert specific_loss_pa_m(flow, STEEL_M[20], 2e-4, DENSITY, VISCOSITY) == pytest.approx(1.38, rel=0.03)


# Output of one section at Δt 64.5 K (facts A4): K·F·Δt.
@pytest.mark.parametrize(
    ("kind", "heat_w"),
    [("TZ4-6-5", 128.6), ("TZ4-813", 142.2), ("TZ4-640", 92.0), ("M-132", 123.7), ("TZ2-700", 96.7)],
)
def test_section_output_matches_the_catalogue(kind, heat_w):
    assert section_w(kind, 1, 64.5) == pytest.approx(heat_w, rel=0.002)
