"""The bill of quantities: counted from the geometry, opened to its sources, summed to the fen."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.design.hand_made import a_design, a_device, a_radiator, a_segment
from tests.diagnosis.helpers import building, flats

from fenhu.building import Loop, describe
from fenhu.design.city_prices import read_price_book
from fenhu.design.designing import design_building
from fenhu.design.prices import price_book
from fenhu.design.quantities import (
    bill_csv,
    bill_difference,
    bill_json,
    bill_of_quantities,
    bill_totals,
    material_rows,
    part_name,
)
from fenhu.design.values import Action, DeviceKind, Place, Role, Side
from fenhu.errors import UnknownItem
from fenhu.money import read_bill, share_bill, sharing_facts
from fenhu.policy import load
from fenhu.records import SystemForm

BOOK = price_book(2010)
FUXIN = load("fuxin-2010")
FLAT = "1-101"


def line_of(bill, name):
    found = [one for one in bill.lines if one.line.line == name]
    assert len(found) == 1, (name, [one.line.line for one in bill.lines])
    return found[0]


def names_of(bill):
    return {one.line.line for one in bill.lines}


# Facts E price a home of 90 m² at 26 yuan/m² (2010) and 49 (2024), without radiators and meter. With our
# holes, 2010: pipe 45 × 9 × 1.35 = 546.75; valves 5 × 90 + 62.5 + 20 = 532.50; two sleeves 14; labour 45 × 10
# = 450, two wall holes 35, eight partition holes 64, removal 75, repair 150; riser 8 × (22 × 1.35 + 12.5) =
# 337.60, two sleeves 20, labour 80, two slab holes 52: 2,356.85; with 4.5 % for design and supervision
# 2,462.91, 27.37 a m². 2024: 668.25 + 545 + 19 + 1282.5 + 86 + 160 + 300 + 550 + 472.8 + 28 + 228 + 125 =
# 4,464.55; 4,665.45 in all, 51.84 a m².
@pytest.mark.parametrize(("year", "facts_e", "by_hand"), [(2010, 26, "27.37"), (2024, 49, "51.84")])
def test_a_home_of_90_m2_costs_what_facts_e_find_plausible(year, facts_e, by_hand):
    totals = bill_totals(bill_of_quantities(a_design(1), price_book(year)))
    assert totals.per_m2_yuan == Decimal(by_hand)
    assert float(totals.per_m2_yuan) == pytest.approx(facts_e, rel=0.25)


@pytest.mark.parametrize(("year", "facts_e"), [(2010, 26), (2024, 49)])
def test_a_designed_building_of_90_m2_homes_costs_what_facts_e_find_plausible(year, facts_e):
    house = describe(
        storeys=6, units=3, flats_per_floor=2, flat_area_m2=90.0, year_built=1985, outdoor_c=-15.7
    )
    bill = bill_of_quantities(design_building(house, prices=price_book(year)), price_book(year))
    left_out = ("radiator", "labour.radiator", "household_meter", "meter_spool", "building_meter")
    counted = [one for one in bill.lines if one.part != "whole" and not one.code.startswith(left_out)]
    works_yuan = sum(one.line.cost_fen for one in counted) / 100
    assert works_yuan * 1.045 / (36 * 90) == pytest.approx(facts_e, rel=0.25)


def test_pipes_are_counted_by_material_and_size_in_each_flat_and_part():
    bill = bill_of_quantities(a_design(), BOOK)
    indoor, riser = line_of(bill, f"pipe.ppr.25/{FLAT}"), line_of(bill, "pipe.steel.40@N1")
    assert (indoor.line.quantity, indoor.line.unit, indoor.line.item) == (45, "m", "indoor_material")
    assert (riser.line.quantity, riser.line.item, riser.line.flat) == (24, "common_material", "")
    assert line_of(bill, f"labour.pipe.50/{FLAT}").line.item == "indoor_labour"
    assert line_of(bill, "labour.pipe.50@N1").line.item == "common_labour"
    assert line_of(bill, "insulation.40@N1").line.quantity == 24


def test_every_line_opens_to_what_it_counts_in_the_design():
    design = a_design()
    known = {one.id for one in (*design.segments, *design.devices, *design.radiators, *design.flats)}
    for one in bill_of_quantities(design, BOOK).lines:
        assert set(one.counted) <= known
        assert one.counted or one.part == "whole"
        assert str(one.name)
        assert str(one.rule)
        assert one.price.source


def test_every_pipe_device_and_flat_is_counted():
    design = a_design()
    bill = bill_of_quantities(design, BOOK)
    counted = {name for one in bill.lines for name in one.counted}
    assert {one.id for one in (*design.segments, *design.devices, *design.flats)} <= counted


def test_fittings_are_percent_of_the_pipe_where_the_book_has_no_price_for_them():
    one = line_of(bill_of_quantities(a_design(), BOOK), f"fittings/{FLAT}")
    # 35 % of 45 m × 9 yuan
    assert (one.line.quantity, one.line.unit_price_yuan, one.line.cost_fen) == (Decimal("0.35"), 405, 14175)
    assert "percent" in one.rule.in_language("en")


def test_fittings_are_counted_where_the_book_prices_every_one(tmp_path):
    path = tmp_path / "prices.toml"
    path.write_text(
        'year = 2010\ncity = "阜新"\nsource = "x"\ntrust = "S"\n'
        '[[price]]\ncode = "fitting.elbow.ppr.25"\nyuan = 2\n'
        'name = "弯头"\nname_en = "Elbow"\nunit = "个"\nkind = "material"\n',
        encoding="utf-8",
    )
    bill = bill_of_quantities(a_design(), read_price_book(path))
    # the hand-made flat has an elbow in each of its ten runs; the riser's fittings have no price
    assert line_of(bill, f"fitting.elbow.ppr.25/{FLAT}").line.quantity == 10
    assert f"fittings/{FLAT}" not in names_of(bill)
    assert "fittings@N1" in names_of(bill)


def test_holes_are_counted_by_slab_wall_and_partition():
    bill = bill_of_quantities(a_design(flats=3), BOOK)
    # two pipes through three slabs; two pipes into each flat; ten runs, the first two of them without a hole
    assert line_of(bill, "labour.hole.slab.50@N1").line.quantity == 6
    assert line_of(bill, f"labour.hole.wall.32/{FLAT}").line.quantity == 2
    assert line_of(bill, f"labour.hole.partition.32/{FLAT}").line.quantity == 8
    assert line_of(bill, "sleeve.40@N1").line.quantity == 6
    assert line_of(bill, f"sleeve.25/{FLAT}").line.quantity == 2


@pytest.mark.parametrize(
    ("rise_m", "side", "storey", "slabs"),
    [
        (1.5, Side.SUPPLY, 1, 1),  # from the trench through the ground floor
        (2.8, Side.SUPPLY, 2, 1),  # from storey to storey
        (9.9, Side.SUPPLY, 4, 4),  # from the trench straight to a higher zone
        (-2.8, Side.RETURN, 3, 1),
        (-1.9, Side.SUPPLY, 3, 0),  # from the main in the top storey down into that storey
    ],
)
def test_a_piece_of_riser_passes_the_slabs_between_its_ends(rise_m, side, storey, slabs):
    piece = a_segment("N2.1s", Role.RISER, side, 3.0, riser="N2", storey=storey, rise_m=rise_m)
    bill = bill_of_quantities(a_design(flats=3, segments=(piece,)), BOOK)
    counted = [one.line.quantity for one in bill.lines if one.code.startswith("labour.hole.slab")]
    assert sum(counted) == slabs


def test_public_devices_stand_at_the_inlet_or_their_riser():
    devices = (
        a_device("inlet.meter", DeviceKind.BUILDING_METER, 65),
        a_device("N1.gate", DeviceKind.RISER_GATE, 40, riser="N1"),
    )
    bill = bill_of_quantities(a_design(devices=devices), BOOK)
    assert line_of(bill, "building_meter.65@inlet").line.cost_fen == 750_000
    assert line_of(bill, "gate_valve.40@N1").line.item == "common_material"
    assert str(part_name("inlet"))
    assert "N1" in str(part_name("N1"))


@pytest.mark.parametrize("kind", list(DeviceKind))
@pytest.mark.parametrize("dn", [15, 20, 25])
def test_every_kind_of_device_has_a_price(kind, dn):
    bill = bill_of_quantities(a_design(1, devices=(a_device("x", kind, dn),), segments=()), BOOK)
    assert [one.counted for one in bill.lines if "x" in one.counted] == [("x",)]


def test_only_what_is_added_to_a_radiator_is_bought():
    radiators = (
        a_radiator("r1", FLAT),
        a_radiator("r2", FLAT, Action.EXTEND, before=10, sections=13),
        a_radiator("r3", FLAT, Action.REPLACE, kind="TZ4-813", before=10, sections=12),
        a_radiator("r4", FLAT, Action.NEW, before=0, sections=8),
    )
    bill = bill_of_quantities(a_design(radiators=radiators), BOOK)
    added, replaced = line_of(bill, f"radiator.TZ4-6-5/{FLAT}"), line_of(bill, f"radiator.TZ4-813/{FLAT}")
    assert (added.line.quantity, added.counted) == (3 + 8, ("r2", "r4"))
    assert (replaced.line.quantity, replaced.counted) == (12, ("r3",))
    assert line_of(bill, f"labour.radiator/{FLAT}").line.quantity == 3


def test_a_design_where_nothing_is_bought_for_radiators_has_no_line_for_them():
    assert not [name for name in names_of(bill_of_quantities(a_design(), BOOK)) if "radiator" in name]


def test_floor_coils_bring_manifolds_screed_and_their_own_labour():
    coils = tuple(
        a_segment(f"{FLAT}/coil{n}", Role.COIL, Side.SUPPLY, 100.0, material="pex", dn=20, flat=FLAT)
        for n in (1, 2, 3)
    )
    bill = bill_of_quantities(a_design(1, segments=coils, loop=Loop.FLOOR_COIL), BOOK)
    assert line_of(bill, f"manifold/{FLAT}").line.quantity == 3
    assert line_of(bill, f"floor/{FLAT}").line.quantity == 60  # 300 m every 0.2 m
    assert line_of(bill, f"labour.coil/{FLAT}").line.quantity == 300


def test_the_old_risers_stay_where_only_bypasses_are_added():
    design = a_design(form=SystemForm.VERTICAL_SINGLE_BYPASS)
    assert design.building.system_form is SystemForm.VERTICAL_SINGLE_SERIES
    bill = bill_of_quantities(design, BOOK)
    assert not [name for name in names_of(bill) if "@N1" in name or "removal" in name]
    assert bill.notes
    fixed = tuple(replace(one, pinned=one.role is Role.RISER) for one in design.segments)
    assert "pipe.steel.40@N1" in names_of(bill_of_quantities(replace(design, segments=fixed), BOOK))


def test_an_article_the_book_does_not_have_is_named():
    odd = a_segment("s", Role.MAIN, Side.SUPPLY, 1.0, material="gold", dn=40, place=Place.TRENCH)
    with pytest.raises(UnknownItem, match=r"pipe\.gold\.40"):
        bill_of_quantities(a_design(segments=(odd,)), BOOK)


def test_design_and_supervision_are_percent_of_the_works():
    bill = bill_of_quantities(a_design(), BOOK)
    works = sum(one.line.cost_fen for one in bill.lines if one.part != "whole")
    assert line_of(bill, "design").line.cost_fen == pytest.approx(works * 0.025, abs=1)
    assert line_of(bill, "supervision").line.cost_fen == pytest.approx(works * 0.02, abs=1)


lengths_m = st.floats(min_value=0.01, max_value=500.0)


@given(
    riser_m=lengths_m, count=st.integers(1, 4), year=st.sampled_from([2010, 2024]), added=st.integers(0, 30)
)
def test_every_sum_of_a_bill_is_exact(riser_m, count, year, added):
    radiator = a_radiator("r", FLAT, Action.EXTEND, before=10, sections=10 + added)
    bill = bill_of_quantities(a_design(count, riser_m=riser_m, radiators=(radiator,)), price_book(year))
    totals = bill_totals(bill)
    costs = [one.line.cost_fen for one in bill.lines]
    assert sum(costs) == bill.cost_fen == totals.total_fen == sum(totals.items_fen.values())
    assert sum(totals.flats_fen.values()) + sum(totals.parts_fen.values()) == totals.total_fen
    assert max(Counter(one.line.line for one in bill.lines).values()) == 1
    for line in bill.bill_lines:
        assert abs(line.quantity * line.unit_price_yuan * 100 - line.cost_fen) <= Decimal("0.5")
        assert line.quantity > 0
        assert line.cost_fen >= 0


@given(order=st.randoms(use_true_random=False))
def test_the_bill_does_not_depend_on_the_order_of_the_pipes(order):
    design = a_design(2)
    shuffled = list(design.segments)
    order.shuffle(shuffled)
    found = bill_of_quantities(replace(design, segments=tuple(shuffled)), BOOK)
    assert found.bill_lines == bill_of_quantities(design, BOOK).bill_lines


def test_every_line_has_a_payer_under_fuxins_rules_and_the_shares_sum_to_the_bill():
    bill = bill_of_quantities(a_design(), BOOK)
    shared = share_bill(bill.bill_lines, FUXIN, facts_of(bill))
    assert sum(shared.total.values()) == bill.cost_fen


def facts_of(bill):
    record = building(owner="某厂", flats=3, heated_area_m2=270.0)
    return replace(
        sharing_facts(record, flats(3), FUXIN),
        flats={flat: Decimal(str(area)) for flat, area in bill.flats_m2.items()},
    )


def test_the_csv_is_read_back_by_fenhu_share_without_a_finding(tmp_path):
    bill = bill_of_quantities(a_design(), BOOK)
    path = tmp_path / "bill.csv"
    path.write_text(bill_csv(bill), encoding="utf-8")
    reading = read_bill(path)
    assert (reading.lines, reading.findings) == (bill.bill_lines, ())


def test_one_radiator_changes_exactly_its_lines_the_charges_and_the_shares():
    before = a_design()
    first, *others = before.radiators
    longer = replace(first, sections=first.sections + 2, action=Action.EXTEND)
    old = bill_of_quantities(before, BOOK)
    new = bill_of_quantities(replace(before, radiators=(longer, *others)), BOOK)
    difference = bill_difference(old, new)
    assert {one.line.line for one in difference.added} == {
        f"radiator.TZ4-6-5/{FLAT}",
        f"labour.radiator/{FLAT}",
    }
    assert {change.after.line.line for change in difference.changed} == {"design", "supervision"}
    assert difference.removed == ()
    # two sections × 25 + one group × 25 = 75 yuan; 4.5 % of it 3.38, the fen by rounding of each charge
    assert difference.more_fen == new.cost_fen - old.cost_fen == pytest.approx(7838, abs=1)
    shares = [share_bill(bill.bill_lines, FUXIN, facts_of(bill)) for bill in (old, new)]
    of_users = [shared.total["user"] for shared in shares]
    assert of_users[1] - of_users[0] == 5000  # the household pays its material (clause 二（五）)
    assert sum(shares[1].total.values()) - sum(shares[0].total.values()) == difference.more_fen


def test_a_line_that_goes_is_removed_and_a_bill_differs_from_itself_in_nothing():
    full, bare = bill_of_quantities(a_design(), BOOK), bill_of_quantities(a_design(devices=()), BOOK)
    difference = bill_difference(full, bare)
    assert f"trv.20/{FLAT}" in {one.line.line for one in difference.removed}
    assert difference.more_fen == bare.cost_fen - full.cost_fen
    same = bill_difference(full, full)
    assert (same.changed, same.added, same.removed, same.more_fen) == ((), (), (), 0)


def test_the_material_table_has_every_article_once_for_the_whole_building():
    rows = {row.code: row for row in material_rows(bill_of_quantities(a_design(3), BOOK))}
    pipe = rows["pipe.ppr.25"]
    assert (str(pipe.name), str(pipe.specification), pipe.unit, pipe.quantity) == (
        "PP-R 管",
        "S3.2 dn25",
        "m",
        135,
    )
    assert rows["trv.20"].quantity == 15
    assert not [code for code in rows if code.startswith("labour.") or code in ("fittings", "design")]
    assert rows["pipe.steel.40"].remarks != pipe.remarks


def test_a_bill_says_by_which_book_it_was_made_and_what_its_prices_are_worth():
    bill = bill_of_quantities(a_design(), BOOK)
    assert (bill.year, bill.city, bill.digest) == (2010, "*", BOOK.digest)
    assert [str(label) for label in bill.labels] == ["演示价，需按当地造价信息替换"]
    row = bill_json(bill)[0]
    assert row["trust"] == "K"
    assert row["label"]
    assert row["counted"]
    assert row["source"]
