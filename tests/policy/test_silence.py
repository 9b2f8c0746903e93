"""A city whose document is silent takes whole sections over, every entry marked as an assumption."""

import pytest

from fenhu.errors import PolicyFault
from fenhu.policy import available, check, load
from fenhu.policy.entry import entries
from fenhu.policy.faults import find_faults
from fenhu.policy.packaged import packaged_path
from fenhu.policy.silence import TAKEN

TAIAN = packaged_path("taian-2014").read_text(encoding="utf-8")
OTHERS = [info.id for info in available() if info.id != "fuxin-2010"]


def test_the_packaged_cities_are_fuxin_and_six_others():
    assert len(OTHERS) == 6


@pytest.mark.parametrize("name", OTHERS)
def test_a_packaged_city_has_no_faults(name):
    assert check(name) == ()


@pytest.mark.parametrize("name", OTHERS)
def test_everything_taken_over_is_an_assumption_that_names_the_document(name):
    said = packaged_path(name).read_text(encoding="utf-8")
    sections = tuple(key for key in TAKEN if f"[{key}" not in said)
    taken = [entry for key, entry in entries(load(name)) if key.partition("[")[0].split(".")[0] in sections]
    assert taken
    for entry in taken:
        assert entry.assumed
        assert entry.clause == ""
        assert "阜政办发〔2010〕34号" in entry.reason_zh
        assert "阜政办发〔2010〕34号" in entry.reason_en


@pytest.mark.parametrize("name", OTHERS)
def test_no_rule_of_money_is_taken_over(name):
    policy, said = load(name), packaged_path(name).read_text(encoding="utf-8")
    assert policy.repair_fund is None
    assert policy.grant is None
    assert policy.tariff is None
    assert len(policy.rewards) == said.count("[[reward]]")
    assert len(policy.cost_shares) == said.count("[[cost_share]]")


def test_a_reason_keeps_what_the_other_document_left_open():
    taken = load("hohhot-2015").criteria[0]
    assert taken.reason_zh.startswith(
        "本市文件未见规定，暂按阜政办发〔2010〕34号（三（二））；文件写“失调严重”"
    )


def test_a_section_the_file_has_is_its_own():
    warranty = load("taian-2014").warranty
    assert (warranty.assumed, warranty.clause) == (False, "条例第15条")


def test_the_digest_counts_what_was_taken_over():
    alone = load("fuxin-2010").digest
    assert len({load(info.id).digest for info in available()} | {alone}) == len(available())


def test_an_unknown_name_is_a_fault_with_its_line_and_the_known_ones():
    wrong = TAIAN.replace('silent_as = "fuxin-2010"', 'silent_as = "fuxin"')
    (fault,) = find_faults(wrong.encode())
    assert TAIAN.splitlines()[fault.line - 1].startswith("silent_as")
    assert "fuxin-2010" in str(fault.message)


def test_a_policy_that_is_silent_itself_cannot_be_followed():
    wrong = TAIAN.replace('silent_as = "fuxin-2010"', 'silent_as = "hohhot-2015"')
    assert [one.key for one in find_faults(wrong.encode())] == ["silent_as"]


def test_without_the_key_every_missing_section_is_a_fault(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text(TAIAN.replace('silent_as = "fuxin-2010"\n', ""), encoding="utf-8")
    keys = {one.key for one in check(path)}
    assert {"duty", "gate", "criterion", "form"} <= keys
    with pytest.raises(PolicyFault):
        load(str(path))


def test_a_fault_in_ones_own_section_still_has_its_line():
    wrong = TAIAN.replace("within_days = 30", "within_days = -1")
    (fault,) = find_faults(wrong.encode())
    assert fault.key == "instalment[1].within_days"
    assert TAIAN.splitlines()[fault.line - 1] == "within_days = 30"
