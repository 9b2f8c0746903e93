"""fenhu's own design and one made elsewhere pass through the same review."""

from functools import cache

import pytest
from tests.design.review.helpers import FUXIN, IN_2013

from fenhu.building import describe
from fenhu.design.changes import Changes
from fenhu.design.designing import design_building
from fenhu.design.review import Verdict, review
from fenhu.papers.foreign_template import foreign_template_xlsx
from fenhu.study.foreign import open_foreign

# What the design guarantees by itself; the rest is the inlet's, the city's or the draughtsman's.
GUARANTEED = (
    "room_temperature", "outdoor_temperature", "neighbour_allowance", "temperature_fall", "form",
    "flats_a_floor", "flats_a_riser", "output", "velocity", "end_size", "smallest_size",
    "insulation", "imbalance", "loss_margin", "gravity", "inlet_pressure", "inlet", "metering", "meter_size",
    "trv_kind", "flow_controllers", "household_strainer", "vents", "drains", "warm_enough", "not_too_warm",
    "fileable_form", "circulates_alone", "shut_off_alone", "regulated_alone", "metered_alone",
)  # fmt: skip


@cache
def house():
    return describe(
        "house", storeys=4, units=1, flats_per_floor=2, flat_area_m2=70.0, year_built=1985,
        system_form="vertical_single_series", supply_c=75.0, inlet_kpa=30.0, outdoor_c=-15.7,
    )  # fmt: skip


@cache
def ours():
    return design_building(house())


def verdicts(design):
    return {check.code: check.verdict for check in review(design, on=IN_2013, policy=FUXIN)}


@pytest.mark.parametrize("code", GUARANTEED)
def test_fenhus_own_design_holds_what_it_promises(code):
    assert verdicts(ours())[code] is Verdict.PASS


def handed_in(tmp_path):
    """Return the decisions in the template of our own design."""
    path = tmp_path / "design.xlsx"
    foreign_template_xlsx(ours(), path)
    found = open_foreign(path, ours())
    assert found.findings == ()
    return found.changes


def test_our_own_design_handed_in_as_anothers_is_judged_the_same(tmp_path):
    again = design_building(house(), changes=handed_in(tmp_path))
    assert {one.id: one.dn for one in again.segments} == {one.id: one.dn for one in ours().segments}
    assert verdicts(again) == verdicts(ours())


def test_a_riser_too_small_is_found_in_anothers_design():
    bad = design_building(house(), changes=Changes(sizes={"N1.1s": ("", 20), "N1.1r": ("", 20)}))
    assert ours().segment_by_id["N1.1s"].dn > 20
    check = next(one for one in review(bad, on=IN_2013, policy=FUXIN) if one.code == "velocity")
    assert (check.verdict, set(check.where[:2])) == (Verdict.ERROR, {"N1.1s", "N1.1r"})
