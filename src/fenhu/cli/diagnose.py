"""``fenhu diagnose``: simulate every building, hold it against the policy's criteria, rank it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping

from fenhu import policy, stock, study
from fenhu.cli.check import add_register_argument
from fenhu.cli.console import DONE, HAS_ERRORS, output_folder, print_json, print_table, progress_bar, tell
from fenhu.cli.engines import add_engine_arguments, engine_of
from fenhu.cli.reading import sound_register
from fenhu.wording import text

SHOWN = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_register_argument(parser)
    parser.add_argument(
        "--policy", required=True, help=str(text("a policy's name (fenhu policy list) or file"))
    )
    parser.add_argument("--out", required=True, metavar="DIR", help=str(text("folder for the results")))
    add_engine_arguments(parser)
    parser.add_argument("--json", action="store_true", help=str(text("print one JSON object to stdout")))


def run(arguments: argparse.Namespace) -> int:
    """Diagnose the register, write diagnosis.json and print the answer."""
    engine = engine_of(arguments)
    rules = policy.load(arguments.policy)
    register = sound_register(arguments.register)
    if register is None:
        return HAS_ERRORS
    path = output_folder(arguments.out) / "diagnosis.json"
    with progress_bar() as report:
        diagnosed = study.diagnose_register(register, rules, progress=report, engine=engine)
        explained = study.explain_register(register, rules, progress=report, engine=engine)
    answer = study.diagnosis_json(diagnosed, explained)
    path.write_text(json.dumps(answer, ensure_ascii=False, indent=1), encoding="utf-8")
    if arguments.json:
        print_json(answer)
    else:
        _print_most_urgent(diagnosed)
        _print_explained(explained)
    tell(text("Everything about {count} buildings is in {path}.", count=len(diagnosed.diagnoses), path=path))
    return DONE


def _print_most_urgent(diagnosed: study.Diagnosed) -> None:
    urgent = sorted(diagnosed.diagnoses.values(), key=lambda one: (-one.priority, one.code))[:SHOWN]
    headers = (text("building"), text("priority"), text("coldest flat ℃"), text("criteria met"))
    rows = [
        (
            one.code,
            f"{one.priority:.2f}",
            f"{one.before.min_c:.1f}" if one.before else "—",
            "、".join(str(criterion.name) for criterion in one.criteria if criterion.met),
        )
        for one in urgent
    ]
    print_table(headers, rows)


def _print_explained(explained: Mapping[str, stock.Explained]) -> None:
    """Say of every building whose measured rooms are not as simulated what explains them."""
    rows = [
        (one.code, f"{one.measured}", " ".join(str(sentence) for sentence in one.sentences))
        for one in explained.values()
        if one.status == "explained"
    ]
    if rows:
        print_table((text("building"), text("rooms measured"), text("what explains them")), rows)
