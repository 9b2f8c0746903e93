"""Collecting what is wrong in a register, so that the list stays readable however wrong it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from fenhu.errors import InputFault
from fenhu.records import Finding, Severity
from fenhu.wording import Text, text

LISTED_PER_KIND = 100

CODES: Mapping[str, Severity] = {
    "missing-sheet": Severity.ERROR,
    "empty-sheet": Severity.ERROR,
    "duplicate-sheet": Severity.ERROR,
    "unknown-sheet": Severity.WARNING,
    "missing-column": Severity.ERROR,
    "duplicate-column": Severity.ERROR,
    "unknown-column": Severity.WARNING,
    "title-rows": Severity.WARNING,
    "merged-header": Severity.ERROR,
    "merged-cells": Severity.WARNING,
    "hidden-rows": Severity.WARNING,
    "total-row": Severity.WARNING,
    "formula-error": Severity.ERROR,
    "formula-without-value": Severity.ERROR,
    "encoding": Severity.ERROR,
    "broken-csv": Severity.ERROR,
    "missing-value": Severity.ERROR,
    "not-a-number": Severity.ERROR,
    "not-whole": Severity.ERROR,
    "not-yes-no": Severity.ERROR,
    "unknown-word": Severity.ERROR,
    "out-of-range": Severity.ERROR,
    "too-long": Severity.ERROR,
    "control-character": Severity.ERROR,
    "date-for-text": Severity.ERROR,
    "rounded-to-fen": Severity.WARNING,
    "percent-as-share": Severity.WARNING,
    "percent-ambiguous": Severity.ERROR,
    "duplicate-code": Severity.ERROR,
    "duplicate-flat": Severity.ERROR,
    "duplicate-row": Severity.ERROR,
    "unknown-building": Severity.ERROR,
    "unit-outside": Severity.ERROR,
    "storey-outside": Severity.ERROR,
    "flats-disagree": Severity.WARNING,
    "no-flats": Severity.WARNING,
    "area-disagrees": Severity.WARNING,
    "pipe-older": Severity.WARNING,
    "min-above-mean": Severity.ERROR,
    "scope-missing": Severity.ERROR,
    "scope-ignored": Severity.WARNING,
    "unknown-scope": Severity.WARNING,
    "unknown-supplier": Severity.WARNING,
    "unknown-cluster": Severity.WARNING,
    "unused-cluster": Severity.WARNING,
    "cluster-supplier": Severity.ERROR,
    "cluster-district": Severity.WARNING,
    "order-self": Severity.ERROR,
    "order-cycle": Severity.ERROR,
}


class CellFault(InputFault):
    """A cell that cannot be read as its column's kind; the reader turns it into a finding."""


@dataclass(slots=True)
class Findings:
    """The findings of one reading; of each kind in a column a hundred are listed, the rest counted."""

    listed: list[Finding] = field(default_factory=list)
    counts: defaultdict[tuple[str, str, str | None], int] = field(default_factory=lambda: defaultdict(int))

    def add(
        self, code: str, sheet: str, message: Text, *, row: int | None = None, column: str | None = None
    ) -> None:
        """Note one finding; its severity is the code's."""
        kind = (code, sheet, column)
        self.counts[kind] += 1
        if self.counts[kind] <= LISTED_PER_KIND:
            self.listed.append(
                Finding(severity=CODES[code], sheet=sheet, row=row, column=column, code=code, message=message)
            )

    @property
    def any_error(self) -> bool:
        """Whether anything found stops the register from being used."""
        return any(CODES[code] is Severity.ERROR for code, _, _ in self.counts)

    def finished(self) -> tuple[Finding, ...]:
        """Return the listed findings as they were found, then a remainder for every kind cut short."""
        return (
            *self.listed,
            *map(self._remainder, (k for k, n in self.counts.items() if n > LISTED_PER_KIND)),
        )

    def _remainder(self, kind: tuple[str, str, str | None]) -> Finding:
        code, sheet, column = kind
        message = text(
            "And {count} more findings of the kind {code}; correct the listed ones first, then check again",
            count=f"{self.counts[kind] - LISTED_PER_KIND:,}",
            code=code,
        )
        return Finding(severity=CODES[code], sheet=sheet, row=None, column=column, code=code, message=message)
