"""What every purse has, spends and keeps, year by year: the money side of a plan, read off its books."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fenhu.planning.model.laying import spent_by
from fenhu.planning.model.spending import Spending, granted_by_program, least_granted, needs_of
from fenhu.planning.task.instance import Instance, IntArray
from fenhu.planning.task.purses import Purse, Purses, purses_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PurseYears:
    """One purse, a number a year, in fen (crews: thousandths of a day); given + carried = spent + left.

    What is ``left`` is carried into the next year if the purse ``carries``, else it lapses. A supplier's
    ``spent`` is what it pays itself, without the upper-level money that helps with its mains.
    """

    purse: Purse
    carries: bool
    given: tuple[int, ...]
    carried: tuple[int, ...]
    spent: tuple[int, ...]
    left: tuple[int, ...]


def purse_years(instance: Instance, year_of: IntArray) -> tuple[PurseYears, ...]:
    """Return every purse of a plan over the years, crews first and the upper-level money last.

    Parameters
    ----------
    year_of : 0-based year of every building, NO_YEAR where unplanned; the plan breaks no hard row.
    """
    purses = purses_of(instance)
    spending = spent_by(instance, purses, year_of)
    grants = granted(purses, spending)
    spent = spending.purses.copy()
    spent[purses.supplier_purse] -= grants
    rows = zip(purses.names, purses.carries, purses.limit, spent, strict=True)
    upper = _purse_years(Purse("UPPER", 0), purses.upper_carries, purses.upper, grants.sum(axis=0))
    return (*(_purse_years(name, bool(carries), *row) for name, carries, *row in rows), upper)


def granted(purses: Purses, spending: Spending) -> IntArray:
    """Return the least upper-level money that pays the mains, a row a supplier and a column a year."""
    carries = purses.carries[purses.supplier_purse]
    needs = needs_of(purses, spending)
    if not carries.any():
        return needs
    if not purses.upper_carries:
        return granted_by_program(purses, needs, spending.mains_cap)[0]
    least = [least_granted(need, cap) for need, cap in zip(needs, spending.mains_cap, strict=True)]
    grants: IntArray = np.array(least)
    grants[:, 1:] -= grants[:, :-1].copy()
    return grants


def _purse_years(purse: Purse, carries: bool, given: IntArray, spent: IntArray) -> PurseYears:
    left = np.cumsum(given - spent) if carries else given - spent
    carried = np.concatenate([[0], left[:-1]]) if carries else np.zeros_like(left)
    return PurseYears(
        purse=purse, carries=carries, given=_whole(given), carried=_whole(carried), spent=_whole(spent),
        left=_whole(left),
    )  # fmt: skip


def _whole(amounts: IntArray) -> tuple[int, ...]:
    return tuple(int(amount) for amount in amounts)
