"""Residents' consent counted by the law in force (clause 二（四）)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from fenhu.policy import ConsentRule
from fenhu.wording import Text, text


class Voice(Protocol):
    """A flat as it is counted: its area, and what it answered; None is nothing yet."""

    @property
    def area_m2(self) -> float: ...

    @property
    def consent(self) -> bool | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentCount:
    """Who agrees, by head and by area in m², and whether the rule's thresholds are reached."""

    agreed: int
    answered: int
    flats: int
    agreed_m2: float
    answered_m2: float
    area_m2: float
    reached: bool

    @property
    def said(self) -> Text:
        """Return the count as a sentence."""
        count: dict[str, object] = {
            "agreed": self.agreed,
            "flats": self.flats,
            "agreed_m2": f"{self.agreed_m2:.0f}",
            "area_m2": f"{self.area_m2:.0f}",
        }
        if self.reached:
            return text("{agreed} of {flats} flats with {agreed_m2} of {area_m2} m² agree: enough", **count)
        return text("{agreed} of {flats} flats with {agreed_m2} of {area_m2} m² agree: not enough", **count)


def count_consent(flats: Sequence[Voice], rule: ConsentRule) -> ConsentCount:
    """Return the count of a stairwell's, building's or estate's flats under ``rule``.

    Parameters
    ----------
    flats
        All flats of the rule's scope; ``consent`` None means that nobody has answered.
    rule
        Thresholds, of all flats or of those voting, and the quorum.
    """
    areas = [Decimal(str(flat.area_m2)) for flat in flats]
    agreed = [flat.consent is True for flat in flats]
    answered = [flat.consent is not None for flat in flats]
    heads = _Tally(sum(agreed), sum(answered), len(flats))
    area = _Tally(_sum(areas, agreed), _sum(areas, answered), Fraction(sum(areas)))
    by_heads = heads.reaches(rule.heads, rule.quorum_heads, rule)
    by_area = area.reaches(rule.area, rule.quorum_area, rule)
    return ConsentCount(
        agreed=int(heads.agreed),
        answered=int(heads.answered),
        flats=len(flats),
        agreed_m2=float(area.agreed),
        answered_m2=float(area.answered),
        area_m2=float(area.all),
        reached=by_heads and by_area,
    )


@dataclass(frozen=True, slots=True)
class _Tally:
    """Heads or square metres: agreed, answered, all."""

    agreed: Fraction | int
    answered: Fraction | int
    all: Fraction | int

    def reaches(self, threshold: Fraction | None, quorum: Fraction | None, rule: ConsentRule) -> bool:
        if quorum is not None and self.answered < quorum * self.all:
            return False
        if threshold is None:
            return True
        needed = threshold * (self.answered if rule.of == "voting" else self.all)
        return self.agreed > 0 and (self.agreed > needed if rule.more_than else self.agreed >= needed)


def _sum(areas: Sequence[Decimal], counted: Sequence[bool]) -> Fraction:
    return Fraction(sum(area for area, counts in zip(areas, counted, strict=True) if counts))
