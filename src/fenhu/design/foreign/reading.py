"""A design made elsewhere to the decisions it holds, row by row, against fenhu's design of the building."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from fenhu.building import Loop, Mains
from fenhu.design.changes import Changes
from fenhu.design.foreign import values
from fenhu.design.foreign.columns import RADIATORS, SEGMENTS, SHEETS, VALVES, WATER
from fenhu.design.values import Design, Segment
from fenhu.errors import InputFault
from fenhu.records import Finding, Severity
from fenhu.wording import CHINESE, ENGLISH, text
from fenhu.worksheets import GUIDE, Cells, Faults, Line, lines_of

LONGEST_M, MOST_SECTIONS, LARGEST_FLOW_KG_H = 500.0, 60, 1.0e6
# A flow that differs by more from the calculated one is named: it was calculated for another load.
FLOW_WITHIN_RATIO = 0.05
MAINS_NAMES = {Mains.DIRECT.value: "异程", Mains.REVERSE.value: "同程"}
LOOP_NAMES = {
    Loop.DOUBLE_PIPE.value: "双管",
    Loop.SINGLE_BYPASS.value: "单管跨越",
    Loop.RADIAL.value: "放射式",
    Loop.FLOOR_COIL.value: "地面盘管",
}
WATER_NAMES = {
    "supply_c": "供水温度(℃)",
    "fall_k": "供回水温差(K)",
    "mains": "干管布置",
    "loop": "户内形式",
}
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """What was decided elsewhere, and what is wrong with the sheets; with errors it is not to be used."""

    changes: Changes
    findings: tuple[Finding, ...]

    @property
    def usable(self) -> bool:
        """Return whether no finding is an error."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def read_foreign(sheets: Mapping[str, Cells], design: Design) -> Foreign:
    """Return the decisions in the sheets of a design made elsewhere, with every fault and its place.

    Parameters
    ----------
    sheets : rows of cells by the sheet's name, Chinese or English; some of them may be missing.
    design : fenhu's own design of the same building, whose ids the sheets use.

    Raises
    ------
    InputFault
        If none of the sheets is one of a design.
    """
    faults = Faults()
    known = {word.casefold(): sheet for sheet in SHEETS for word in (sheet.chinese, sheet.key)}
    if not any(name.strip().casefold() in known for name in sheets):
        raise _no_design(sheets)
    lines: dict[str, list[Line]] = {sheet.key: [] for sheet in SHEETS}
    for name, rows in sheets.items():
        sheet = known.get(name.strip().casefold())
        if sheet is not None:
            lines[sheet.key] += lines_of(sheet, name, rows, faults)
        elif name.strip() not in (GUIDE.in_language(CHINESE), GUIDE.in_language(ENGLISH)):
            _note_unknown_sheet(name, faults)
    if not any(lines.values()) and not faults.any_error:
        faults.add("empty", "", text("The file holds no decisions; fill in the template"))
    sizes, lengths = _segments(lines[SEGMENTS.key], design, faults)
    changes = Changes(
        sizes=sizes,
        lengths=lengths,
        radiators=_radiators(lines[RADIATORS.key], design, faults),
        presets=_presets(lines[VALVES.key], design, faults),
        **_water(lines[WATER.key], faults),
    )
    return Foreign(changes=changes, findings=tuple(faults.findings))


def toml_sheets(data: Mapping[str, Any]) -> dict[str, Cells]:
    """Return the tables of a TOML file as sheets: ``[[segments]]`` and so on, ``[water]`` with its keys."""
    sheets: dict[str, Cells] = {}
    for name, table in data.items():
        if isinstance(table, Mapping):
            sheets[name] = [["key", "value"], *([key, value] for key, value in table.items())]
        elif isinstance(table, list) and all(isinstance(row, Mapping) for row in table):
            keys = list(dict.fromkeys(key for row in table for key in row))
            sheets[name] = [keys, *([row.get(key) for key in keys] for row in table)]
        else:
            sheets[name] = [[name], [table]]
    return sheets


def _no_design(sheets: Iterable[str]) -> InputFault:
    return InputFault(
        text(
            "This is no design: it holds {found}, and a design has one or more of the sheets {known}. "
            "Fill in the building's template",
            found="、".join(sheets) or "—",
            known=_known_sheets(),
        ),
        code="no-design",
    )


def _known_sheets() -> str:
    return "、".join(f"{sheet.chinese} ({sheet.key})" for sheet in SHEETS)


def _note_unknown_sheet(name: str, faults: Faults) -> None:
    faults.add(
        "unknown-sheet",
        name,
        text(
            "A sheet named {sheet} is not part of a design and was left out; known are {known}",
            sheet=name,
            known=_known_sheets(),
        ),
        severity=Severity.WARNING,
    )


def _segments(
    lines: Iterable[Line], design: Design, faults: Faults
) -> tuple[dict[str, tuple[str, int]], dict[str, float]]:
    sizes: dict[str, tuple[str, int]] = {}
    lengths: dict[str, float] = {}
    for line, segment in _found(lines, design.segment_by_id, faults, _by_ends(design)):
        length_m = values.number(line, "length_m", 0.01, LONGEST_M, faults)
        if length_m is not None:
            lengths[segment.id] = length_m
        material = values.named(line, "material", values.materials(), faults)
        dn = values.size(line, material or segment.material, faults)
        if dn:
            sizes[segment.id] = (material, dn)
        elif material and material != segment.material and not line.words("dn"):
            _note_missing_size(line, faults)
        _note_other_flow(line, segment, faults)
    return sizes, lengths


