"""Forms side by side: what physics, the policy and the bill say of each."""

from functools import cache

import pytest

from fenhu import policy
from fenhu.building import describe
from fenhu.records import SystemForm
from fenhu.study.comparing import compare_forms, comparison_json, comparison_svg, comparison_table
from fenhu.study.designing import study_design

FUXIN = policy.load("fuxin-2010")


@cache
def house(**known):
    usual = {"storeys": 5, "units": 1, "flats_per_floor": 2, "flat_area_m2": 80.0, "inlet_kpa": 25.0}
    return describe("house", **{**usual, **known})


@cache
def compared(**known):
    return compare_forms(house(**known), FUXIN)


def rows(**known):
    return {None if row.kept else row.form: row for row in compared(**known).rows}


def spread_k(row):
    return row.warmest_c - row.coldest_c


def test_the_kept_single_pipe_house_is_the_most_uneven():
    found = rows()
    assert all(spread_k(found[None]) > spread_k(row) for form, row in found.items() if form)


def test_c1_only_loops_of_their_own_let_a_flat_do_all_four_things_alone():
    alone = {form: len(row.works.alone) for form, row in rows().items() if row.works}
    assert alone[SystemForm.HOUSEHOLD_DOUBLE] == 4
    assert all(n < 4 for form, n in alone.items() if form is not SystemForm.HOUSEHOLD_DOUBLE)


def test_the_conflict_with_the_guideline_stands_on_household_loops_alone():
    def conflicts(form):
        return [clause for _, clause, _ in rows()[form].works.faults if "JGJ 173" in str(clause)]

    assert conflicts(SystemForm.HOUSEHOLD_DOUBLE)
    assert not conflicts(SystemForm.VERTICAL_DOUBLE)


def test_costs_are_those_of_the_bills():
    for form, row in rows().items():
        if form:
            assert row.works.cost_fen == study_design(house(), FUXIN, form=form).bill.cost_fen


def test_open_windows_waste_less_heat_after_the_conversion():
    found = rows()
    assert found[SystemForm.HOUSEHOLD_DOUBLE].winter.ventilated_gj < found[None].winter.ventilated_gj


def test_a_form_that_cannot_be_built_is_a_row_with_its_reason():
    # A single storey on 60 °C: a bypass leaves its radiator too little water.
    found = rows(storeys=1, supply_c=60.0, heat_load_w_m2=60.0, flat_area_m2=43.0)
    refused = found[SystemForm.VERTICAL_SINGLE_BYPASS]
    assert refused.refused is not None
    assert refused.works is None
    heads, table = comparison_table(
        compared(storeys=1, supply_c=60.0, heat_load_w_m2=60.0, flat_area_m2=43.0)
    )
    at = [str(head) for head in heads].index(str(refused.name))
    assert {row[at] for row in table} == {"—"}


@pytest.mark.parametrize("known", [{}, {"system_form": "vertical_double"}])
def test_the_picture_and_the_json_name_every_form(known):
    answer = comparison_json(compared(**known))
    assert len(answer["forms"]) == 4
    picture = comparison_svg(compared(**known))
    for row in compared(**known).rows:
        assert str(row.name) in picture
