"""The estate file: what it may say, and every fault named by key."""

import tomllib
from copy import deepcopy
from pathlib import Path

import pytest
from tests.design.estate.estates import STREET

from fenhu.design.estate import BuildingFile, parse_estate, read_estate
from fenhu.errors import InputFault, OutOfRange, UnknownItem, UnreadableFile


def changed(table, number, **values):
    """Return the street with one pipe, building or the substation changed; None removes a key."""
    data = deepcopy(STREET)
    row = data[table] if number is None else data[table][number]
    row |= values
    for key in [key for key, value in row.items() if value is None]:
        del row[key]
    return data


def test_flows_follow_from_loads_and_the_fall():
    # 250 kW at 25 K: 250,000/(4187·25) = 2.3883 kg/s
    estate = parse_estate(changed("building", 0, flow_m3_h=None, load_w=250_000.0), "x")
    assert estate.buildings[0].flow_kg_s == pytest.approx(2.3883, rel=1e-4)


def test_what_is_missing_is_assumed_by_name():
    estate = parse_estate(
        {"substation": {"node": "S"}, "building": [{"id": "a", "node": "S", "load_w": 1e5}]}, "x"
    )
    assert {one.key for one in estate.assumed} >= {
        "outdoor_c", "ground_c", "substation.supply_c", "substation.fall_k", "substation.loss_kpa",
        "building 'a': needed_kpa",
    }  # fmt: skip


def test_pipes_may_be_entered_in_any_direction_and_order():
    data = deepcopy(STREET)
    data["pipe"][1] |= {"from": "B", "to": "A"}
    data["pipe"].reverse()
    assert parse_estate(data, "street").trenches == parse_estate(STREET, "street").trenches


def test_a_building_file_is_looked_for_beside_the_estate_file(tmp_path):
    path = tmp_path / "e.toml"
    path.write_text('[substation]\nnode = "S"\n[[building]]\nid = "1"\nnode = "S"\nfile = "b.toml"\n')
    (building,) = read_estate(path).buildings
    assert isinstance(building, BuildingFile)
    assert building.path == tmp_path / "b.toml"


@pytest.mark.parametrize(
    ("data", "fault", "said"),
    [
        ({**STREET, "pumps": 1}, UnknownItem, "'pumps'"),
        ({**STREET, "nodes": ["S", "A"]}, UnknownItem, "pipe '2': to names node 'B'"),
        ({**STREET, "nodes": "S"}, InputFault, "nodes"),
        ({"building": STREET["building"]}, InputFault, "substation is missing"),
        ({"substation": STREET["substation"], "pipe": STREET["pipe"]}, InputFault, "building is missing"),
        (changed("substation", None, node="X"), UnknownItem, "substation: node names node 'X'"),
        (changed("substation", None, node=None), InputFault, "node is missing"),
        (changed("substation", None, fall_k=60.0), InputFault, "fall_k"),
        (changed("substation", None, supply_c=200.0), OutOfRange, "supply_c"),
        (changed("substation", None, pump_curve=[[0, 1e5], [10, 9e4]]), InputFault, "pump_curve or head_kpa"),
        (changed("substation", None, head_kpa=None, pump_curve=[[0, 1e5]]), InputFault, "pump_curve"),
        (changed("substation", None, head_kpa=None, pump_curve=[[0, 1], [9, 2]]), InputFault, "pump_curve"),
        (changed("substation", None, regulated="yes"), InputFault, "regulated"),
        (changed("pipe", 0, length_m=-5.0), OutOfRange, "pipe '1': length_m is -5.0"),
        (changed("pipe", 0, length_m=None), InputFault, "pipe '1': length_m is missing"),
        (changed("pipe", 0, length_m="long"), InputFault, "pipe '1': length_m"),
        (changed("pipe", 0, dn=90), InputFault, "pipe '1': dn is 90"),
        (changed("pipe", 0, dn=None, keep=True), InputFault, "pipe '1': a pipe that stays needs its size"),
        (changed("pipe", 0, insulation="thick"), UnknownItem, "pipe '1': insulation"),
        (changed("pipe", 0, corrosion=4), OutOfRange, "pipe '1': corrosion"),
        (changed("pipe", 1, id="1"), InputFault, "used twice"),
        (changed("pipe", 1, to="A"), InputFault, "pipe '2' leads from 'A' to itself"),
        (changed("pipe", 1, **{"from": "C"}), InputFault, "building 'far' is fed from nowhere"),
        (changed("building", 0, node="Z"), UnknownItem, "building 'near': node names node 'Z'"),
        (changed("building", 0, flow_m3_h=None), InputFault, "building 'near': give a building's file"),
        (changed("building", 0, flow_m3_h=-1.0), OutOfRange, "building 'near': flow_m3_h"),
        (changed("building", 0, needed_kpa=0.0), OutOfRange, "building 'near': needed_kpa"),
        (changed("building", 0, file="b.toml"), InputFault, "flow_m3_h follows from the design of b.toml"),
        (changed("building", 0, form="household_double"), InputFault, "form needs a building file"),
        (changed("building", 1, node="A"), InputFault, "pipe '2' leads to no building"),
        (changed("building", 0, id="far"), InputFault, "used twice"),
    ],
)  # fmt: skip
def test_every_fault_is_named(data, fault, said):
    with pytest.raises(fault) as caught:
        parse_estate(data, "street")
    assert said in caught.value.message.in_language("en")
    assert type(caught.value) is fault


def test_a_fault_in_a_part_of_the_file_names_the_file_as_given_and_the_part(tmp_path):
    path = tmp_path / "e.toml"
    path.write_text('[substation]\nnode = "S"\nsupply_c = 400.0\n')
    with pytest.raises(OutOfRange) as caught:
        read_estate(path)
    assert caught.value.message.in_language("en").startswith(f"{path}: substation: supply_c is 400.0")


def test_a_loop_is_refused_with_the_pipe_that_closes_it():
    data = deepcopy(STREET)
    data["pipe"].append({"id": "ring", "from": "B", "to": "S", "length_m": 50.0})
    with pytest.raises(InputFault) as caught:
        parse_estate(data, "street")
    assert caught.value.code == "loop"
    said = caught.value.message.in_language("en")
    assert "closes a loop at node 'B'" in said
    assert "leave out the pipe that is shut off" in said


def test_an_island_of_pipes_is_named():
    data = deepcopy(STREET)
    data["pipe"].append({"id": "lost", "from": "X", "to": "Y", "length_m": 50.0})
    with pytest.raises(InputFault, match="'lost'") as caught:
        parse_estate(data, "street")
    assert caught.value.code == "dangling-id"


def test_a_file_that_is_no_toml_or_is_not_there_is_said(tmp_path):
    broken = tmp_path / "e.toml"
    broken.write_text("[substation\n")
    with pytest.raises(UnreadableFile, match=r"e\.toml"):
        read_estate(broken)
    with pytest.raises(UnreadableFile, match="gone"):
        read_estate(tmp_path / "gone.toml")


def test_the_example_of_the_manual_is_a_sound_file():
    page = (Path(__file__).parents[3] / "docs" / "engineers" / "estate.md").read_text(encoding="utf-8")
    example = tomllib.loads(page.split("```toml\n")[1].split("```")[0])
    estate = parse_estate(example, "manual")
    assert [one.id for one in estate.buildings] == ["12", "14"]
