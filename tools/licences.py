"""Write docs/licences.md: every package the product installs, with its licence; refuse what may not be there.

python -m tools.licences > docs/licences.md
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PINNED = re.compile(r"^([a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==([^\s;]+)", re.MULTILINE)
# How a licence may be called, by words of which one must stand in its name; others need a reason below.
ALLOWED = ("MIT", "BSD", "Apache", "PSF", "Python Software Foundation", "Unlicense", "Public Domain", "MPL",
           "Mozilla", "OFL", "Zlib", "CC0")  # fmt: skip
REFUSED = re.compile(r"\b(?<!L)A?GPL|(?<!Lesser )General Public License", re.IGNORECASE)
EXCEPTIONS: Mapping[str, str] = {
    "psycopg": "LGPL: used as it comes, by its public interface, and replaceable",
    "psycopg-binary": "LGPL: used as it comes, by its public interface, and replaceable",
    "docxtpl": "LGPL: used as it comes, by its public interface, and replaceable",
}
# Pinned for other systems than the one this runs on.
ELSEWHERE: Mapping[str, str] = {"colorama": "BSD-3-Clause", "tzdata": "Apache-2.0", "pywin32": "PSF"}


@dataclass(frozen=True, slots=True)
class Package:
    """One package: where it comes from, its licence in its own words."""

    name: str
    version: str
    licence: str
    origin: str

    @property
    def allowed(self) -> bool:
        """Tell whether the product may install it."""
        if REFUSED.search(self.licence):
            return False
        return self.name in EXCEPTIONS or any(word in self.licence for word in ALLOWED)


def packages() -> tuple[Package, ...]:
    """Return what the product installs: the pins it runs on, and those of the extra ``sso``."""
    said = _said()
    base, every = _pinned("base.txt"), _pinned("dev.txt")
    extra = {name: every[name] for name in SSO if name not in base}
    rows = [(name, version, origin) for origin, pins in (("base", base), ("extra sso", extra))
            for name, version in sorted(pins.items())]  # fmt: skip
    return tuple(Package(name, version, said.get(name) or ELSEWHERE.get(name, "unknown"), origin)
                 for name, version, origin in rows)  # fmt: skip


# What django-allauth[socialaccount] brings along.
SSO = ("django-allauth", "oauthlib", "requests", "pyjwt", "cryptography", "certifi", "urllib3",
       "charset-normalizer", "idna", "cffi", "pycparser")  # fmt: skip


def _pinned(name: str) -> dict[str, str]:
    """Return the packages of a pin file; where Python's version decides, with every version."""
    found: dict[str, str] = {}
    for package, version in PINNED.findall((ROOT / "requirements" / name).read_text(encoding="utf-8")):
        found[package] = f"{found[package]}, {version}" if package in found else version
    return found


def _said() -> dict[str, str]:
    command = [sys.executable, "-m", "piplicenses", "--format", "json", "--from", "mixed", "--with-system"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {re.sub(r"[-_.]+", "-", one["Name"]).lower(): one["License"] for one in json.loads(done.stdout)}


def page() -> str:
    """Return the page."""
    found = packages()
    lines = [
        "# Licences",
        "",
        "Every package the product installs, with its licence in its own words. Written by",
        "`python -m tools.licences`; a test fails when it is stale, when a licence is unknown, or when one",
        "is none of those allowed. GPL and AGPL are refused. Tools of development are not installed with",
        "the product and not listed.",
        "",
        "| package | version | licence | from |",
        "|---|---|---|---|",
        *(
            f"| {one.name} | {one.version} | {one.licence.replace('|', '/')} | {one.origin} |"
            for one in found
        ),
        "",
        "Allowed though not permissive:",
        "",
        *(f"- {name}: {reason}" for name, reason in EXCEPTIONS.items()),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")
