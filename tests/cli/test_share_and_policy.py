"""``fenhu share`` and ``fenhu policy``."""

from importlib.resources import files

PACKAGED = files("fenhu.policy").joinpath("fuxin-2010.toml")

BILL = """line,item,flat,quantity,unit,unit_price_yuan,cost_fen
1,indoor_material,1-1-101,90,m2,26.00,234000
2,common_material,,100,m,31.11,311100
"""


def test_share_splits_every_line_exactly(fenhu, tmp_path):
    path = tmp_path / "bill.csv"
    path.write_text(BILL)
    ran = fenhu("share", path, "--policy", "fuxin-2010", "--json")
    assert ran.code == 0
    answer = ran.json()
    assert [sum(line["shares"].values()) for line in answer["lines"]] == [234000, 311100]
    assert sum(answer["total"].values()) == 545100
    assert set(answer["total"]) <= {"user", "owner", "supplier", "repair_fund", "city", "district", "upper"}


def test_c2_5_the_household_pays_the_indoor_material(fenhu, tmp_path):
    path = tmp_path / "bill.csv"
    path.write_text(BILL)
    first = fenhu("share", path, "--policy", "fuxin-2010", "--json").json()["lines"][0]
    assert first["shares"]["user"] == 234000


AREAS = """line,item,flat,area_m2,cost_fen
1,indoor_material,1-1-101,90,200000
2,indoor_material,1-1-102,60,50000
3,common_material,,,311100
"""


def test_a_bill_may_name_the_areas_of_its_flats(fenhu, tmp_path):
    # 10 yuan/m²: 90,000 of flat 101; 50,000 of flat 102 and the 10,000 it leaves for the public part.
    path = tmp_path / "bill.csv"
    path.write_text(AREAS)
    answer = fenhu("share", path, "--policy", "hohhot-2015", "--json").json()
    assert [line["shares"]["user"] for line in answer["lines"]] == [90000, 50000, 10000]


def test_without_the_areas_the_flat_is_named_and_nothing_is_shared(fenhu, tmp_path):
    path = tmp_path / "bill.csv"
    path.write_text(BILL)
    ran = fenhu("share", path, "--policy", "hohhot-2015")
    assert (ran.code, ran.out) == (2, "")
    assert "1-1-101" in ran.err


def test_a_flat_has_one_area(fenhu, tmp_path):
    path = tmp_path / "bill.csv"
    path.write_text(AREAS.replace("1-1-102,60", "1-1-101,60"))
    ran = fenhu("share", path, "--policy", "hohhot-2015")
    assert ran.code == 1
    assert "area_m2" in ran.err


def test_what_is_laid_out_for_somebody_is_said(fenhu, tmp_path):
    path = tmp_path / "bill.csv"
    path.write_text(BILL)
    answer = fenhu("share", path, "--policy", "taian-2014", "--json").json()
    assert answer["advanced"] == [{"by": "supplier", "for": "user", "fen": 311100}]
    assert "3,111.00" in fenhu("share", path, "--policy", "taian-2014").err


def test_the_packaged_policies_are_listed(fenhu):
    ran = fenhu("policy", "list", "--json")
    assert "fuxin-2010" in {one["id"] for one in ran.json()["policies"]}


def test_a_right_policy_is_called_right(fenhu, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(PACKAGED.read_text(encoding="utf-8"))
    ran = fenhu("policy", "check", path, "--json")
    assert ran.code == 0
    assert ran.json() == {"valid": True, "faults": []}


def test_a_wrong_policy_exits_1_with_line_and_key(fenhu, tmp_path):
    path = tmp_path / "mine.toml"
    lines = PACKAGED.read_text(encoding="utf-8").splitlines()
    at = lines.index("[city]") + 1
    lines.insert(at, 'colour = "red"')
    path.write_text("\n".join(lines))
    ran = fenhu("policy", "check", path, "--json")
    assert ran.code == 1
    assert any(fault["line"] == at + 1 and "colour" in fault["key"] for fault in ran.json()["faults"])


def test_a_policy_is_checked_by_its_name_too(fenhu):
    assert fenhu("policy", "check", "fuxin-2010").code == 0
    assert fenhu("policy", "check", "no-such-policy").code == 2