def _by_ends(design: Design) -> Callable[[Line], str]:
    """Return how a row without an id names its pipe: by its two ends."""
    named = {(one.start, one.end): one.id for one in design.segments}
    return lambda line: named.get((line.words("start"), line.words("end")), "")


def _note_missing_size(line: Line, faults: Faults) -> None:
    faults.add(
        "missing-size",
        line.sheet,
        text("Another material needs its size; give both"),
        row=line.number,
        column=line.head("dn"),
    )


def _note_other_flow(line: Line, segment: Segment, faults: Faults) -> None:
    flow_kg_h = values.number(line, "flow_kg_h", 0.0, LARGEST_FLOW_KG_H, faults)
    ours_kg_h = 3600.0 * segment.flow_kg_s
    if flow_kg_h is not None and abs(flow_kg_h - ours_kg_h) > FLOW_WITHIN_RATIO * ours_kg_h:
        faults.add(
            "other-flow",
            line.sheet,
            text(
                "{flow} kg/h differs from the calculated {ours} kg/h; the calculated one is used. Compare"
                " loads and temperatures",
                flow=f"{flow_kg_h:.0f}",
                ours=f"{ours_kg_h:.0f}",
            ),
            row=line.number,
            column=line.head("flow_kg_h"),
            severity=Severity.WARNING,
        )


def _radiators(lines: Iterable[Line], design: Design, faults: Faults) -> dict[str, tuple[str, int]]:
    decided: dict[str, tuple[str, int]] = {}
    by_id = {one.id: one for one in design.radiators}
    for line, radiator in _found(lines, by_id, faults):
        kind = values.named(line, "kind", values.radiator_kinds(), faults)
        sections = values.number(line, "sections", 1, MOST_SECTIONS, faults)
        if sections is not None and sections != int(sections):
            faults.add(
                "not-whole",
                line.sheet,
                text("{value} is not a whole number of sections", value=line.words("sections")),
                row=line.number,
                column=line.head("sections"),
            )
        elif sections is not None:
            decided[radiator.id] = (kind or radiator.kind, int(sections))
        elif kind:
            decided[radiator.id] = (kind, radiator.sections)
    return decided


def _presets(lines: Iterable[Line], design: Design, faults: Faults) -> dict[str, str]:
    decided: dict[str, str] = {}
    by_id = {one.id: one for one in design.devices}
    for line, device in _found(lines, by_id, faults):
        settings = values.settings_of(device)
        if settings:
            mark = values.mark(line, settings, faults)
            if mark:
                decided[device.id] = mark
        elif line.words("preset"):
            faults.add(
                "no-presetting",
                line.sheet,
                text("{device} has no presetting; leave the cell blank", device=device.id),
                row=line.number,
                column=line.head("preset"),
            )
    return decided


def _water(lines: Iterable[Line], faults: Faults) -> dict[str, Any]:
    decided: dict[str, Any] = {}
    for line in lines:
        key = values.named(line, "key", WATER_NAMES, faults)
        if key == "supply_c":
            decided[key] = values.number(line, "value", 30.0, 130.0, faults)
        elif key == "fall_k":
            decided[key] = values.number(line, "value", 1.0, 60.0, faults)
        elif key == "mains":
            decided[key] = _kind(Mains, values.named(line, "value", MAINS_NAMES, faults))
        elif key == "loop":
            decided[key] = _kind(Loop, values.named(line, "value", LOOP_NAMES, faults))
    return decided


def _kind(kind: Callable[[str], Item], name: str) -> Item | None:
    return kind(name) if name else None


def _found(
    lines: Iterable[Line],
    by_id: Mapping[str, Item],
    faults: Faults,
    otherwise: Callable[[Line], str] = lambda line: "",
) -> Iterable[tuple[Line, Item]]:
    """Yield each row with what it is about; rows about nothing known, or the same thing again, are faults."""
    seen: dict[str, int] = {}
    for line in lines:
        name = line.words("id") or otherwise(line)
        if name not in by_id:
            _note_unknown_id(line, name, by_id, faults)
        elif name in seen:
            faults.add(
                "duplicate-id",
                line.sheet,
                text("{id} stands in row {row} already; keep one of the two", id=name, row=seen[name]),
                row=line.number,
                column=line.head("id"),
            )
        else:
            seen[name] = line.number
            yield line, by_id[name]


def _note_unknown_id(line: Line, name: str, known: Iterable[str], faults: Faults) -> None:
    close = difflib.get_close_matches(name, known, n=1)
    faults.add(
        "unknown-id",
        line.sheet,
        text("{id} is not in this building's design; did you mean {close}?", id=name, close=close[0])
        if close
        else text("{id} is not in this building's design; use the ids of the template", id=name or "-"),
        row=line.number,
        column=line.head("id"),
    )
