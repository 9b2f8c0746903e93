"""A wrong policy file is refused with every fault, its line and its key."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.broken import FUXIN, changed, faults, line_of, without

from fenhu.errors import PolicyFault
from fenhu.policy import load
from fenhu.wording import speaking


def only(toml):
    found = faults(toml)
    assert len(found) == 1, [(one.line, one.key, str(one.message)) for one in found]
    return found[0]


def in_english(finding):
    return finding.message.in_language("en")


def test_an_unknown_key_names_the_nearest_known_one():
    toml = changed('payer = "user"', 'payor = "user"')
    missing, unknown = sorted(faults(toml), key=lambda finding: finding.key)
    assert (unknown.key, unknown.line) == ("cost_share[1].payor", line_of(toml, "payor"))
    assert "did you mean payer" in in_english(unknown)
    assert missing.key == "cost_share[1].payer"


def test_an_unknown_section_names_the_nearest_known_one():
    toml = changed("[warranty]", "[waranty]")
    keys = {finding.key: finding for finding in faults(toml)}
    assert keys["waranty"].line == line_of(toml, "[waranty]")
    assert "did you mean warranty" in in_english(keys["waranty"])
    assert "warranty" in keys


def test_a_missing_key_is_placed_at_its_table():
    toml = changed("seasons = 2\n", "")
    finding = only(toml)
    assert (finding.key, finding.line) == ("warranty.seasons", line_of(toml, "[warranty]"))


def test_a_wrong_type_says_what_is_expected():
    toml = changed("stock_flats = 50_000", 'stock_flats = "many"')
    finding = only(toml)
    assert (finding.key, finding.line) == ("programme.stock_flats", line_of(toml, "stock_flats"))
    assert in_english(finding) == "many is of the wrong kind; expected: a whole number"


def test_a_number_for_a_truth_value_is_refused():
    assert only(changed("rewarded = true", "rewarded = 1")).key == "programme.volunteers.rewarded"


def test_a_word_that_is_not_possible_lists_the_possible_ones():
    finding = only(changed('developer = "city"', 'developer = "province"'))
    assert finding.key == "responsibility.developer"
    assert "'city' or 'district'" in in_english(finding)


def test_an_impossible_day_is_refused():
    finding = only(changed('day = "04-30"', 'day = "04-31"'))
    assert finding.key == "calendar.filing_deadline.day"


def test_a_fact_without_a_clause_is_refused():
    toml = changed('district = "district"\nclause = "二（二）"', 'district = "district"')
    finding = only(toml)
    assert finding.key == "responsibility.clause"
    assert finding.line == line_of(toml, "[responsibility]")


@pytest.mark.parametrize("key", ["reason", "reason_en"])
def test_an_assumption_without_its_reason_is_refused(key):
    start = FUXIN.index(f"{key} = ", FUXIN.index("[warranty]"))
    toml = FUXIN[:start] + FUXIN[FUXIN.index("\n", start) + 1 :]
    assert only(toml).key == f"warranty.{key}"


def test_every_fault_is_listed_in_the_order_of_the_file():
    toml = changed("stock_flats = 50_000", "stock_flats = -1").replace("weight = 0.20", "weight = 7", 1)
    toml = toml.replace('day = "09-30"', 'day = "13-01"', 1)
    found = faults(toml)
    assert [finding.key for finding in found] == [
        "programme.stock_flats",
        "calendar.completion_deadline.day",
        "criterion[1].weight",
    ]
    assert [finding.line for finding in found] == sorted(finding.line for finding in found)


def test_shares_above_one_are_refused():
    finding = only(changed("value = 0.5\nof", "value = 1.5\nof"))
    assert finding.key.startswith("cost_share[")
    assert "exceeds 1" in in_english(finding)


def test_shares_of_one_item_that_add_up_to_more_than_one_are_refused():
    toml = changed(
        'item = "indoor_material"\npayer = "user"\norder = 1\nrule = "remainder"',
        'item = "indoor_labour"\npayer = "user"\norder = 7\nrule = "share"\nvalue = 0.6',
    )
    assert any("add up to 1.1" in in_english(finding) for finding in faults(toml))


def test_shares_that_do_not_reach_the_whole_cost_are_refused():
    toml = changed(
        'payer = "user"\norder = 1\nrule = "remainder"',
        'payer = "user"\norder = 1\nrule = "share"\nvalue = 0.9',
    )
    finding = only(toml)
    assert (finding.key, finding.line) == ("cost_share[1]", line_of(toml, "[[cost_share]]"))
    assert "do not reach the whole cost" in in_english(finding)


def test_a_capped_remainder_does_not_reach_the_whole_cost():
    toml = changed(
        'payer = "user"\norder = 1\nrule = "remainder"',
        'payer = "user"\norder = 1\nrule = "remainder"\ncap_yuan_per_flat = 500',
    )
    assert "do not reach the whole cost" in in_english(only(toml))


def test_the_repair_fund_may_not_pay_for_indoor_work():
    toml = changed('item = "indoor_labour"\npayer = "owner"', 'item = "indoor_labour"\npayer = "repair_fund"')
    assert any(
        "may not pay for indoor_labour" in in_english(finding) and finding.key == "cost_share[2].item"
        for finding in faults(toml)
    )


def test_the_repair_fund_may_not_pay_more_than_its_part():
    toml = changed(
        'payer = "repair_fund"\norder = 1\nrule = "share"\nvalue = 0.3',
        'payer = "repair_fund"\norder = 1\nrule = "share"\nvalue = 0.4',
    )
    finding = only(toml)
    assert finding.key == "cost_share[4].value"


def test_two_rules_of_one_order_are_refused():
    toml = changed('order = 2\nrule = "available"', 'order = 1\nrule = "available"')
    assert "two rules of order 1" in in_english(only(toml))


def test_overlapping_periods_are_refused():
    toml = changed("to = 2020-12-31", "to = 2021-03-31")
    finding = only(toml)
    assert (finding.key, finding.line) == ("consent[2].from", line_of(toml, "from = 2021-01-01"))


def test_a_period_that_ends_before_it_starts_is_refused():
    assert any(
        finding.key == "consent[1].to" for finding in faults(changed("to = 2020-12-31", "to = 2009-12-31"))
    )


def test_a_threshold_off_its_scale_is_refused():
    toml = changed("threshold = 18", "threshold = 25")
    finding = only(toml)
    assert (finding.key, finding.line) == ("criterion[2].threshold", line_of(toml, "threshold = 25"))


def test_a_consent_threshold_above_one_is_refused():
    assert only(changed('heads = "2/3"', "heads = 67")).key == "consent[1].heads"


def test_weights_that_do_not_make_one_are_refused():
    toml = changed("weight = 0.20", "weight = 0.25")
    assert "add up to 1.05" in in_english(only(toml))


def test_a_duplicate_criterion_is_refused():
    toml = changed('code = "cold"', 'code = "imbalance"')
    keys = [finding.key for finding in faults(toml)]
    assert "criterion[2].code" in keys
    assert "priority_group[1].criteria" in keys


def test_evidence_of_another_level_is_refused():
    toml = changed('applies_to = "estate"', 'applies_to = "building"')
    assert only(toml).key == "criterion[6].applies_to"


def test_a_reward_for_an_unknown_district_is_refused():
    finding = only(changed('level = "district"\n', 'level = "district"\ndistrict = "铁西"\n'))
    assert finding.key == "reward[2].district"


def test_a_works_deadline_before_the_filing_is_refused():
    assert any(
        finding.key == "calendar.filing_deadline.day"
        for finding in faults(changed('day = "09-30"', 'day = "04-01"'))
    )


def test_an_exception_in_another_year_is_refused():
    assert only(changed("date = 2010-06-10", "date = 2011-06-10")).key == "calendar.exception[1].date"


def test_a_target_outside_the_planned_years_is_refused():
    assert only(changed("year = 2014", "year = 2024")).key == "programme.target[5].year"


def test_a_form_that_may_not_be_filed_is_no_target():
    assert (
        only(changed('becomes = "household_double"', 'becomes = "vertical_double"')).key
        == "form.change[1].becomes"
    )


def test_a_hand_sum_that_does_not_add_up_is_refused():
    assert only(changed("supplier = 41_250", "supplier = 41_251")).key == "case[1].expect_yuan"


def test_a_missing_section_is_a_fault():
    assert [finding.key for finding in faults(without("[warranty]"))] == ["warranty"]


def test_broken_toml_is_placed_on_its_line():
    toml = changed("stock_flats = 50_000", "stock_flats = ")
    finding = only(toml)
    assert finding.line == line_of(toml, "stock_flats")
    assert finding.key == ""


def test_a_key_given_twice_is_placed_on_its_line():
    toml = changed("seasons = 2\n", "seasons = 2\nseasons = 3\n")
    assert only(toml).line == line_of(toml, "seasons = 3")


def test_a_file_in_gbk_is_refused_as_not_utf_8():
    from fenhu.policy.faults import find_faults

    (finding,) = find_faults(FUXIN.encode("gb18030"))
    assert finding.line == 1
    assert "UTF-8" in in_english(finding)


def test_load_refuses_a_faulty_file_with_file_key_and_line(tmp_path):
    path = tmp_path / "ours.toml"
    toml = changed("seasons = 2", "seasons = -2")
    path.write_text(toml, encoding="utf-8")
    with pytest.raises(PolicyFault) as refused:
        load(str(path))
    assert (refused.value.key, refused.value.line) == ("warranty.seasons", line_of(toml, "seasons"))
    with speaking("en"):
        assert "1 faults" in str(refused.value)


LINES = FUXIN.splitlines()


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, len(LINES) - 1), st.sampled_from(["", "x = 1", "[x]", "[[reward]]", "value = -1", "= ="])
)
def test_no_damaged_line_crashes_the_check(number, instead):
    damaged = [*LINES[:number], instead, *LINES[number + 1 :]]
    for finding in faults("\n".join(damaged)):
        assert finding.line is None or 1 <= finding.line <= len(damaged)
        assert finding.message.in_language("en")


VALUES = [number for number, line in enumerate(LINES) if " = " in line and not line.startswith("#")]
NASTY = [
    "0", "-1", "nan", "inf", "1e999999999", "1e-999999999", "99999999999999", '""', '"{x}"', "[]", "[[1]]",
    "{}", "true", "2010-02-28", "12:00:00", '"02-29"', "99999", '"1/0"', "1.5",
]  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(VALUES), st.sampled_from(NASTY))
def test_no_value_crashes_the_check(number, value):
    key = LINES[number].partition(" = ")[0]
    damaged = [*LINES[:number], f"{key} = {value}", *LINES[number + 1 :]]
    for finding in faults("\n".join(damaged)):
        assert finding.message.in_language("en")


def test_no_planned_years_are_refused():
    toml = changed("[programme.planned_years]\nvalue = 5", "[programme.planned_years]\nvalue = 0")
    assert only(toml).key == "programme.planned_years.value"


def test_numbers_too_large_to_be_meant_are_refused():
    assert only(changed("value = 3.00", "value = 1e999999999")).key == "reward[1].value"
    assert only(changed("threshold = 18", "threshold = 1e999999999")).key == "criterion[2].threshold"


def test_lists_nested_too_deeply_are_unreadable():
    (finding,) = faults("x = " + "[" * 50_000)
    assert finding.line is None
