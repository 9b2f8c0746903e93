"""Faults of a sheet, collected with the place where a person finds them."""

from __future__ import annotations

from dataclasses import dataclass, field

from fenhu.records import Finding, Severity
from fenhu.wording import Text


@dataclass(slots=True)
class Faults:
    """Findings in the order in which they are met."""

    findings: list[Finding] = field(default_factory=list)

    @property
    def any_error(self) -> bool:
        """Return whether a finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def add(
        self,
        code: str,
        sheet: str,
        message: Text,
        *,
        row: int | None = None,
        column: str | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a fault; rows count as the spreadsheet does."""
        self.findings.append(
            Finding(severity=severity, sheet=sheet, row=row, column=column, code=code, message=message)
        )
