"""The one temperature scale: exact boundaries, readable ink, bands that colour-blind readers tell apart."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenhu.drawing import TEMPERATURE_BANDS, Tone, shown_temperature, temperature_band
from fenhu.drawing.palette import LEAST_CONTRAST, MISSING, SERIES, contrast_ratio, ink_on
from fenhu.errors import OutOfRange

# Machado, Oliveira, Fernandes (2009), severity 1.0, for linear RGB
PROTAN = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
DEUTAN = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
NORMAL = ((1, 0, 0), (0, 1, 0), (0, 0, 1))


@pytest.mark.parametrize(
    ("value_c", "code"),
    [
        (-5.0, "below-16"), (15.999, "below-16"), (16.0, "16-18"), (17.999, "16-18"), (18.0, "18-20"),
        (19.999, "18-20"), (20.0, "20-22"), (21.999, "20-22"), (22.0, "22-up"), (40.0, "22-up"),
    ],
)  # fmt: skip
def test_a_boundary_belongs_to_the_warmer_band(value_c, code):
    assert temperature_band(value_c).code == code


@pytest.mark.parametrize("value_c", [math.nan, math.inf])
def test_a_temperature_that_is_no_number_is_refused(value_c):
    with pytest.raises(OutOfRange):
        temperature_band(value_c)


@pytest.mark.parametrize(
    ("value_c", "shown"),
    [(17.96, "17.9"), (17.94, "17.9"), (18.04, "18.0"), (15.999, "15.9"), (21.55, "21.6")],
)
def test_a_shown_temperature_is_never_rounded_into_a_warmer_band(value_c, shown):
    assert shown_temperature(value_c) == shown


@given(st.floats(min_value=-30, max_value=60))
def test_what_is_shown_lies_in_the_band_whose_colour_is_shown(value_c):
    assert temperature_band(float(shown_temperature(value_c))) is temperature_band(value_c)


FILLS = [band.fill for band in TEMPERATURE_BANDS] + [tone.value for tone in Tone] + [MISSING, *SERIES]


@pytest.mark.parametrize("fill", FILLS)
def test_ink_reads_on_every_fill(fill):
    assert contrast_ratio(fill, ink_on(fill)) >= LEAST_CONTRAST


def test_contrast_of_black_and_white_is_21():
    assert contrast_ratio("#000000", "#ffffff") == pytest.approx(21.0)  # WCAG 2.1: (1 + 0.05) / (0 + 0.05)


@pytest.mark.parametrize("vision", [NORMAL, PROTAN, DEUTAN], ids=["normal", "protan", "deutan"])
def test_neighbouring_bands_differ_clearly_for_every_reader(vision):
    for cooler, warmer in pairwise(TEMPERATURE_BANDS):
        assert _distance(seen(cooler.fill, vision), seen(warmer.fill, vision)) > 10


def seen(colour, vision):
    """Return CIE L*a*b* of a colour as a reader with ``vision`` sees it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    red, green, blue = (
        min(1, max(0, sum(k * c for k, c in zip(row, linear, strict=True)))) for row in vision
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _distance(one, other):
    return math.dist(one, other)
