"""A design made elsewhere: every decision is taken over, every fault is named with its place."""

import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.design.review.helpers import device, devices, good, radiator, segment

from fenhu.building import Loop, Mains
from fenhu.design.changes import Changes
from fenhu.design.foreign import SHEETS, read_foreign, toml_sheets
from fenhu.design.values import DeviceKind, Side
from fenhu.errors import InputFault, UnreadableFile
from fenhu.papers.foreign_template import foreign_template_xlsx
from fenhu.records import Severity
from fenhu.study.foreign import open_foreign
from fenhu.wording import speaking

SEGMENT_HEAD = ["管段编号", "起点", "终点", "长度(m)", "管材", "公称直径", "流量(kg/h)"]


def design():
    """Return a design with two mains, two radiators of a listed kind, and valves with settings."""
    lock = device(DeviceKind.LOCK_VALVE, "1-1-101.lock", flat="1-1-101", dn=20, preset="2.0", kv_m3_h=1.06)
    return replace(
        good(),
        segments=(segment(), segment("main.1r", side=Side.RETURN, start="N1.0r", end="inlet.r")),
        radiators=(radiator("1-1-101", kind="TZ4-813"), radiator("1-2-201", kind="TZ4-813")),
        devices=(*devices(), lock),
    )


def segments(*rows):
    return {"管段": [SEGMENT_HEAD, *rows]}


def row(name="main.1s", start="", end="", length="", material="", dn="", flow=""):
    return [name, start, end, length, material, dn, flow]


def faults(sheets):
    return [
        (one.code, one.sheet, one.row, one.column, one.severity)
        for one in read_foreign(sheets, design()).findings
    ]


def test_sizes_and_lengths_are_taken_over_and_blanks_are_left_to_fenhu():
    sheets = segments(row(length=12.5, material="焊接钢管", dn="DN50"), row("main.1r"))
    found = read_foreign(sheets, design())
    assert found.usable
    assert found.changes == Changes(sizes={"main.1s": ("steel", 50)}, lengths={"main.1s": 12.5})


def test_a_size_alone_keeps_the_designs_material():
    assert read_foreign(segments(row(dn=32.0)), design()).changes.sizes == {"main.1s": ("", 32)}


def test_a_pipe_can_be_named_by_its_ends():
    sheets = segments(row("", "inlet.s", "N1.0s", dn=32))
    assert read_foreign(sheets, design()).changes.sizes == {"main.1s": ("", 32)}


@pytest.mark.parametrize(("written", "dn"), [("De25×3.5", 25), ("dn32", 32), ("40", 40), ("50.0", 50)])
def test_a_plastic_pipe_is_named_as_institutes_write_it(written, dn):
    sheets = segments(row(material="ppr", dn=written))
    assert read_foreign(sheets, design()).changes.sizes == {"main.1s": ("ppr", dn)}


def test_radiators_and_presettings_are_taken_over():
    sheets = {
        "radiators": [["id", "kind", "sections"], ["1-1-101/1", "四柱760", 14], ["1-2-201/1", "", 9]],
        "阀门": [["阀门编号", "预设定"], ["1-1-101/1.trv", 3.0], ["1-1-101.lock", 3]],
    }
    changes = read_foreign(sheets, design()).changes
    assert changes.radiators == {"1-1-101/1": ("TZ4-6-5", 14), "1-2-201/1": ("TZ4-813", 9)}
    assert changes.presets == {"1-1-101/1.trv": "3", "1-1-101.lock": "3.0"}


def test_a_kv_becomes_the_nearest_setting_and_says_so():
    # valves.toml: setting 4.5 of the thermostatic valve has Kv 0.30
    sheets = {"valves": [["id", "kv_m3_h"], ["1-1-101/1.trv", 0.302]]}
    found = read_foreign(sheets, design())
    assert found.changes.presets == {"1-1-101/1.trv": "4.5"}
    assert [(one.code, one.severity) for one in found.findings] == [("nearest-setting", Severity.WARNING)]


