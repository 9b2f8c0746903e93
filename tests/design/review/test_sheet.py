"""The sheet as a whole: a good design passes, every row has its rule, days decide what counts."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.design.review.helpers import (
    FUXIN,
    IN_2010,
    IN_2013,
    balance,
    changed,
    checked,
    good,
    without,
)

from fenhu.design.review import (
    VERDICT_NAMES,
    Verdict,
    check_json,
    errors,
    may_be_filed,
    open_warnings,
    review,
    review_page,
)
from fenhu.design.review.rows import rows
from fenhu.design.review.sheet import MOST_PLACES, POLICY_RULES, RULES
from fenhu.design.values import DeviceKind
from fenhu.policy import load
from fenhu.records import SystemForm
from fenhu.wording import CHINESE, ENGLISH, speaking

DOCS = Path(__file__).parents[3] / "docs"
PAGES = {ENGLISH: DOCS / "engineers" / "review.md", CHINESE: DOCS / "zh" / "engineers" / "review.md"}
REMINDERS = {code for code, row in rows().items() if "ask" in row}


def test_every_row_has_a_rule_and_every_rule_a_row():
    assert set(RULES) | set(POLICY_RULES) == set(rows())
    assert not set(RULES) & set(POLICY_RULES)


def test_a_good_design_leaves_only_what_the_drawings_must_show():
    sheet = review(good(), on=IN_2013, policy=FUXIN)
    open_ones = {check.code for check in sheet if check.verdict not in (Verdict.PASS, Verdict.NOT_APPLICABLE)}
    assert open_ones == REMINDERS
    assert may_be_filed(sheet, {})


@pytest.mark.parametrize("language", PAGES)
def test_the_page_is_the_table(language):
    assert PAGES[language].read_text(encoding="utf-8") == review_page(language)


@pytest.mark.parametrize("code", rows())
def test_a_limit_is_a_number_and_the_row_says_what_a_fault_means(code):
    row = rows()[code]
    assert all(isinstance(limit, int | float) for limit in row["limit"].values())
    assert Verdict(row["severity"]) in (Verdict.ERROR, Verdict.WARNING, Verdict.ADVICE)


# GB 50736-2012 is in force from 2012-10-01; GB 50019-2003 4.8.6 had the 15 % before (facts A1)
@pytest.mark.parametrize(
    ("on", "clause"),
    [
        (IN_2010, "GB 50019-2003, 4.8.6"),
        (date(2012, 9, 30), "GB 50019-2003, 4.8.6"),
        (date(2012, 10, 1), "GB 50736-2012, 5.9.11"),
    ],
)
def test_the_balance_is_judged_by_the_standard_in_force_on_the_day(on, clause):
    check = checked("imbalance", changed(balances=(balance(0.16),)), on)
    with speaking("en"):
        assert (check.verdict, str(check.clause), str(check.note)) == (
            Verdict.ERROR,
            clause,
            "1 of 1 ways lie beyond it",
        )


def test_a_rule_of_a_later_standard_is_an_advice_to_a_case_of_2010():
    bad = changed(supply_c=86.0, return_c=60.0)
    assert checked("supply_temperature", bad, IN_2013).verdict is Verdict.WARNING
    check = checked("supply_temperature", bad, IN_2010)
    assert (check.verdict, check.severity) == (Verdict.ADVICE, Verdict.ADVICE)
    with speaking("en"):
        assert str(check.note) == "in force from 2012-10-01; advice to this case"


def test_advice_of_later_standards_never_stops_a_case_of_2010():
    bad = changed(supply_c=95.0, return_c=80.0, loads=changed().loads)
    sheet = review(bad, on=IN_2010, policy=FUXIN)
    assert may_be_filed(sheet, {})


def test_a_clause_is_verified_only_where_it_was_read():
    # 5.9.11 [S], 5.9.13 [K] in facts A1; points of the review are no clause
    assert checked("imbalance", good()).verified
    assert not checked("velocity", good()).verified
    assert not checked("vents", good()).verified


def test_the_citys_clause_comes_from_its_policy():
    assert str(checked("fileable_form", good()).clause) == f"{FUXIN.document} 一"


def test_without_a_policy_what_the_city_asks_does_not_apply():
    sheet = {check.code: check for check in review(good(), on=IN_2013)}
    absent = {code for code, check in sheet.items() if check.verdict is Verdict.NOT_APPLICABLE}
    assert set(POLICY_RULES) <= absent


def test_the_worst_places_come_first_and_not_all_of_them():
    many = tuple(balance(0.2 + n / 1000, name=f"flat {n}") for n in range(30))
    where = checked("imbalance", changed(balances=many)).where
    assert where == tuple(f"flat {n}" for n in range(29, 29 - MOST_PLACES, -1))


def test_an_error_blocks_the_filing_whatever_the_reasons():
    sheet = review(without(DeviceKind.BUILDING_METER), on=IN_2013, policy=FUXIN)
    assert {check.code for check in errors(sheet)} == {"inlet", "metering"}
    assert not may_be_filed(sheet, {check.code: "已说明" for check in sheet})


def test_a_warning_is_open_until_a_reason_is_written():
    sheet = review(good(SystemForm.VERTICAL_SINGLE_SERIES), on=IN_2013, policy=FUXIN)
    assert [check.code for check in open_warnings(sheet, {})] == ["form_of_existing"]
    assert [check.code for check in open_warnings(sheet, {"form_of_existing": "  "})] == ["form_of_existing"]
    assert may_be_filed(sheet, {"form_of_existing": "文件要求分户计量"})


def test_the_command_prints_clause_required_found_and_verdict():
    printed = check_json(checked("economical_loss", good()))
    assert {"clause", "required", "found", "verdict"} <= set(json.loads(json.dumps(printed)))
    assert printed["found"] == "最不利环路平均比摩阻 74.3 Pa/m，长 10.0 m"
    assert printed["verdict"] == "pass"


def test_every_verdict_has_a_word_in_both_languages():
    words = [VERDICT_NAMES[verdict] for verdict in Verdict]
    assert all(word.in_language("en") != word.in_language("zh-hans") for word in words)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_sentence_can_be_spoken(language):
    with speaking(language):
        for check in review(good(), on=IN_2010, policy=load("fuxin-2010")):
            assert all(str(one) for one in (check.clause, check.title, check.required, check.found))
