"""``fenhu share``: who pays which line of a bill."""

from __future__ import annotations

import argparse
from pathlib import Path

from fenhu import money, policy
from fenhu.cli.check import finding_line
from fenhu.cli.console import DONE, HAS_ERRORS, print_json, print_table, tell
from fenhu.units import yuan_from_fen
from fenhu.wording import text


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("bill", metavar="BILL.csv", type=Path, help=str(text("the bill of quantities")))
    parser.add_argument(
        "--policy", required=True, help=str(text("a policy's name (fenhu policy list) or file"))
    )
    parser.add_argument("--json", action="store_true", help=str(text("print one JSON object to stdout")))


def run(arguments: argparse.Namespace) -> int:
    """Split the bill and print the shares."""
    rules = policy.load(arguments.policy)
    reading = money.read_bill(arguments.bill)
    for finding in reading.findings:
        tell(text("{finding}", finding=finding_line(finding)))
    if reading.lines is None:
        return HAS_ERRORS
    shared = money.share_bill(reading.lines, rules, money.facts_of_bill(reading.lines, reading.areas_m2))
    advanced = money.advances(shared, rules)
    if arguments.json:
        print_json(money.shares_json(shared, advanced))
    else:
        total = [(str(payer), f"{yuan_from_fen(fen):,.2f}") for payer, fen in shared.total.items()]
        print_table((text("payer"), text("yuan")), total)
        for (by, owing), fen in advanced.items():
            yuan = f"{yuan_from_fen(fen):,.2f}"
            tell(text("{by} lays out {yuan} yuan for {owing}", by=by.value, yuan=yuan, owing=owing.value))
    return DONE
