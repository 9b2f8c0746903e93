"""A tariff keeps its limits, a scale of refunds rises with the cold."""

from tests.policy.broken import changed, faults, fuxin_data

from fenhu.policy import load
from fenhu.policy.faults import find_faults


def said(toml):
    return [(fault.key, str(fault.message)) for fault in faults(toml)]


def test_fuxins_document_has_no_tariff_so_every_value_of_it_is_assumed():
    policy = load("fuxin-2010")
    assumed = {one.key for one in policy.assumptions()}
    assert {f"tariff.{name}" for name in type(policy.tariff).model_fields} <= assumed
    assert {f"low_temperature[{n}]" for n in (1, 2, 3)} <= assumed


def test_a_basic_share_above_the_legal_maximum_is_a_fault():
    found = said(
        changed("[tariff.basic_share_ratio]\nvalue = 0.30", "[tariff.basic_share_ratio]\nvalue = 0.60")
    )
    assert found[0][0] == "tariff.basic_share_ratio.value"
    assert "0.60" in found[0][1]
    assert "0.30" in found[0][1]


def test_a_limit_below_the_area_bill_is_a_fault():
    found = said(changed("value = 1.10", "value = 0.90"))
    assert [key for key, _ in found] == ["tariff.metered_bill_max_ratio.value"]


def test_a_colder_step_that_pays_back_less_is_a_fault():
    found = said(changed("refund_ratio = 0.50", "refund_ratio = 0.10"))
    assert [key for key, _ in found] == ["low_temperature[2].refund_ratio"]


def test_a_temperature_twice_is_a_fault():
    found = said(changed("below_c = 16", "below_c = 18"))
    assert ("low_temperature[2].below_c") in [key for key, _ in found]


def test_a_city_without_meters_leaves_the_sections_out():
    from tests.policy.broken import FUXIN

    start = FUXIN.index("[tariff.area_yuan_per_m2]")
    end = FUXIN.index("\n# ──", start)
    assert find_faults((FUXIN[:start] + FUXIN[end:]).encode()) == ()
    assert "tariff" in fuxin_data()
