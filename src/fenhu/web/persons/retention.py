"""How long what is held of people is kept: rules as data, each with its source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from fenhu.errors import PolicyFault, UnreadableFile, reason_of
from fenhu.wording import Text, text

PACKAGED = Path(__file__).parent / "retention.toml"
_KEYS = {"years", "from", "source", "trust"}
TRUSTS = ("read", "unverified", "assumed")
SINCE: Mapping[str, Text] = {
    "accounting_year": text("end of the accounting year"), "payment": text("day of the payment"),
    "warranty": text("end of the warranty"), "settled": text("day it was settled"),
    "revoked": text("day it was revoked"), "imported": text("day the file came in"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: for how many years from when, and by what."""

    key: str
    years: int
    since: Text
    source: str
    trust: str

    def before(self, today: date) -> date:
        """Return the day before which everything is due."""
        try:
            return today.replace(year=today.year - self.years)
        except ValueError:  # 29 February
            return today.replace(year=today.year - self.years, day=28)


def rules() -> Mapping[str, Rule]:
    """Return the rules in force: the city's file, else the packaged one.

    Raises
    ------
    UnreadableFile
        If the file cannot be read at all.
    PolicyFault
        If it is no TOML, or a kind or a key is missing, unknown or out of range.
    """
    return _read(settings.RETENTION or PACKAGED)


@lru_cache(maxsize=4)
def _read(path: Path) -> Mapping[str, Rule]:
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise UnreadableFile(
            text("{path} cannot be read: {why}", path=str(path), why=reason_of(fault))
        ) from fault
    except ValueError as fault:
        said = text("{file} is no TOML: {fault}", file=path.name, fault=str(fault))
        raise PolicyFault(said, file=path.name, key="") from fault
    packaged = tomllib.loads(PACKAGED.read_text(encoding="utf-8"))
    for key in rows.keys() ^ packaged.keys():
        raise _fault(path, key, "missing or unknown")
    return {key: _rule(path, key, row) for key, row in rows.items()}


def _rule(path: Path, key: str, row: Mapping[str, object]) -> Rule:
    years, trust = row.get("years"), row.get("trust")
    known = row.keys() == _KEYS and row["from"] in SINCE and trust in TRUSTS
    if not known or not isinstance(years, int) or not 1 <= years <= 100:
        raise _fault(path, key, f"{', '.join(sorted(_KEYS))}; years 1–100; from: {', '.join(SINCE)}")
    return Rule(
        key=key, years=years, since=SINCE[str(row["from"])], source=str(row["source"]), trust=str(trust)
    )


def _fault(path: Path, key: str, said: str) -> PolicyFault:
    return PolicyFault(
        text("{file}: {key}: {said}", file=path.name, key=key, said=said), file=path.name, key=key
    )
