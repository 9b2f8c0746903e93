"""``fenhu simulate``: a network file, or a building file before and after conversion."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fenhu import building, heat
from fenhu.cli.console import DONE, print_json, print_table
from fenhu.records import SystemForm
from fenhu.wording import text
from fenhu.worksheets import read_json


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", metavar="FILE", type=Path, help=str(text("NET.json or BUILDING.toml")))
    parser.add_argument(
        "--convert", choices=[str(form) for form in SystemForm], metavar="FORM",
        help=str(text("also simulate the building converted to FORM, e.g. household_double")),
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help=str(text("print one JSON object to stdout")))


def run(arguments: argparse.Namespace) -> int:
    """Simulate and print the answer, as JSON or as a table of flats or nodes."""
    if arguments.file.suffix.lower() == ".json":
        answer = _network_answer(arguments.file)
        print_json(answer) if arguments.json else _print_network(answer)
        return DONE
    form = SystemForm(arguments.convert) if arguments.convert else None
    house = building.read_building(arguments.file)
    answer = building.simulate_json(house, form)
    if arguments.json:
        print_json(answer)
    else:
        _print_building(answer)
        _print_findings(house)
    return DONE


def _network_answer(path: Path) -> Mapping[str, object]:
    network = heat.parse_network(read_json(path))
    return heat.answer(network, heat.solve(network))


def _print_network(answer: Mapping[str, Any]) -> None:
    nodes = [
        (name, f"{one['pressure_pa']:.1f}", f"{one['temperature_c']:.2f}")
        for name, one in answer["nodes"].items()
    ]
    print_table((text("node"), text("pressure Pa"), text("temperature ℃")), nodes)
    rooms = [(name, f"{one['temperature_c']:.2f}") for name, one in answer.get("rooms", {}).items()]
    if rooms:
        print_table((text("room"), text("temperature ℃")), rooms)


def _print_building(answer: Mapping[str, Any]) -> None:
    after = (answer["after"] or {}).get("flats", {})
    rows = [
        (
            flat,
            f"{state['temperature_c']:.1f}",
            f"{after[flat]['temperature_c']:.1f}" if flat in after else "—",
        )
        for flat, state in answer["before"]["flats"].items()
    ]
    print_table((text("flat"), text("before ℃"), text("after ℃")), rows)
    for assumption in answer["assumed"]:
        print(text("Assumed {key} = {value}: {reason}", **assumption))


def _print_findings(house: building.Building) -> None:
    """Say what explains the measured rooms, if the file gives any."""
    if house.measured_c:
        for sentence in building.calibrate(house).sentences:
            print(sentence)
