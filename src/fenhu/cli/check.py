"""``fenhu check``: the quality of a register, every fault with its place."""

from __future__ import annotations

import argparse
from pathlib import Path

from fenhu.cli.console import DONE, HAS_ERRORS, print_json, tell
from fenhu.records import Finding, Severity
from fenhu.register import RegisterReading, read_register
from fenhu.wording import Text, text


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_register_argument(parser)
    parser.add_argument("--json", action="store_true", help=str(text("print one JSON object to stdout")))


def add_register_argument(parser: argparse.ArgumentParser) -> None:
    """Declare REGISTER, the same for every command that reads one."""
    parser.add_argument(
        "register",
        metavar="REGISTER",
        type=Path,
        help=str(text("an .xlsx workbook or a folder of CSV files")),
    )


def run(arguments: argparse.Namespace) -> int:
    """Read the register and print what was found."""
    reading = read_register(arguments.register)
    if arguments.json:
        print_json(check_json(reading))
    else:
        for finding in reading.findings:
            print(finding_line(finding))
    tell(summary(reading))
    return HAS_ERRORS if has_errors(reading.findings) else DONE


def check_json(reading: RegisterReading) -> dict[str, object]:
    """Return the reading in the command's fixed JSON."""
    return {
        "buildings": reading.buildings,
        "flats": reading.flats,
        "findings": [
            {
                "severity": str(finding.severity),
                "sheet": finding.sheet,
                "row": finding.row,
                "column": finding.column,
                "code": finding.code,
                "message": str(finding.message),
            }
            for finding in reading.findings
        ],
    }


def finding_line(finding: Finding) -> str:
    """Return a finding as one line a person can walk to."""
    place = " ".join(
        str(part) for part in (finding.sheet, finding.row, finding.column) if part not in (None, "")
    )
    return f"{_SEVERITY_WORDS[finding.severity]} [{finding.code}] {place}: {finding.message}"


def has_errors(findings: tuple[Finding, ...]) -> bool:
    """Return whether any finding stops the work."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def summary(reading: RegisterReading) -> Text:
    """Return the closing sentence."""
    errors = sum(finding.severity is Severity.ERROR for finding in reading.findings)
    warnings = len(reading.findings) - errors
    if not reading.findings:
        return text(
            "{buildings} buildings, {flats} flats: nothing to find fault with.",
            buildings=reading.buildings,
            flats=reading.flats,
        )
    return text(
        "{buildings} buildings, {flats} flats: {errors} errors, {warnings} warnings.",
        buildings=reading.buildings,
        flats=reading.flats,
        errors=errors,
        warnings=warnings,
    )


_SEVERITY_WORDS = {Severity.ERROR: text("error"), Severity.WARNING: text("warning")}
