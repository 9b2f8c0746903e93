"""Ask whether a known fault concerns a pinned package: ``python -m tools.audit``, which ``make audit`` calls.

A known fault fails. What could not be asked is said loudly and fails nothing, so that a machine without a way
to the database can still work; whoever releases reads it. No database is asked about the packages of npm.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PINS = ("base.txt", "dev.txt")
SECONDS = 55


def asked() -> tuple[list[Mapping[str, Any]], str]:
    """Return what the database says of each pinned package, and why it said nothing."""
    files = [word for name in PINS for word in ("--requirement", str(ROOT / "requirements" / name))]
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps", "--format", "json",
               "--progress-spinner", "off", *files]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return [], f"no answer within {SECONDS} seconds"
    try:
        return json.loads(done.stdout)["dependencies"], ""
    except (ValueError, KeyError):
        return [], (done.stderr.strip().splitlines() or ["no answer"])[-1]


def verdict(found: Iterable[Mapping[str, Any]], silence: str) -> tuple[list[str], bool]:
    """Return the lines of the report, and whether a known fault concerns a package."""
    faults = [(one["name"], one["version"], fault) for one in found for fault in one.get("vulns", ())]
    skipped = [one["name"] for one in found if "skip_reason" in one]
    checked = sum("skip_reason" not in one for one in found)
    lines = [_told(*fault) for fault in faults]
    if skipped:
        lines.append(f"NOT CHECKED, the database does not know them here: {', '.join(skipped)}")
    if silence or not checked:
        lines.append(f"NOTHING WAS CHECKED: {silence or 'the database knows none of the packages'}")
    lines.append(f"{checked} packages checked, {len(faults)} known faults, {len(skipped)} not checked")
    return lines, bool(faults)


def _told(name: str, version: str, fault: Mapping[str, Any]) -> str:
    mended = ", ".join(fault["fix_versions"]) or "no version yet"
    return f"KNOWN FAULT {fault['id']} in {name} {version}; mended in {mended}"


def scripts() -> Iterable[str]:
    """Yield the packages of npm that tests use; the product installs none."""
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, package in packages.items():
        if name:
            yield f"{name.removeprefix('node_modules/')} {package['version']}"


def main() -> int:
    """Print the report and return 1 where a known fault concerns a package."""
    found, silence = asked()
    lines, faulty = verdict(found, silence)
    print("\n".join(lines))
    print("NOT CHECKED npm: " + ", ".join(scripts()))
    return int(faulty)


if __name__ == "__main__":
    sys.exit(main())
