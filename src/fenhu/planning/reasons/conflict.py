"""Demands that cannot be had together: the smallest set of limits and demands in conflict, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fenhu.planning.model.formulation import ORDER, WORKS_YEARS
from fenhu.planning.reasons.demands import demand_name, missing_said
from fenhu.planning.reasons.limit_names import limits_said, listed
from fenhu.planning.reasons.rubber import CONSENT, DECISION, MAINS, Limit, Rubber
from fenhu.planning.task.instance import Instance
from fenhu.planning.task.shortfall import PolicyRow
from fenhu.wording import Text, text

MOST_PROGRAMS = 200
# what is let go first, so that what remains is what people can least argue with
_LET_GO = (
    ORDER, WORKS_YEARS, MAINS, DECISION, CONSENT, "UPPER", "OWNER", "REPAIR", "DIST", "CITY",
    "SUPPLIER", "CREW",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Limits and demands that contradict each other: without any one of them the rest can be had together.

    It is proven on the relaxation and so holds for every plan. ``missing`` is what is missed at least of
    every demand even if all other limits were lifted. ``smallest`` is False where the counted work ended
    first.
    """

    limits: tuple[Limit, ...]
    demands: tuple[PolicyRow, ...]
    missing: tuple[float, ...]
    smallest: bool
    sentence: Text


def conflict_of(
    instance: Instance, demands: Sequence[PolicyRow], *, programs: int = MOST_PROGRAMS
) -> Conflict | None:
    """Return the smallest conflict among the limits of ``instance`` and ``demands``, None if none is proven.

    Parameters
    ----------
    programs : most linear programs that are solved.

    References
    ----------
    docs/engineers/planning.md#explanations
    """
    return conflict_in(Rubber(instance, demands), programs)


def conflict_in(rubber: Rubber, programs: int = MOST_PROGRAMS) -> Conflict | None:
    """Return the smallest conflict of a rubber relaxation that is already made."""
    found = _Filter(rubber, programs)
    if not found.first_conflict():
        return None
    found.let_go_of_demands()
    found.let_go_of_limits()
    return _conflict(rubber, found)


class _Filter:
    """The deletion filter: what can go while the conflict stays, goes."""

    def __init__(self, rubber: Rubber, programs: int) -> None:
        self.rubber, self.left = rubber, programs
        self.limits, self.demands = rubber.limits, frozenset(range(len(rubber.demands)))

    @property
    def finished(self) -> bool:
        """Return whether the counted work was enough."""
        return self.left > 0

    def first_conflict(self) -> bool:
        """Keep the first demand that is in conflict alone, else the first few; False if all can be had."""
        every = sorted(self.demands)
        few = (every[: count + 1] for count in range(1, len(every)))
        return any(self._keep(self.limits, frozenset(one)) for one in [*([one] for one in every), *few])

    def let_go_of_demands(self) -> None:
        """Let go of every demand that the conflict does not need, the last first."""
        for one in sorted(self.demands, reverse=True):
            if len(self.demands) > 1:
                self._keep(self.limits, self.demands - {one})

    def let_go_of_limits(self) -> None:
        """Let go of limits: whole sources, then what no price names, then years, then one by one."""
        for chunk in self._chunks(_by_source):
            self._keep(self.limits - chunk, self.demands)
        self._narrow()
        for key in (_by_year, _alone):
            for chunk in self._chunks(key):
                if chunk & self.limits and self._keep(self.limits - chunk, self.demands):
                    self._narrow()

    def _keep(self, limits: frozenset[Limit], demands: frozenset[int]) -> bool:
        """Keep only these if that is a conflict still; return whether it is."""
        if self.left <= 0:
            return False
        self.left -= 1
        missed = self.rubber.least_missed(limits, sorted(demands))
        if not missed.nothing:
            self.limits, self.demands = limits, demands
        return not missed.nothing

    def _narrow(self) -> None:
        """Keep only the limits that the prices of the last conflict name."""
        missed = self.rubber.least_missed(self.limits, sorted(self.demands))
        if missed.limits != self.limits:
            self._keep(missed.limits, self.demands)

    def _chunks(self, key: Callable[[Limit], tuple[int, ...]]) -> list[frozenset[Limit]]:
        groups: dict[tuple[int, ...], set[Limit]] = {}
        for one in sorted(self.limits):
            groups.setdefault(key(one), set()).add(one)
        return [frozenset(groups[one]) for one in sorted(groups)]


def _by_source(limit: Limit) -> tuple[int, ...]:
    return (_LET_GO.index(limit.source),)


def _by_year(limit: Limit) -> tuple[int, ...]:
    return (*_by_source(limit), limit.year)


def _alone(limit: Limit) -> tuple[int, ...]:
    return (*_by_year(limit), limit.scope)


def _conflict(rubber: Rubber, found: _Filter) -> Conflict:
    demanded = sorted(found.demands)
    missed = rubber.least_missed(found.limits, demanded)
    limits = tuple(sorted(found.limits, key=_alone))
    demands = tuple(rubber.demands[one] for one in demanded)
    missing = tuple(float(missed.by_demand[one]) for one in demanded)
    return Conflict(
        limits=limits,
        demands=demands,
        missing=missing,
        smallest=found.finished,
        sentence=_said(rubber.instance, limits, demands, missing),
    )


def _said(
    instance: Instance, limits: tuple[Limit, ...], demands: tuple[PolicyRow, ...], missing: tuple[float, ...]
) -> Text:
    wanted = listed([demand_name(instance, row) for row in demands])
    short = listed([missing_said(row, one) for row, one in zip(demands, missing, strict=True) if one > 0.0])
    if not limits:
        return text(
            "{wanted} cannot be had even without any limit: at least {short} would be missing.",
            wanted=wanted,
            short=short,
        )
    return text(
        "{wanted} cannot be had with {limits}: even if every other limit were lifted, at least {short} would "
        "be missing.",
        wanted=wanted,
        limits=limits_said(instance, limits),
        short=short,
    )
