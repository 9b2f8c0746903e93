"""The drawings of a design show all of it, legibly, in every form and loop, on sheets that can be filed."""

from __future__ import annotations

import io
from collections import Counter

import ezdxf
import pytest
from tests.design.sheets.examples import (
    BLOCK,
    CASES,
    HOSTILE,
    covers,
    design_of,
    hostile_design,
    labels,
    sheets_of,
    systems,
)

from fenhu.design.sheets import TitleBlock, drawing_set, one_drawing
from fenhu.design.sheets.symbols import NAMES, SIGNS
from fenhu.design.sheets.words import size_mark
from fenhu.design.values import DeviceKind, Role
from fenhu.drawing.dxf import dxf_bytes
from fenhu.drawing.model import Symbol
from fenhu.drawing.svg import svg
from fenhu.records import SystemForm
from fenhu.wording import speaking

every_case = pytest.mark.parametrize("case", CASES)
FRAME = (25.0, 5.0, 415.0, 292.0)


@every_case
def test_every_piece_of_every_riser_is_there_with_its_size(case: str) -> None:
    pieces = [pipe for pipe in design_of(case).segments if pipe.role is Role.RISER]
    written = Counter(str(one.content) for sheet in systems(case) for one in labels(sheet) if one.turned)
    assert written == Counter(size_mark(pipe) for pipe in pieces)


@every_case
def test_every_flat_is_there_with_its_flow_or_its_radiators(case: str) -> None:
    design = design_of(case)
    written = Counter(str(one.content) for sheet in systems(case) for one in labels(sheet))
    for flat in design.flats:
        times = 1 if design.form is SystemForm.HOUSEHOLD_DOUBLE else len(flat.radiators)
        assert written[flat.id] == times
    sections = Counter(f"{one.sections}片" for one in design.radiators)
    assert {mark: written[mark] for mark in sections} == dict(sections)


@every_case
def test_the_settings_on_the_diagrams_are_those_of_the_design(case: str) -> None:
    design = design_of(case)
    written = Counter(str(one.content) for sheet in systems(case) for one in labels(sheet))
    locks = Counter(f"锁闭阀 {one.preset} 圈" for one in design.devices if one.kind is DeviceKind.LOCK_VALVE)
    assert {mark: written[mark] for mark in locks} == dict(locks)
    marks = Counter(word.split()[0] for word in written.elements() if word)
    presets = Counter(one.preset for one in design.devices if one.kind is DeviceKind.TRV and one.preset)
    assert all(marks[preset] >= count for preset, count in presets.items())


@every_case
def test_every_piece_of_main_is_there_with_size_length_and_slope(case: str) -> None:
    mains = [pipe for pipe in design_of(case).segments if pipe.role is Role.MAIN]
    sheets = [sheet for sheet in sheets_of(case) if str(sheet.title) == "干管系统图"]
    written = Counter(str(one.content) for sheet in sheets for one in labels(sheet))
    sizes, lengths = Counter(map(size_mark, mains)), Counter(f"{one.length_m:.1f} m" for one in mains)
    assert {mark: written[mark] for mark in sizes} == dict(sizes)
    assert {mark: written[mark] for mark in lengths} == dict(lengths)
    assert written["i=0.003"] == len(mains)


@every_case
def test_signs_are_counted_as_the_devices_of_risers_and_flats(case: str) -> None:
    drawn = Counter(
        one.name for sheet in systems(case) for one in sheet.drawing.shapes if isinstance(one, Symbol)
    )
    design = design_of(case)
    kinds = (
        DeviceKind.TRV, DeviceKind.LOCK_VALVE, DeviceKind.HOUSEHOLD_STRAINER, DeviceKind.METER_SPOOL,
        DeviceKind.RISER_GATE, DeviceKind.RISER_BALANCING, DeviceKind.VENT, DeviceKind.DRAIN,
    )  # fmt: skip
    for kind in kinds:
        count = sum(device.kind is kind for device in design.devices)
        if design.form is SystemForm.VERTICAL_SINGLE_BYPASS and kind in (DeviceKind.VENT, DeviceKind.DRAIN):
            count = len(design.risers)  # a single riser is vented at its head and drained at its foot
        assert drawn[NAMES[kind].in_language("zh-hans")] == count, kind


