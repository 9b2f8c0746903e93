"""``fenhu design``: a building file's conversion, sized, balanced, proved, reviewed, billed and drawn."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

from fenhu import building, policy
from fenhu.building import Building, Loop, Mains
from fenhu.cli.check import finding_line
from fenhu.cli.console import DONE, HAS_ERRORS, output_folder, print_json, print_table, tell
from fenhu.design import Changes, design_building
from fenhu.design.review import Verdict
from fenhu.papers import form_name, payer_name
from fenhu.policy import Policy
from fenhu.records import SystemForm
from fenhu.study.comparing import FormComparison, compare_forms, comparison_json, comparison_table
from fenhu.study.design_files import write_comparison, write_design
from fenhu.study.designing import DesignStudy, design_json, study_design
from fenhu.study.foreign import open_foreign
from fenhu.units import yuan_from_fen
from fenhu.wording import text

PACKAGED = "fuxin-2010"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", metavar="BUILDING.toml", type=Path, help=str(text("a building file")))
    parser.add_argument("--out", required=True, metavar="DIR", help=str(text("folder for the results")))
    parser.add_argument(
        "--policy", default=PACKAGED,
        help=str(text("a policy's name (fenhu policy list) or file; {name} if not given", name=PACKAGED)),
    )  # fmt: skip
    parser.add_argument(
        "--form", choices=[form.value for form in SystemForm], metavar="FORM",
        help=str(text("the form to convert to; the one the policy builds if not given")),
    )  # fmt: skip
    parser.add_argument(
        "--loop", choices=[loop.value for loop in Loop], metavar="LOOP",
        help=str(text("what lies inside the flats: {loops}", loops=", ".join(Loop))),
    )  # fmt: skip
    parser.add_argument(
        "--mains", choices=[mains.value for mains in Mains],
        help=str(text("direct or reverse return mains; the cheaper if not given")),
    )  # fmt: skip
    parser.add_argument(
        "--entered", metavar="FILE", type=Path,
        help=str(text("a design made elsewhere: the filled template, or a TOML file")),
    )  # fmt: skip
    parser.add_argument(
        "--on", metavar="YYYY-MM-DD", type=date.fromisoformat,
        help=str(text("the day the review judges by; the policy's first day if not given")),
    )  # fmt: skip
    parser.add_argument(
        "--compare", action="store_true",
        help=str(text("also compare the forms that could be built, and the building kept as it is")),
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help=str(text("print one JSON object to stdout")))


def run(arguments: argparse.Namespace) -> int:
    """Design the building, write its files and print the answer; exit 1 where it may not be filed."""
    rules = policy.load(arguments.policy)
    house = building.read_building(arguments.file)
    changes = _changes(arguments, house, rules)
    if changes is None:
        return HAS_ERRORS
    form = SystemForm(arguments.form) if arguments.form else None
    study = study_design(house, rules, form=form, changes=changes, on=arguments.on)
    folder = output_folder(arguments.out)
    names = write_design(study, folder)
    comparison = compare_forms(house, rules, on=arguments.on) if arguments.compare else None
    if comparison:
        names += write_comparison(comparison, study, folder)
    if arguments.json:
        compared = {"compare": comparison_json(comparison)} if comparison else {}
        print_json(design_json(study, names) | compared)
    else:
        _print(study)
        if comparison:
            _print_comparison(comparison)
        print(text("Written to {folder}: {names}", folder=folder, names=", ".join(names)))
    return DONE if study.may_be_filed else HAS_ERRORS


def _changes(arguments: argparse.Namespace, house: Building, rules: Policy) -> Changes | None:
    """Return what was decided: by the arguments, and by a design made elsewhere if there is one."""
    chosen = Changes(
        loop=Loop(arguments.loop) if arguments.loop else None,
        mains=Mains(arguments.mains) if arguments.mains else None,
    )
    if arguments.entered is None:
        return chosen
    form = SystemForm(arguments.form) if arguments.form else rules.form.target_of(house.system_form)
    entered = open_foreign(arguments.entered, design_building(house, form, changes=chosen))
    for finding in entered.findings:
        tell(text("{finding}", finding=finding_line(finding)))
    if not entered.usable:
        return None
    return replace(
        entered.changes, loop=entered.changes.loop or chosen.loop, mains=entered.changes.mains or chosen.mains
    )


def _print_comparison(comparison: FormComparison) -> None:
    print(comparison.finding)
    heads, rows = comparison_table(comparison)
    print_table(heads, rows)


def _print(study: DesignStudy) -> None:
    made = study.design
    coldest = min(made.proof.weathers[0].temperature_c.values())
    print(
        text(
            "{form}: needs {needed} kPa of {offered} kPa at the inlet; the coldest flat simulated is "
            "{coldest} ℃; {cost} yuan in all.",
            form=form_name(made.form), needed=f"{made.needed_pa / 1000.0:.1f}",
            offered=f"{made.inlet_pa / 1000.0:.1f}", coldest=f"{coldest:.1f}",
            cost=f"{yuan_from_fen(study.bill.cost_fen):,.2f}",
        )
    )  # fmt: skip
    for note in made.notes:
        print(note)
    asked = [one for one in study.checks if one.verdict in (Verdict.ERROR, Verdict.WARNING)]
    rows = [(str(one.clause), str(one.verdict_name), str(one.required), str(one.found)) for one in asked]
    if rows:
        print_table((text("clause"), text("verdict"), text("required"), text("found")), rows)
    shares = [
        (str(payer_name(payer)), f"{yuan_from_fen(fen):,.2f}")
        for payer, fen in study.shared.total.items()
        if fen
    ]
    print_table((text("payer"), text("yuan")), shares)
    for assumption in made.assumed:
        print(
            text(
                "Assumed {key} = {value}: {reason}",
                key=assumption.key, value=assumption.value, reason=assumption.reason,
            )
        )  # fmt: skip
