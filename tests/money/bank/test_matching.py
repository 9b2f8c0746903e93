"""Who a payment is from: by contract number, by flat, by name with amount; and what is left to a person."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenhu.errors import InputFault
from fenhu.money.bank import Evidence, OpenItem, StatementLine, match_payments

CONTRACT, ADDRESS, NAME, AMOUNT = Evidence.CONTRACT, Evidence.ADDRESS, Evidence.NAME, Evidence.AMOUNT


def item(key, flat, *, building="A2", contract="", name="", owed=100_00, arrears=0, names=("和平小区A2",)):
    return OpenItem(
        key=key, building=building, flat=flat, contract_number=contract, payer_name=name, owed_fen=owed,
        arrears_fen=arrears, building_names=names,
    )  # fmt: skip


ITEMS = (
    item("a", "1-1-101", contract="HT-2010-1", name="张三"),
    item("b", "1-1-102", contract="HT-2010-12", name="李四"),
    item("c", "2-1-101", contract="HT-2010-2", name="王五", owed=250_00, arrears=50_00),
    item("d", "1-1-101", building="A21", contract="HT-2010-3", name="张三", names=("和平小区A21",)),
    item("owner", "", contract="HT-2010-4", name="某厂"),
)


def line(remark="", fen=100_00, name="", reference="r1", day=3):
    return StatementLine(
        reference=reference, date=date(2010, 5, day), amount_fen=fen, payer_name=name, remark=remark
    )


def matched(*lines, items=ITEMS, **options):
    found = match_payments(lines, items, **options)
    assert not found.unmatched, [str(one.reason) for one in found.unmatched]
    return [(one.key, one.fen, one.evidence, one.sure) for one in found.matched]


def left(*lines, items=ITEMS):
    found = match_payments(lines, items)
    assert not found.matched, found.matched
    return [(one.code, one.candidates) for one in found.unmatched]


@pytest.mark.parametrize("remark", ["供热改造 HT-2010-1", "合同号：ｈｔ－２０１０－１。", "HT 2010 1 张三"])
def test_a_contract_number_in_the_remark_is_sure(remark):
    assert matched(line(remark)) == [("a", 100_00, (CONTRACT,), True)]


def test_a_longer_contract_number_is_not_taken_for_its_beginning():
    assert matched(line("HT-2010-12"))[0][0] == "b"


@pytest.mark.parametrize(
    "remark",
    [
        "和平小区A2-1-101", "A2 1单元101", "A2/1-1-101", "a2-1-1-101室", "A2楼1单元1层101",
        "Ａ２＃1单元101室改造款",
        "张三 A2 1门101户",
    ],
)  # fmt: skip
def test_a_flat_is_known_in_the_spellings_people_use(remark):
    assert matched(line(remark)) == [("a", 100_00, (ADDRESS,), True)]


def test_a_building_whose_code_goes_on_is_another_building():
    assert matched(line("A21 1单元101"))[0][0] == "d"


def test_contract_and_flat_that_agree_are_both_named():
    assert matched(line("HT-2010-1 A2 1单元101")) == [("a", 100_00, (CONTRACT, ADDRESS), True)]


@pytest.mark.parametrize("remark", ["HT-2010-1 A2 1单元102", "HT-2010-1 A2 3单元301"])
def test_contract_and_flat_that_contradict_are_left_to_a_person(remark):
    ((code, candidates),) = left(line(remark))
    assert code == "contradiction"
    assert "a" in candidates


def test_two_flats_in_one_remark_are_left_to_a_person():
    assert left(line("A2 1单元101 和 A2 1单元102", fen=200_00)) == [("ambiguous", ("a", "b"))]


def test_one_line_pays_several_items_only_when_asked_and_exactly():
    remark = "A2 1单元101, A2 2单元101"
    found = matched(line(remark, fen=350_00), several=True)
    assert [(key, fen) for key, fen, _, _ in found] == [("a", 100_00), ("c", 250_00)]
    assert match_payments([line(remark, fen=300_00)], ITEMS, several=True).unmatched


def test_a_flat_that_owes_nothing_is_said_so():
    assert left(line("A2 5单元501", name="李四")) == [("nothing-open", ())]


@pytest.mark.parametrize("fen", [250_00, 50_00])
def test_a_name_with_the_exact_debt_or_arrears_is_likely(fen):
    assert matched(line(name="王 五", fen=fen)) == [("c", fen, (NAME, AMOUNT), False)]


def test_a_name_with_another_amount_is_left_with_its_candidates():
    assert left(line(name="王五", fen=249_99)) == [("other-amount", ("c",))]


def test_two_of_one_name_with_one_amount_are_left_to_a_person():
    assert left(line(name="张三")) == [("ambiguous", ("a", "d"))]


def test_a_name_at_another_building_than_the_remark_names_is_left_to_a_person():
    assert left(line("和平小区A21 改造", name="李四")) == [("contradiction", ("b",))]


def test_nobody_known_is_listed():
    assert left(line("暖气", name="赵六"), line(reference="r2")) == [("unknown", ()), ("unknown", ())]


def test_what_exceeds_the_debt_is_matched_and_flagged():
    # 60 + 70 yuan against a debt of 100: the second line is 30 too much.
    found = match_payments([line("HT-2010-1", 70_00, "", "r2", 4), line("HT-2010-1", 60_00)], ITEMS)
    assert [(one.line.reference, one.overpaid_fen) for one in found.matched] == [("r1", 0), ("r2", 30_00)]


def test_the_same_name_and_amount_twice_pays_once():
    found = match_payments([line(name="李四"), line(name="李四", reference="r2")], ITEMS)
    assert [one.line.reference for one in found.matched] == ["r1"]
    assert [one.code for one in found.unmatched] == ["paid-already"]


def test_a_returned_payment_needs_a_remark_that_names_it():
    assert matched(line("HT-2010-1 退汇", fen=-100_00)) == [("a", -100_00, (CONTRACT,), True)]
    assert left(line(name="李四", fen=-100_00)) == [("returned", ())]


def test_a_room_without_its_storey_is_no_evidence_where_it_could_be_another():
    # 1-2 could be unit 1, room 2 of any storey.
    assert left(line("A2 1-2"), items=(item("x", "1-3-2"),)) == [("nothing-open", ())]


def test_a_public_payer_is_known_by_contract_or_name():
    assert matched(line("HT-2010-4"))[0][0] == "owner"
    assert matched(line(name="某厂"))[0][0] == "owner"


def test_short_contract_numbers_are_no_evidence():
    # 2010 in a remark is a year.
    assert left(line("2010 采暖季"), items=(item("x", "1-1-101", contract="2010"),)) == [("unknown", ())]


def test_items_with_the_same_key_are_refused():
    with pytest.raises(InputFault):
        match_payments([], (ITEMS[0], ITEMS[0]))


WORDS = ("HT-2010-1", "HT-2010-12", "A2 1单元101", "A2 2-1-101", "A21 1-101", "和平小区A2", "款", "A2 9-901")
LINES = st.lists(
    st.builds(
        line,
        remark=st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join),
        fen=st.sampled_from([100_00, 50_00, 250_00, -100_00, 1]),
        name=st.sampled_from(["", "张三", "李四", "王五", "赵六"]),
        reference=st.sampled_from(["r1", "r2", "r3", "r4"]),
        day=st.integers(1, 3),
    ),
    max_size=8,
    unique_by=lambda one: one.reference,
)


@given(lines=LINES, order=st.randoms(use_true_random=False), several=st.booleans())
@settings(max_examples=150)
def test_order_changes_nothing_and_every_line_is_matched_or_listed(lines, order, several):
    found = match_payments(lines, ITEMS, several=several)
    shuffled_lines, shuffled_items = list(lines), list(ITEMS)
    order.shuffle(shuffled_lines)
    order.shuffle(shuffled_items)
    assert match_payments(shuffled_lines, shuffled_items, several=several) == found
    there = {one.line.reference for one in found.matched}
    listed = [one.line.reference for one in found.unmatched]
    assert there.isdisjoint(listed)
    assert sorted([*there, *listed]) == sorted(one.reference for one in lines)
    for one in lines:
        parts = [match.fen for match in found.matched if match.line == one]
        assert not parts or sum(parts) == one.amount_fen
        assert several or len(parts) <= 1
