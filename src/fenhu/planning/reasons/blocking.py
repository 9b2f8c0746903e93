"""What stands in the way of one building in one year: the books of a plan, asked row by row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fenhu.planning.model.judge import violations
from fenhu.planning.model.laying import late_is_best, spent_by
from fenhu.planning.model.spending import active_years, lacking, least_granted, needed
from fenhu.planning.task.instance import NO_YEAR, Instance, IntArray
from fenhu.planning.task.names import amount_said, purse_name
from fenhu.planning.task.purses import DRAW_SUPPLIER, NO_PURSE, Purse, purses_of
from fenhu.wording import Text, text

_MAINS_PAYERS = ("SUPPLIER", "UPPER")


@dataclass(frozen=True, slots=True)
class Blocker:
    """A hard row that would break, in words; a purse has its name and the amount it lacks beside them."""

    purse: Purse | None
    amount: int
    sentence: Text


class Books:
    """The spending of one plan, ready to be asked what one building more would break."""

    def __init__(self, instance: Instance, year_of: IntArray) -> None:
        self.instance, self.year_of = instance, year_of
        self.purses = purses_of(instance)
        spending = spent_by(instance, self.purses, year_of)
        self.spent, self.caps, self.laid = spending.purses, spending.mains_cap, spending.laid
        self.active = active_years(instance, year_of).astype(bool)
        planned = np.flatnonzero(year_of != NO_YEAR)
        self.visited = set(zip(instance.house_of[planned].tolist(), year_of[planned].tolist(), strict=True))
        self.least = np.array(
            [
                self._granted(supplier, self.spent[purse], self.caps[supplier])
                for supplier, purse in enumerate(self.purses.supplier_purse)
            ]
        ).reshape(-1, instance.years)

    def blockers(self, building: int, year: int, without: int | None = None) -> list[Blocker]:
        """Return what would break if ``building`` were put into ``year``.

        Parameters
        ----------
        without : a building taken out of the plan first (itself, to ask about an earlier year).
        """
        if without is not None:
            kept = self.year_of.copy()
            kept[without] = NO_YEAR
            return Books(self.instance, kept).blockers(building, year)
        found = [
            *self._order(building, year),
            *self._cluster(building, year),
            *self._draws(building, year),
        ]
        unpaid = self._supplier(building, year)
        return found if unpaid and self._paid_by_other_mains(building, year) else [*found, *unpaid]

    def _paid_by_other_mains(self, building: int, year: int) -> bool:
        """Return whether mains laid in other years would leave the money that ``building`` lacks."""
        if late_is_best(self.purses):
            return False
        tried = self.year_of.copy()
        tried[building] = year
        return not any(one.kind in _MAINS_PAYERS for one in violations(self.instance, tried))

    def _order(self, building: int, year: int) -> list[Blocker]:
        order, ids, found = self.instance.order, self.instance.buildings.ids, []
        for before in order[order[:, 1] == building, 0]:
            if not NO_YEAR < self.year_of[before] <= year:
                found.append(_said(text("building {code} has to go first", code=ids[before])))
        for after in order[order[:, 0] == building, 1]:
            if NO_YEAR < self.year_of[after] < year:
                found.append(
                    _said(
                        text("building {code}, which has to come later, is planned before", code=ids[after])
                    )
                )
        return found

    def _cluster(self, building: int, year: int) -> list[Blocker]:
        cluster, most = self.instance.buildings.cluster[building], self.instance.rules.max_active_years
        if self.active[cluster, year] or self.active[cluster].sum() < most:
            return []
        name = self.instance.clusters.names[cluster]
        return [
            _said(text("cluster {cluster} has its {most} years of works elsewhere", cluster=name, most=most))
        ]

    def _draws(self, building: int, year: int) -> list[Blocker]:
        found = []
        for draw in range(DRAW_SUPPLIER):
            purse = self.purses.drawn_from[building, draw]
            if purse == NO_PURSE:
                continue
            spent = self.spent[purse].copy()
            spent[year] += self.purses.amount[building, draw]
            short = int(needed(self.purses, int(purse), spent)[year:].max())
            if short > 0:
                found.append(self._purse(int(purse), short))
        return found

    def _supplier(self, building: int, year: int) -> list[Blocker]:
        supplier = self.instance.buildings.supplier[building]
        cluster = self.instance.buildings.cluster[building]
        purse = int(self.purses.supplier_purse[supplier])
        spent, caps = self.spent[purse].copy(), self.caps[supplier].copy()
        spent[year] += self.purses.amount[building, DRAW_SUPPLIER]
        house = int(self.instance.house_of[building])
        if (house, year) not in self.visited:
            spent[year] += self.instance.set_up_fen[house]
        if not self.active[cluster, year]:
            spent[year] += self.instance.clusters.mobilise_fen[cluster]
            self._lay_mains(int(cluster), year, spent, caps)
        carries = bool(self.purses.carries[purse])
        short = int(lacking(carries, needed(self.purses, purse, spent), caps).max())
        if short > 0:
            return [self._purse(purse, short)]
        total = self.least.sum(axis=0) - self.least[supplier] + self._granted(supplier, spent, caps)
        over = int((total - self.purses.upper_available).max())
        return [self._purse(purse, over)] if over > 0 else []

    def _lay_mains(self, cluster: int, year: int, spent: IntArray, caps: IntArray) -> None:
        mains, cap = self.instance.clusters.mains_fen[cluster], self.purses.upper_cap[cluster]
        laid = self.laid[cluster]
        if NO_YEAR < laid <= year:
            return
        spent[year] += mains
        caps[year] += cap
        if laid != NO_YEAR:
            spent[laid] -= mains
            caps[laid] -= cap

    def _granted(self, supplier: int, spent: IntArray, caps: IntArray) -> IntArray:
        """Return the least upper-level money, counted as the upper purse counts: cumulative or by year."""
        purse = int(self.purses.supplier_purse[supplier])
        need = needed(self.purses, purse, spent)
        if self.purses.carries[purse]:
            least = least_granted(need, caps)
            return least if self.purses.upper_carries else np.diff(least, prepend=0)
        return np.cumsum(need) if self.purses.upper_carries else need

    def _purse(self, purse: int, amount: int) -> Blocker:
        name = self.purses.names[purse]
        sentence = text(
            "{purse}: {amount} missing",
            purse=purse_name(self.instance, name),
            amount=amount_said(name, amount),
        )
        return Blocker(name, amount, sentence)


def _said(sentence: Text) -> Blocker:
    return Blocker(None, 0, sentence)