@every_case
def test_writing_is_large_enough_and_stays_within_the_frame(case: str) -> None:
    left, top, right, bottom = FRAME
    for sheet in sheets_of(case):
        for one in labels(sheet):
            x1, y1, x2, y2 = covers(one)
            # 3.5 mm of type are digits of 2.5 mm, the smallest GB/T 14691 allows for figures.
            assert one.size >= 3.5
            assert left <= x1 <= x2 <= right, (str(sheet.title), one.content)
            assert top <= y1 <= y2 <= bottom, (str(sheet.title), one.content)


@every_case
def test_no_writing_covers_other_writing(case: str) -> None:
    for sheet in sheets_of(case):
        boxes = [(covers(one), str(one.content)) for one in labels(sheet) if str(one.content)]
        boxes.sort()
        for n, (first, said) in enumerate(boxes):
            for second, other in boxes[n + 1 :]:
                if second[0] >= first[2]:
                    break
                apart = second[1] >= first[3] or first[1] >= second[3]
                assert apart, (str(sheet.title), said, other)


@every_case
def test_the_set_passes_the_auditor_of_dxf(case: str) -> None:
    doc = ezdxf.read(io.StringIO(dxf_bytes(one_drawing(sheets_of(case))).decode("utf-8")))
    assert not doc.audit().errors
    layers = {one.dxf.layer for one in doc.modelspace()}
    assert layers == {"采暖-供水管", "采暖-回水管", "采暖-设备", "采暖-标注", "图框"}


def test_every_kind_of_device_has_a_sign_and_a_name() -> None:
    assert set(SIGNS) == set(NAMES) == set(DeviceKind)


def test_a_set_is_numbered_and_named_as_it_is_bound() -> None:
    sheets = sheets_of("household")
    assert [sheet.number for sheet in sheets] == [f"暖施-{n:02d}" for n in range(1, len(sheets) + 1)]
    titles = [str(sheet.title) for sheet in sheets]
    assert titles[0] == "设计说明、图例"
    assert titles[-1] == "材料表"
    assert {"3层平面示意图", "干管系统图", "N1 立管系统图", "N2 立管系统图", "热力入口详图"} <= set(titles)
    assert {(sheet.drawing.width, sheet.drawing.height) for sheet in sheets} == {(420.0, 297.0)}


def test_a_tall_riser_goes_on_over_several_sheets_every_storey_once() -> None:
    written = Counter(str(one.content) for sheet in systems("tall") for one in labels(sheet))
    assert len(systems("tall")) == 3  # 18 storeys, at most seven rows of 28.5 mm on a sheet
    assert all(written[f"{storey}层"] == 1 for storey in range(1, 19))
    assert written["接上段，见后一张"] == written["接下段，见前一张"] == 2


def test_the_title_block_says_who_and_what_and_leaves_room_to_sign() -> None:
    said = {str(one.content) for one in labels(sheets_of("household")[0])}
    assert {"和平里3号楼", "和平街12号", "设计院", "2026-03", "2026-04-01", "暖施-01"} <= said
    assert {"设计", "校对", "审核"} <= said
    assert "演示数据" not in said


def test_demo_data_are_marked_on_every_sheet() -> None:
    sheets = drawing_set(design_of("line"), TitleBlock(building="x", synthetic=True))
    assert all("演示数据" in {str(one.content) for one in labels(sheet)} for sheet in sheets)


def test_hostile_and_endless_names_are_cut_and_cannot_act() -> None:
    block = TitleBlock(building=HOSTILE, address=HOSTILE, office=HOSTILE, project=HOSTILE)
    left, _, right, _ = FRAME
    for sheet in drawing_set(hostile_design(), block):
        written = svg(sheet.drawing)
        assert "<script" not in written
        assert "\x00" not in written
        for one in labels(sheet):
            x1, _, x2, _ = covers(one)
            assert left <= x1 <= x2 <= right, (str(sheet.title), one.content)
            assert "‮" not in str(one.content)


def test_the_same_design_gives_the_same_sheets() -> None:
    first, again = (drawing_set(design_of("household"), BLOCK) for _ in range(2))
    assert [svg(one.drawing) for one in first] == [svg(one.drawing) for one in again]


def test_the_sheets_speak_english_too() -> None:
    with speaking("en"):
        sheets = drawing_set(design_of("line"), BLOCK)
        said = {str(one.content) for sheet in sheets for one in labels(sheet)}
    assert sheets[0].number == "H-01"
    assert {"Design notes", "Legend", "Designed", "Supply pipe"} <= said