def test_the_water_and_the_layout_are_taken_over():
    rows = [["项目", "取值"], ["供水温度(℃)", 80], ["fall_k", 25], ["干管布置", "同程"], ["loop", "放射式"]]
    changes = read_foreign({"参数": rows}, design()).changes
    assert (changes.supply_c, changes.fall_k, changes.mains, changes.loop) == (
        80.0,
        25.0,
        Mains.REVERSE,
        Loop.RADIAL,
    )


E, W = Severity.ERROR, Severity.WARNING


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (row("main.1x"), ("unknown-id", "管段", 2, "管段编号", E)),
        (row(length="-3"), ("out-of-range", "管段", 2, "长度(m)", E)),
        (row(length="3米"), ("not-a-number", "管段", 2, "长度(m)", E)),
        (row(length=float("nan")), ("not-a-number", "管段", 2, "长度(m)", E)),
        (row(material="黄铜"), ("unknown-word", "管段", 2, "管材", E)),
        (row(dn="DN45"), ("unknown-size", "管段", 2, "公称直径", E)),
        (row(material="PP-R S3.2"), ("missing-size", "管段", 2, "公称直径", E)),
        # 0.3 kg/s are 1080 kg/h
        (row(flow=1300), ("other-flow", "管段", 2, "流量(kg/h)", W)),
    ],
)
def test_a_fault_of_a_pipe_is_named_with_its_place(cells, fault):
    assert faults(segments(cells)) == [fault]


@pytest.mark.parametrize(
    ("sheet", "rows", "fault"),
    [
        ("散热器", [["散热器编号", "片数"], ["1-1-101/1", 8.5]], ("not-whole", "散热器", 2, "片数", E)),
        ("散热器", [["散热器编号", "型号"], ["1-1-101/1", "铸铁"]], ("unknown-word", "散热器", 2, "型号", E)),
        (
            "阀门",
            [["阀门编号", "预设定"], ["1-1-101/1.trv", "9"]],
            ("unknown-setting", "阀门", 2, "预设定", E),
        ),
        ("阀门", [["阀门编号", "预设定"], ["inlet_bypass", "2"]], ("no-presetting", "阀门", 2, "预设定", E)),
        ("参数", [["项目", "取值"], ["供水压力", 3]], ("unknown-word", "参数", 2, "项目", E)),
        ("参数", [["项目", "取值"], ["supply_c", 300]], ("out-of-range", "参数", 2, "取值", E)),
        ("管段", [["甲", "乙"], ["1", "2"]], ("no-header", "管段", None, None, E)),
        ("管段", [["管段编号", "颜色"], ["main.1s", "红"]], ("unknown-column", "管段", 1, "颜色", W)),
        ("管段", [["管段编号", "id"], ["main.1s", "x"]], ("duplicate-column", "管段", 1, "id", E)),
    ],
)
def test_a_fault_of_a_sheet_is_named_with_its_place(sheet, rows, fault):
    assert fault in faults({sheet: rows})


def test_the_same_pipe_twice_is_a_fault_of_the_second_row():
    assert faults(segments(row(dn=32), row(dn=40))) == [("duplicate-id", "管段", 3, "管段编号", E)]


def test_a_sheet_that_is_none_of_a_design_is_left_out_and_said():
    sheets = {"封面": [["某设计院"]], **segments(row(dn=32))}
    assert faults(sheets) == [("unknown-sheet", "封面", None, None, W)]


@pytest.mark.parametrize("beside", [{}, {"封面": [["某设计院"]]}])
def test_a_file_without_decisions_says_so(beside):
    assert faults({**segments(), **beside})[-1][0] == "empty"


