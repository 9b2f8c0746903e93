"""``fenhu share``: who pays which line of a bill."""

from __future__ import annotations

import argparse
from pathlib import Path

from fenhu import money, policy
from fenhu.cli.console import DONE, print_json
from fenhu.units import yuan_from_fen
from fenhu.wording import text

NAME = "share"
ABOUT = text("Split a bill of quantities between the payers by a city's rules, to the fen.")
PARSER_OPTIONS: dict[str, object] = {}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("bill", metavar="BILL.csv", type=Path, help=str(text("the bill of quantities")))
    parser.add_argument("--policy", required=True, help=str(text("a policy's name (fenhu policy list) or file")))
    parser.add_argument("--json", action="store_true", help=str(text("print one JSON object to stdout")))


def run(arguments: argparse.Namespace) -> int:
    """Split the bill and print the shares."""
    rules = policy.load(arguments.policy)
    lines = money.read_bill(arguments.bill)
    shared = money.share_bill(lines, rules, money.facts_of_bill(lines))
    if arguments.json:
        print_json(money.shares_json(shared))
        return DONE
    for payer, fen in shared.total.items():
        print(f"{payer:<14}{yuan_from_fen(fen):>16,.2f}")
    return DONE
