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
