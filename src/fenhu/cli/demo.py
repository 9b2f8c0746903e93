"""``fenhu demo``: write the synthetic city's register."""

from __future__ import annotations

import argparse
from pathlib import Path

from fenhu.cli.console import DONE, output_folder, print_json, tell
from fenhu.register import synthetic_city, write_register
from fenhu.wording import text

CITY_BUILDINGS, CITY_SEED = 1000, 2010


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("dir", metavar="DIR", help=str(text("folder that receives register.xlsx")))
    parser.add_argument("--buildings", type=int, default=CITY_BUILDINGS, help=str(text("how many buildings")))
    parser.add_argument("--seed", type=int, default=CITY_SEED, help=str(text("another seed, another city")))
    parser.add_argument("--json", action="store_true", help=str(text("print one JSON object to stdout")))


def run(arguments: argparse.Namespace) -> int:
    """Write the register and say where it is."""
    city = synthetic_city(arguments.buildings, arguments.seed)
    path: Path = output_folder(arguments.dir) / "register.xlsx"
    write_register(city, path)
    tell(
        text(
            "{path}: {buildings} buildings, {flats} flats. Synthetic data, no real building or person.",
            path=path,
            buildings=len(city.buildings),
            flats=len(city.flats),
        )
    )
    if arguments.json:
        print_json({"file": str(path), "buildings": len(city.buildings), "flats": len(city.flats)})
    return DONE