@pytest.mark.parametrize("sheets", [{}, {"楼栋": [["楼栋编号"], ["A-1"]]}, {"x": [["a", "b"]]}])
def test_a_file_without_any_sheet_of_a_design_is_refused(sheets):
    with speaking("en"), pytest.raises(InputFault, match=r"管段 \(segments\)") as refused:
        read_foreign(sheets, design())
    assert refused.value.code == "no-design"


def test_a_misspelt_id_is_answered_with_the_nearest():
    found = read_foreign(segments(row("main.1S")), design())
    with speaking("en"):
        assert "main.1s" in str(found.findings[0].message)
    assert not found.usable


def test_toml_holds_the_same_decisions():
    content = """
        water = { supply_c = 80.0, mains = "reverse" }
        [[segments]]
        id = "main.1s"
        dn = 50
        [[segments]]
        id = "main.1r"
        length_m = 7
        [[valves]]
        id = "1-1-101/1.trv"
        preset = "7"
    """
    changes = read_foreign(toml_sheets(tomllib.loads(content)), design()).changes
    assert changes == Changes(
        sizes={"main.1s": ("", 50)}, lengths={"main.1r": 7.0}, presets={"1-1-101/1.trv": "7"},
        supply_c=80.0, mains=Mains.REVERSE,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_template_reads_back_as_what_was_designed(tmp_path, language):
    ours = design()
    path = tmp_path / "template.xlsx"
    with speaking(language):
        foreign_template_xlsx(ours, path)
    found = open_foreign(path, ours)
    assert found.findings == ()
    assert found.changes.sizes == {one.id: (one.material, one.dn) for one in ours.segments}
    assert found.changes.lengths == {one.id: one.length_m for one in ours.segments}
    assert found.changes.radiators == {one.id: (one.kind, one.sections) for one in ours.radiators}
    assert found.changes.presets["1-1-101.lock"] == "2.0"
    assert (found.changes.supply_c, found.changes.fall_k) == (75.0, 25.0)


def test_the_same_template_has_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        foreign_template_xlsx(design(), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_csv_files_in_gbk_are_read(tmp_path):
    (tmp_path / "管段.csv").write_bytes("管段编号,公称直径\nmain.1s,DN50\n".encode("gbk"))
    assert open_foreign(tmp_path, design()).changes.sizes == {"main.1s": ("", 50)}


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.dates(),
    st.sampled_from(["id", "管段编号", "预设定", "main.1s", "1-1-101/1.trv", "DN50", "ppr", "25.0", "3"]),
)


@given(
    st.dictionaries(
        st.sampled_from(["管段", "radiators", "阀门", "water", "封面"]),
        st.lists(st.lists(ANYTHING, max_size=5), max_size=5),
        max_size=3,
    )
)
def test_whatever_stands_in_the_cells_is_a_decision_or_a_finding(sheets):
    found = read_foreign({"water": [], **sheets}, design())
    assert found.findings or found.changes != Changes()
    assert all(str(finding.message) for finding in found.findings)


@given(
    st.sampled_from(["管段", "散热器", "阀门", "参数"]),
    st.lists(st.lists(ANYTHING, min_size=6, max_size=6), min_size=1, max_size=3),
)
def test_whatever_stands_below_a_right_header_never_breaks_the_reader(name, rows):
    sheet = next(one for one in SHEETS if one.chinese == name)
    head = [column.key for column in sheet.columns][-6:]
    named = [[*row[:-1], "main.1s"] for row in rows]
    for body in (rows, named):
        read_foreign({name: [["id", *head[1:]], *body]}, design())


def test_toml_in_gbk_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / "x.toml"
    path.write_bytes("# 管段\n".encode("gbk"))
    with speaking("en"), pytest.raises(UnreadableFile, match="save it as UTF-8"):
        open_foreign(path, design())


def test_broken_toml_is_refused(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text("[[segments", encoding="utf-8")
    with pytest.raises(Exception, match=r"x\.toml") as caught:
        open_foreign(path, design())
    assert caught.value.code == "broken-toml"
