"""What is to be planned: buildings, clusters, purses, crews and the rules that weigh, as arrays.

Indices are 0-based everywhere inside; ``first_year`` is the label of year 0. Money is integer fen. A building
without owner unit has owner -1, "no year" is ``NO_YEAR``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import numpy as np
import numpy.typing as npt

from fenhu.errors import InputFault, OutOfRange
from fenhu.wording import Text, text

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

NO_YEAR = -1
CARRIERS = ("CITY", "DIST", "REPAIR", "OWNER", "UPPER", "SUPPLIER")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the planner weighs and the limits that are rules, not money.

    ``target_buildings`` and ``target_flats`` hold one number a year, 0 where there is no target;
    ``volunteer_places`` the buildings of volunteers a year should have at least. Of those who have not agreed
    ``campaign_keep_ratio`` still have not after a year of campaign; ``consent_needed_ratio`` is the share of
    flats without which a building waits, None where ``earliest`` alone decides. Moving an approved building
    loses as much as ``stay_weight`` times the bonus of its flats.
    """

    discount_ratio: float
    upper_share_max_ratio: float
    max_active_years: int
    equity_ratio: float
    priority_share_ratio: float
    mobilise_weight: float
    target_buildings: tuple[int, ...]
    target_flats: tuple[int, ...]
    carry: frozenset[str]
    priority_years: int = 2
    volunteer_places: tuple[int, ...] = ()
    campaign_keep_ratio: float = 0.6
    consent_needed_ratio: float | None = None
    stay_weight: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Buildings:
    """One entry a building; ``benefit`` is dimensionless.

    ``pinned_year`` and ``approved_year`` may be NO_YEAR. A building ``done`` already is never planned,
    nor is one that is ``forbidden``; ``earliest`` may lie beyond the plan (no consent in sight).
    """

    ids: tuple[str, ...]
    cluster: IntArray
    supplier: IntArray
    district: IntArray
    owner: IntArray
    city_pays: BoolArray
    flats: IntArray
    consent_ratio: FloatArray
    earliest: IntArray
    priority: BoolArray
    benefit: FloatArray
    rank_score: FloatArray
    crew_days: FloatArray
    supplier_fen: IntArray
    owner_fen: IntArray
    repair_fen: IntArray
    reward_fen: IntArray
    volunteer: BoolArray
    forbidden: BoolArray
    done: BoolArray
    pinned_year: IntArray
    approved_year: IntArray

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """One entry a cluster: whose branch it is, what its mains cost once and every set-up of works again."""

    names: tuple[str, ...]
    supplier: IntArray
    mains_fen: IntArray
    mobilise_fen: IntArray

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgets:
    """What every purse may spend, a column a year; crew days of every supplier beside it."""

    city_fen: IntArray
    district_fen: IntArray
    repair_fen: IntArray
    owner_fen: IntArray
    upper_fen: IntArray
    supplier_fen: IntArray
    crew_days: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One planning task, checked when made.

    What is planned is a building, or a stairwell of it where ``house_of`` says so: the house every item
    belongs to, with ``set_up_fen`` paid by the supplier in every year in which works go on inside the house.

    Raises
    ------
    InputFault
        If arrays differ in length, an index points nowhere or a number is impossible.

    References
    ----------
    docs/engineers/planning.md
    """

    buildings: Buildings
    clusters: Clusters
    budgets: Budgets
    rules: Rules
    years: int
    order: IntArray = field(default_factory=lambda: np.zeros((0, 2), dtype=np.int64))
    first_year: int = 1
    district_names: tuple[str, ...] = ()
    supplier_names: tuple[str, ...] = ()
    owner_names: tuple[str, ...] = ()
    house_of: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    set_up_fen: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def __post_init__(self) -> None:
        if not len(self.house_of):
            object.__setattr__(self, "house_of", np.arange(len(self.buildings), dtype=np.int64))
            object.__setattr__(self, "set_up_fen", np.zeros(len(self.buildings), dtype=np.int64))
        _check(self)

    @property
    def part_ratio(self) -> FloatArray:
        """Return the part of its house that every item is: 1 for a whole building."""
        parts: FloatArray = 1.0 / np.bincount(self.house_of, minlength=1)[self.house_of]
        return parts

    @property
    def open_years(self) -> BoolArray:
        """Return, a row a building and a column a year, whether it may be converted then."""
        b = self.buildings
        years = np.arange(self.years)
        opened = years[None, :] >= b.earliest[:, None]
        opened &= ~(b.forbidden | b.done)[:, None]
        pinned = b.pinned_year[:, None]
        opened &= (pinned == NO_YEAR) | (pinned == years[None, :])
        return np.asarray(opened, dtype=bool)

    def year_label(self, year: int) -> str:
        """Return the name of the 0-based ``year``."""
        return str(self.first_year + year)


def no_years(count: int) -> IntArray:
    """Return ``count`` times "no year"."""
    return np.full(count, NO_YEAR, dtype=np.int64)


def _check(instance: Instance) -> None:
    b, c, years = instance.buildings, instance.clusters, instance.years
    if years < 1:
        raise OutOfRange(text("A plan needs at least one year; {years} were given.", years=years))
    _same_length(b, len(b))
    _same_length(c, len(c))
    suppliers, owners = len(instance.budgets.supplier_fen), len(instance.budgets.owner_fen)
    districts = len(instance.budgets.district_fen)
    if len(instance.house_of) != len(b):
        raise InputFault(
            text(
                "Planning: {name} has {found} values, {count} were expected.",
                name="house_of",
                found=len(instance.house_of),
                count=len(b),
            )
        )
    for name, index, count in (
        ("cluster", b.cluster, len(c)),
        ("house", instance.house_of, len(instance.set_up_fen)),
        ("supplier", b.supplier, suppliers),
        ("district", b.district, districts),
        ("owner", np.maximum(b.owner, 0), max(owners, 1)),
        ("supplier of clusters", c.supplier, suppliers),
        ("order", instance.order.ravel(), len(b)),
        ("earliest", b.earliest, 10**6),
    ):
        _within(name, index, count)
    for name, amounts in _amounts(instance):
        if not np.all(np.isfinite(amounts)) or np.any(amounts < 0):
            raise OutOfRange(text("Planning: {name} has a negative or missing value.", name=name))
    wrong = np.flatnonzero(b.supplier != c.supplier[b.cluster])
    if wrong.size:
        raise InputFault(_other_supplier(instance, int(wrong[0])), code="cluster-supplier")
    _check_shapes(instance)
    _check_rules(instance.rules, years)


def _other_supplier(instance: Instance, building: int) -> Text:
    return text(
        "Building {code} and its cluster {cluster} have different suppliers; give them the same one.",
        code=instance.buildings.ids[building],
        cluster=instance.clusters.names[instance.buildings.cluster[building]],
    )


def _same_length(values: Buildings | Clusters, count: int) -> None:
    for one in fields(values):
        if len(getattr(values, one.name)) != count:
            raise InputFault(
                text(
                    "Planning: {name} has {found} values, {count} were expected.",
                    name=one.name,
                    found=len(getattr(values, one.name)),
                    count=count,
                )
            )


def _within(name: str, index: Sequence[int] | IntArray, count: int) -> None:
    values = np.asarray(index)
    if values.size and (values.min() < 0 or values.max() >= count):
        raise InputFault(text("Planning: {name} points to something that does not exist.", name=name))


def _amounts(instance: Instance) -> list[tuple[str, IntArray | FloatArray]]:
    b, c, money = instance.buildings, instance.clusters, instance.budgets
    named = [
        (name, getattr(b, name))
        for name in ("flats", "benefit", "crew_days", "supplier_fen", "owner_fen", "repair_fen", "reward_fen")
    ]
    named += [("mains_fen", c.mains_fen), ("mobilise_fen", c.mobilise_fen)]
    named += [("set_up_fen", instance.set_up_fen), ("stay_weight", np.array([instance.rules.stay_weight]))]
    named += [(one.name, getattr(money, one.name)) for one in fields(money)]
    return named


def _check_shapes(instance: Instance) -> None:
    for one in fields(instance.budgets):
        table = getattr(instance.budgets, one.name)
        if table.shape[-1] != instance.years:
            raise InputFault(
                text(
                    "Planning: {name} has {found} years, {count} were expected.",
                    name=one.name,
                    found=table.shape[-1],
                    count=instance.years,
                )
            )


def _check_rules(rules: Rules, years: int) -> None:
    for name in (
        "upper_share_max_ratio",
        "equity_ratio",
        "priority_share_ratio",
        "campaign_keep_ratio",
        "consent_needed_ratio",
    ):
        if getattr(rules, name) is not None and not 0.0 <= getattr(rules, name) <= 1.0:
            raise OutOfRange(
                text(
                    "Planning: {name} is {value}; it lies between 0 and 1.",
                    name=name,
                    value=getattr(rules, name),
                )
            )
    if rules.max_active_years < 1:
        raise OutOfRange(text("Planning: a cluster needs at least one year of works."))
    for name in ("target_buildings", "target_flats"):
        if len(getattr(rules, name)) != years:
            raise InputFault(text("Planning: {name} needs one number a year.", name=name))
    if rules.volunteer_places and len(rules.volunteer_places) != years:
        raise InputFault(text("Planning: {name} needs one number a year.", name="volunteer_places"))
    unknown = rules.carry.difference(CARRIERS)
    if unknown:
        raise InputFault(
            text(
                "Planning: {name} is no purse that can carry over; purses are {known}.",
                name=min(unknown),
                known=", ".join(CARRIERS),
            )
        )
