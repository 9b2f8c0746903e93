"""``fenhu policy``: check a city's policy file, or list those that come with the product."""

from __future__ import annotations

import argparse

from fenhu import policy
from fenhu.cli.console import DONE, HAS_ERRORS, print_json, print_table, tell
from fenhu.wording import text


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the two verbs."""
    verbs = parser.add_subparsers(metavar="check|list", required=True)
    checking = verbs.add_parser("check", help=str(text("every fault of a policy file, with line and key")))
    checking.add_argument(
        "file", metavar="FILE", help=str(text("the policy file (.toml), or a policy's name"))
    )
    listing = verbs.add_parser("list", help=str(text("the policies that come with fenhu")))
    for verb, action in ((checking, _check), (listing, _list)):
        verb.add_argument("--json", action="store_true", help=str(text("print one JSON object to stdout")))
        verb.set_defaults(verb=action)


def run(arguments: argparse.Namespace) -> int:
    """Do the verb."""
    return int(arguments.verb(arguments))


def _check(arguments: argparse.Namespace) -> int:
    faults = policy.check(arguments.file)
    if arguments.json:
        listed = [{"line": fault.line, "key": fault.key, "message": str(fault.message)} for fault in faults]
        print_json({"valid": not faults, "faults": listed})
    else:
        for fault in faults:
            place = f"{arguments.file}:{fault.line}" if fault.line else arguments.file
            print(f"{place}: {fault.key}: {fault.message}")
    if faults:
        tell(text("{file}: {count} faults.", file=arguments.file, count=len(faults)))
    else:
        tell(text("{file} is right.", file=arguments.file))
    return HAS_ERRORS if faults else DONE


def _list(arguments: argparse.Namespace) -> int:
    known = [(one.id, str(one.valid_from), str(one.city), str(one.title)) for one in policy.available()]
    if arguments.json:
        print_json(
            {
                "policies": [
                    dict(zip(("id", "valid_from", "city", "title"), one, strict=True)) for one in known
                ]
            }
        )
    else:
        print_table((text("policy"), text("valid from"), text("city"), text("title")), known)
    return DONE
