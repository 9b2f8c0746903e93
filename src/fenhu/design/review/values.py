"""What a check of a design is, and what it can come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fenhu.wording import Text, bilingual

Row = Mapping[str, Any]
NOTHING = bilingual("", "")


class Verdict(StrEnum):
    """What a check comes to: an error blocks the filing, a warning needs a reason, an advice is only said."""

    PASS = "pass"
    ADVICE = "advice"
    WARNING = "warning"
    ERROR = "error"
    NOT_APPLICABLE = "not_applicable"


VERDICT_NAMES: Mapping[Verdict, Text] = {
    Verdict.PASS: bilingual("符合", "holds"),
    Verdict.ADVICE: bilingual("建议", "advice"),
    Verdict.WARNING: bilingual("须说明理由", "needs a reason"),
    Verdict.ERROR: bilingual("不符合", "does not hold"),
    Verdict.NOT_APPLICABLE: bilingual("不适用", "does not apply"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a rule finds in a design; ``holds`` is None where the rule does not apply.

    ``where`` names segments, flats, radiators or devices, the worst first. ``severity`` is given where a
    fault is lighter than the rule's own.
    """

    holds: bool | None
    required: Text
    found: Text
    where: tuple[str, ...] = ()
    note: Text = NOTHING
    severity: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the review sheet.

    ``severity`` is what a fault of this check means on the day of the review; ``verified`` says whether the
    clause was read in the standard's text; ``where`` names at most ten places, the worst first.
    """

    code: str
    clause: Text
    title: Text
    required: Text
    found: Text
    verdict: Verdict
    severity: Verdict
    verified: bool
    where: tuple[str, ...] = ()
    note: Text = NOTHING

    @property
    def verdict_name(self) -> Text:
        """Return the verdict as a word."""
        return VERDICT_NAMES[self.verdict]


def not_applicable(required: Text, found: Text) -> Outcome:
    """Return the outcome of a rule that does not apply, and why."""
    return Outcome(holds=None, required=required, found=found)


def figure(value: float, decimals: int = 0) -> str:
    """Return a number as it stands on the sheet, without a negative zero."""
    return f"{round(value, decimals) + 0.0:.{decimals}f}"


def percent(ratio: float) -> str:
    """Return a ratio in percent with one decimal where it has one."""
    return f"{round(100.0 * ratio, 1):g}"
