"""``fenhu season REGISTER``: every building of a register through a heating season."""

from __future__ import annotations

import argparse
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from fenhu import policy, study
from fenhu.cli.console import DONE, HAS_ERRORS, output_folder, print_json, print_table, progress_bar, tell
from fenhu.cli.engines import engine_of
from fenhu.cli.reading import sound_register
from fenhu.cli.season_figures import COLDEST_FLAT, FLATS_BELOW_18, HEAT, HEAT_PER_AREA, Figure, Totals
from fenhu.records import SystemForm
from fenhu.wording import text

NAMES = frozenset({".xlsx", ".xlsm", ".xls", ".csv"})

COLUMNS: tuple[Figure, ...] = (
    HEAT,
    HEAT_PER_AREA,
    (text("mean ℃"), lambda one: f"{one['mean_c']:.1f}"),
    COLDEST_FLAT,
    FLATS_BELOW_18,
    (text("degree hours below 18 ℃"), lambda one: f"{one['below_18_k_h']:.0f}"),
)


def is_register(path: Path) -> bool:
    """Return whether a file can only be a register: a folder, or a workbook by name or content."""
    return path.is_dir() or path.suffix.lower() in NAMES or zipfile.is_zipfile(path)


def run(arguments: argparse.Namespace) -> int:
    """Simulate every building's season and print a row for each, as JSON or as a table."""
    engine, rules = engine_of(arguments), policy.load(arguments.policy)
    register = sound_register(arguments.file)
    if register is None:
        return HAS_ERRORS
    path = output_folder(arguments.out) / "season.json" if arguments.out else None
    with progress_bar() as report:
        seasons = study.season_register(
            register, rules, form_of=_form_of(arguments.convert, rules), epw=arguments.weather,
            hourly=arguments.hourly, progress=report, engine=engine,
        )  # fmt: skip
    answer = study.seasons_json(seasons)
    converted = bool(arguments.convert)
    print_json(answer) if arguments.json else _print_buildings(seasons, converted=converted)
    for sentence in study.season_sentences(seasons):
        tell(sentence)
    if path is not None:
        path.write_text(json.dumps(answer, ensure_ascii=False, indent=1), encoding="utf-8")
        tell(
            text("Everything about {count} buildings is in {path}.", count=len(seasons.buildings), path=path)
        )
    return DONE


def _form_of(asked: str | bool | None, rules: policy.Policy) -> study.FormOf | None:
    if asked is True:
        return rules.form.target_of
    return (lambda _: SystemForm(asked)) if asked else None


def _print_buildings(seasons: study.RegisterSeasons, *, converted: bool) -> None:
    def shown(one: study.BuildingSeason, figure: Callable[[Totals], str]) -> str:
        states = (one.before, one.after) if converted else (one.before,)
        return " → ".join(figure(state.totals) if state else "—" for state in states)

    print_table(
        (text("building"), *(name for name, _ in COLUMNS)),
        [(one.code, *(shown(one, figure) for _, figure in COLUMNS)) for one in seasons.buildings],
    )
