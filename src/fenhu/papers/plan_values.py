"""What the plan book says, as plain values: buildings with their year and dates, purses, mains, seasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from fenhu.papers.schedule_values import NamedAssumption
from fenhu.records import Payer, Source
from fenhu.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRow:
    """One building: its year and its days, None where it has none; ``ranked_year`` is that of the ranking.

    ``benefit`` is counted in flats; ``crew`` counts its supplier's crews from 1, ``due`` is the last day of
    its season.
    """

    code: str
    name: str
    district: str
    supplier: str
    cluster: str
    address: str
    flats: int
    area_m2: float
    cost_fen: Mapping[Payer, int]
    year: int | None
    ranked_year: int | None
    benefit: float
    priority: float
    crew_days: float = 0.0
    crew: int | None = None
    starts: date | None = None
    ends: date | None = None
    due: date | None = None
    cause: Text | None = None
    reasons: tuple[Text, ...] = ()

    @property
    def total_fen(self) -> int:
        """Return what the building costs all payers together."""
        return sum(self.cost_fen.values())

    @property
    def late(self) -> bool:
        """Return whether its works end after the season."""
        return self.ends is not None and self.due is not None and self.ends > self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class MainsRow:
    """What a cluster costs in one year beside its buildings; of the mains ``upper_fen`` comes from above."""

    year: int
    cluster: str
    district: str
    supplier: str
    mains_fen: int
    set_up_fen: int
    upper_fen: int
    starts: date | None = None
    ends: date | None = None
    due: date | None = None

    @property
    def total_fen(self) -> int:
        """Return mains and set-ups together."""
        return self.mains_fen + self.set_up_fen

    @property
    def cost_fen(self) -> Mapping[Payer, int]:
        """Return who pays it."""
        return {Payer.SUPPLIER: self.total_fen - self.upper_fen, Payer.UPPER: self.upper_fen}

    @property
    def late(self) -> bool:
        """Return whether the mains are laid after the season."""
        return self.ends is not None and self.due is not None and self.ends > self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class PurseRow:
    """One purse in one year: given + carried = spent + left; what is left lapses unless it ``carries``."""

    source: Source
    scope: str
    year: int
    given_fen: int
    carried_fen: int
    spent_fen: int
    left_fen: int
    carries: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonRow:
    """One supplier's crews in one season; ``available_days`` is None where the register gives no crews."""

    supplier: str
    year: int
    first_day: date
    last_day: date
    crews: int
    available_days: float | None
    used_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBook:
    """《分年改造计划》: every building of the stock, and what the years cost, take and leave.

    ``verdict`` says how good the plan is proven to be, ``shortfalls`` what the policy still lacks;
    ``reader`` names whose part of the plan it is, empty for the whole.
    """

    city: Text | str
    basis: Text | str
    years: tuple[int, ...]
    rows: tuple[BookRow, ...]
    mains: tuple[MainsRow, ...]
    purses: tuple[PurseRow, ...]
    seasons: tuple[SeasonRow, ...]
    verdict: Text | str = ""
    shortfalls: tuple[Text, ...] = ()
    assumptions: tuple[NamedAssumption, ...] = ()
    policy_id: str = ""
    policy_version: str = ""
    policy_digest: str = ""
    reader: str = ""
    prepared_on: date | None = None
    synthetic: bool = False

    @property
    def planned(self) -> tuple[BookRow, ...]:
        """Return the buildings with a year, as papers list them: by year, supplier, district and start."""
        rows = (row for row in self.rows if row.year is not None)
        return tuple(sorted(rows, key=_as_listed))

    @property
    def unplanned(self) -> tuple[BookRow, ...]:
        """Return the buildings without a year, the most urgent first."""
        rows = (row for row in self.rows if row.year is None)
        return tuple(sorted(rows, key=lambda one: (-one.priority, one.code)))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTotals:
    """Sums over buildings and the mains that go with them; ``cost_fen`` has every payer, mains included."""

    buildings: int
    flats: int
    area_m2: float
    benefit: float
    cost_fen: Mapping[Payer, int]
    mains_fen: int
    late: int

    @property
    def total_fen(self) -> int:
        """Return what all payers pay together."""
        return sum(self.cost_fen.values())


def plan_totals(rows: Iterable[BookRow], mains: Iterable[MainsRow] = ()) -> PlanTotals:
    """Return the sums over ``rows`` and ``mains``."""
    held, beside = list(rows), list(mains)
    cost = dict.fromkeys(Payer, 0)
    both: list[BookRow | MainsRow] = [*held, *beside]
    for one in both:
        for payer, fen in one.cost_fen.items():
            cost[payer] += fen
    return PlanTotals(
        buildings=len(held), flats=sum(row.flats for row in held), area_m2=sum(row.area_m2 for row in held),
        benefit=sum(row.benefit for row in held), cost_fen=cost,
        mains_fen=sum(one.total_fen for one in beside), late=sum(one.late for one in both),
    )  # fmt: skip


def year_totals(book: PlanBook, year: int) -> PlanTotals:
    """Return the sums of one year of a book."""
    return plan_totals(
        (row for row in book.rows if row.year == year), (one for one in book.mains if one.year == year)
    )


def narrowed(book: PlanBook, *, supplier: str = "", district: str = "") -> PlanBook:
    """Return the part of a book that is a supplier's, a district's, or both; empty means all.

    Of the purses stays what is theirs alone; of the seasons those of the suppliers that have works left.
    """
    if not supplier and not district:
        return book
    rows = tuple(row for row in book.rows if _is_of(row, supplier, district))
    own = {(Source.SUPPLIER, supplier), (Source.DISTRICT, district)}
    working = {(row.supplier, row.year) for row in rows}
    return replace(
        book,
        rows=rows,
        mains=tuple(one for one in book.mains if _is_of(one, supplier, district)),
        purses=tuple(one for one in book.purses if (one.source, one.scope) in own),
        seasons=tuple(one for one in book.seasons if (one.supplier, one.year) in working),
        shortfalls=(),
        reader=" · ".join(name for name in (supplier, district) if name),
    )


def _as_listed(row: BookRow) -> tuple[int, str, str, date, str]:
    return row.year or 0, row.supplier, row.district, row.starts or date.max, row.code


def _is_of(one: BookRow | MainsRow, supplier: str, district: str) -> bool:
    return supplier in ("", one.supplier) and district in ("", one.district)
