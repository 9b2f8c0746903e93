"""What a review sheet comes to: what blocks, what needs a reason, whether the drawings may be filed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fenhu.design.review.values import Check, Verdict


def errors(checks: Iterable[Check]) -> tuple[Check, ...]:
    """Return the checks that block the filing."""
    return tuple(check for check in checks if check.verdict is Verdict.ERROR)


def open_warnings(checks: Iterable[Check], reasons: Mapping[str, str]) -> tuple[Check, ...]:
    """Return the warnings for which no reason is given; ``reasons`` are by the code of the check."""
    return tuple(
        check
        for check in checks
        if check.verdict is Verdict.WARNING and not reasons.get(check.code, "").strip()
    )


def may_be_filed(checks: Iterable[Check], reasons: Mapping[str, str]) -> bool:
    """Return whether the drawings may be filed: no error, and a reason for every warning."""
    sheet = tuple(checks)
    return not errors(sheet) and not open_warnings(sheet, reasons)


def check_json(check: Check) -> dict[str, object]:
    """Return a check as the command prints it, its sentences in the current language."""
    return {
        "code": check.code,
        "clause": str(check.clause),
        "title": str(check.title),
        "required": str(check.required),
        "found": str(check.found),
        "verdict": check.verdict.value,
        "severity": check.severity.value,
        "verified": check.verified,
        "where": list(check.where),
        "note": str(check.note),
    }
