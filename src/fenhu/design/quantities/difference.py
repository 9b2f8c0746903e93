"""What two bills differ in."""

from __future__ import annotations

from dataclasses import dataclass

from fenhu.design.quantities.values import Bill, QuantityLine


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """A line that is in both bills with another quantity or price."""

    before: QuantityLine
    after: QuantityLine

    @property
    def more_fen(self) -> int:
        """Return what it costs more than before, less where negative."""
        return self.after.line.cost_fen - self.before.line.cost_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class BillDifference:
    """Lines changed, added and removed from one bill to another."""

    changed: tuple[LineChange, ...]
    added: tuple[QuantityLine, ...]
    removed: tuple[QuantityLine, ...]

    @property
    def more_fen(self) -> int:
        """Return what the second bill costs more than the first, less where negative."""
        return (
            sum(change.more_fen for change in self.changed)
            + sum(one.line.cost_fen for one in self.added)
            - sum(one.line.cost_fen for one in self.removed)
        )


def bill_difference(before: Bill, after: Bill) -> BillDifference:
    """Return what changed between two bills, line by line as they are named."""
    old = {one.line.line: one for one in before.lines}
    new = {one.line.line: one for one in after.lines}
    return BillDifference(
        changed=tuple(
            LineChange(before=old[name], after=one)
            for name, one in new.items()
            if name in old and old[name].line != one.line
        ),
        added=tuple(one for name, one in new.items() if name not in old),
        removed=tuple(one for name, one in old.items() if name not in new),
    )
