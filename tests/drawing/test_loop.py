"""A flat's heating before and after, one room on the scale, and readings of a thermometer."""

import re
from datetime import date

import pytest

from fenhu.drawing import (
    LOOP_PARTS,
    FlatLoop,
    RoomReading,
    loop_after_svg,
    loop_before_svg,
    readings_svg,
    readings_table,
    scale_svg,
)
from fenhu.errors import InputFault
from fenhu.records import SystemForm
from fenhu.wording import speaking

FITS = 328


def numbers_of(picture):
    return [float(value) for value in re.findall(r'\b(?:x|x1|x2|cx)="([\d.-]+)"', picture)]


@pytest.mark.parametrize("form", SystemForm)
@pytest.mark.parametrize("radiators", [(), ("客厅",), ("客厅", "主卧"), ("客厅", "主卧", "次卧", "厨房")])
def test_every_form_and_number_of_radiators_fits_a_small_telephone(form, radiators):
    flat = FlatLoop(flat="1-2-201", form=form, radiators=radiators)
    for picture in (loop_before_svg(flat), loop_after_svg(flat)):
        assert 'role="img"' in picture
        assert "style=" not in picture
        assert all(0 <= x <= FITS for x in numbers_of(picture))


def test_the_loop_after_shows_each_part_by_its_number():
    with speaking("en"):
        picture = loop_after_svg(FlatLoop(flat="1-2-201", form=SystemForm.VERTICAL_SINGLE_SERIES))
    shown = set(re.findall(r">(\d)</text>", picture))
    assert shown == {str(number) for number in range(1, len(LOOP_PARTS) + 1)}


def test_single_pipe_and_double_pipe_are_drawn_and_told_differently():
    series, double = (
        loop_before_svg(FlatLoop(flat="1", form=form))
        for form in (SystemForm.VERTICAL_SINGLE_SERIES, SystemForm.UNIT_DOUBLE)
    )
    assert series != double


@pytest.mark.parametrize(("before_c", "after_c"), [(9.0, 30.0), (13.4, 20.1), (None, 20.0), (18.0, None)])
def test_the_scale_holds_temperatures_beyond_its_ends(before_c, after_c):
    with speaking("en"):
        picture = scale_svg(title="t", desc="d", before_c=before_c, after_c=after_c)
    assert all(0 <= x <= FITS for x in numbers_of(picture))
    for value, word in ((before_c, "today"), (after_c, "after")):
        assert (f"{word} {value} ℃" in picture) == (value is not None)


def test_readings_show_every_day_and_the_limit():
    readings = [RoomReading(on_date=date(2011, 1, day), value_c=15.0 + day) for day in range(1, 6)]
    with speaking("en"):
        picture = readings_svg(readings, title="t", desc="d", limit_c=18.0)
    assert picture.count("<circle") == len(readings)
    assert "18 ℃ is due" in picture
    assert readings_table(readings).rows[0] == ("2011-01-01", "16.0")


def test_a_single_reading_can_be_drawn_and_none_cannot():
    assert readings_svg(
        [RoomReading(on_date=date(2011, 1, 1), value_c=0.0)], title="t", desc="d", limit_c=18.0
    )
    with pytest.raises(InputFault):
        readings_svg([], title="t", desc="d", limit_c=18.0)
