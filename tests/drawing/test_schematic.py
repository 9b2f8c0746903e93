"""The schematic of a network: every pipe and building drawn once, nothing on top of another."""

import re

from fenhu.drawing import Schematic, SchematicPipe, SchematicStop, schematic_svg


def a_schematic(**changes):
    known = {
        "title": "网", "desc": "一张网", "root": "S", "root_lines": ("75/50",),
        "pipes": (
            SchematicPipe(id="1", start="S", end="A", label="DN100"),
            SchematicPipe(id="2", start="A", end="B", label="DN80", kept=True),
            SchematicPipe(id="3", start="A", end="C", label="DN65", faulty=True),
        ),
        "stops": tuple(
            SchematicStop(id=f"楼{node}{n}", node=node, lines=("5.0 m³/h", "DN50"))
            for node in "ABC" for n in (1, 2)
        ),
        "nodes": {"A": "60 kPa", "B": "50 kPa", "C": "40 kPa"},
    }  # fmt: skip
    return schematic_svg(Schematic(**{**known, **changes}))


def test_every_pipe_and_building_is_drawn_once():
    picture = a_schematic()
    for label in ("DN100", "DN80", "DN65"):
        assert picture.count(f">{label}<") == 1
    for node in "ABC":
        for n in (1, 2):
            assert picture.count(f">楼{node}{n}<") == 1


def test_no_two_buildings_stand_at_one_place():
    boxes = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="18"', a_schematic())
    assert len(boxes) == len(set(boxes)) == 6


def test_everything_stands_inside_the_picture():
    picture = a_schematic(stops=(SchematicStop(id="楼", node="B", lines=("很长的一行说明" * 6, "")),))
    width = float(re.search(r'viewBox="0 0 ([\d.]+)', picture)[1])
    (x,) = (float(x) for x in re.findall(r'<text x="([\d.]+)"[^>]*>很长', picture))
    assert x + 42 * 10.0 <= width


def test_pipes_that_stay_are_dashed():
    assert a_schematic().count("stroke-dasharray") == 1
