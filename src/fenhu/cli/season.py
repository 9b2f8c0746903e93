"""``fenhu season``: a building file, or a register, through a heating season, before and after conversion."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fenhu import building, policy
from fenhu.cli import season_register
from fenhu.cli.console import BAD_INPUT, DONE, complain, print_json, print_table, tell
from fenhu.cli.engines import add_engine_arguments
from fenhu.cli.season_figures import COLDEST_FLAT, FLATS_BELOW_18, HEAT, HEAT_PER_AREA, Figure
from fenhu.errors import UnreadableFile
from fenhu.records import SystemForm
from fenhu.wording import text

PACKAGED = "fuxin-2010"

FIGURES: tuple[Figure, ...] = (
    HEAT,
    HEAT_PER_AREA,
    (text("heat ventilated away GJ"), lambda one: f"{one['ventilated_gj']:.1f}"),
    (text("pump electricity kWh"), lambda one: f"{one['pump_kwh']:.0f}"),
    FLATS_BELOW_18,
    (text("hours below 18 ℃, worst flat"), lambda one: f"{one['worst_below_18_h']:.0f}"),
    (text("flats above 20 ℃ at times"), lambda one: f"{one['flats_above_20']}"),
    (text("hours above 20 ℃, warmest flat"), lambda one: f"{one['worst_above_20_h']:.0f}"),
    COLDEST_FLAT,
    (text("mean of the warmest flat ℃"), lambda one: f"{one['warmest_flat_mean_c']:.1f}"),
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "file", metavar="BUILDING.toml|REGISTER", type=Path,
        help=str(text("a building file, or a register: an .xlsx workbook or a folder of CSV files")),
    )  # fmt: skip
    parser.add_argument(
        "--convert", choices=[str(form) for form in SystemForm], metavar="FORM", nargs="?", const=True,
        help=str(
            text("also simulate the building converted to FORM; without FORM, to the one the policy builds")
        ),
    )  # fmt: skip
    parser.add_argument(
        "--weather", metavar="FILE.epw", type=Path,
        help=str(text("an EnergyPlus weather file; without, a winter made from the city's design data")),
    )  # fmt: skip
    parser.add_argument(
        "--hourly", action="store_true", help=str(text("in steps of an hour instead of a day"))
    )
    parser.add_argument(
        "--policy", default=PACKAGED,
        help=str(text("whose station and heating season: a policy's name or file ({name})", name=PACKAGED)),
    )  # fmt: skip
    parser.add_argument(
        "--out",
        metavar="DIR",
        help=str(text("with a register: folder for season.json, all there is to know")),
    )
    add_engine_arguments(parser)
    parser.add_argument("--json", action="store_true", help=str(text("print one JSON object to stdout")))


def run(arguments: argparse.Namespace) -> int:
    """Simulate the season of a building, or of every building of a register, and print the answer."""
    if season_register.is_register(arguments.file):
        return season_register.run(arguments)
    if arguments.engine or arguments.scheduler or arguments.out:
        complain(
            text(
                "--engine, --scheduler and --out speak of a register; {file} is one building.",
                file=arguments.file,
            )
        )
        return BAD_INPUT
    return _run_building(arguments)


def _run_building(arguments: argparse.Namespace) -> int:
    if arguments.file.suffix.lower() == ".json":
        raise UnreadableFile(
            text("{file} is a network file: a season needs a building file (.toml).", file=arguments.file)
        )
    house, rules = building.read_building(arguments.file), policy.load(arguments.policy)
    winter = building.winter_for(
        house, rules.climate.station, rules.calendar.season_of, epw=arguments.weather, hourly=arguments.hourly
    )
    days, step = len(winter.weather.days()), f"{winter.weather.step_h:g}"
    tell(text("Simulating {days} days in steps of {step} h …", days=days, step=step))
    answer = building.season_json(house, winter, _form(arguments.convert, house, rules))
    print_json(answer) if arguments.json else _print_season(answer)
    return DONE


def _form(asked: str | bool | None, house: building.Building, rules: policy.Policy) -> SystemForm | None:
    if asked is True:
        return rules.form.target_of(house.system_form)
    return SystemForm(asked) if asked else None


def _print_season(answer: Mapping[str, Any]) -> None:
    season, before, after = answer["season"], answer["before"], answer["after"]
    print(
        text("{first} to {last}, {days} days, outdoors {mean} ℃ on average and {least} ℃ at least",
             first=season["first_day"], last=season["last_day"], days=season["length_days"],
             mean=f"{season['outdoor_mean_c']:.1f}", least=f"{season['outdoor_min_c']:.1f}")
    )  # fmt: skip
    rows = [
        (str(name), figure(before["totals"]), figure(after["totals"]) if after else "—")
        for name, figure in FIGURES
    ]
    print_table((text("heating season"), text("before"), text("after")), rows)
    for assumption in answer["assumed"]:
        print(text("Assumed {key} = {value}: {reason}", **assumption))
