"""表彰名单: the households and offices that are praised and rewarded (四（一）)."""

from __future__ import annotations

from dataclasses import dataclass

from fenhu.papers.issued.parts import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Praised:
    """Who is commended, where, what for, and the reward in fen."""

    name: str
    building: str = ""
    flat: str = ""
    district: str = ""
    reason: str = ""
    amount_fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CommendationList:
    """The commendations of a year by the policy's rule; ``amount_reason`` where the amount is assumed."""

    year: int
    to: str
    rows: tuple[Praised, ...]
    rule: str = ""
    basis: tuple[Basis, ...] = ()
    amount_reason: str = ""
    assumptions: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many are commended."""
        return len(self.rows)

    @property
    def total_fen(self) -> int:
        """What the rewards come to."""
        return sum(row.amount_fen for row in self.rows)
