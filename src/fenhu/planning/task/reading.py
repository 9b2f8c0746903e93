"""The instance folder of ``fenhu plan INSTANCE_DIR``: seven small files in, one checked instance out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

import numpy as np

from fenhu.errors import InputFault, OutOfRange, UnknownItem, UnreadableFile, reason_of
from fenhu.planning.task.instance import (
    CARRIERS,
    Budgets,
    Buildings,
    Clusters,
    Instance,
    IntArray,
    Rules,
    no_years,
)
from fenhu.units import fen_from_yuan
from fenhu.wording import Text, text
from fenhu.worksheets import read_json, read_text

_Value = TypeVar("_Value")
_YEARS_MOST = 100


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a file and where it stands."""

    file: str
    line: int
    cells: Mapping[str, str]

    def fault(self, column: str, expected: Text) -> InputFault:
        message = text(
            "{file}, row {row}, column {column}: {value} was found, {expected} was expected.",
            file=self.file,
            row=self.line,
            column=column,
            value=repr(self.cells.get(column, "")),
            expected=expected,
        )
        return InputFault(message, code="bad-cell")

    def read(self, column: str, convert: Callable[[str], _Value], expected: Text) -> _Value:
        try:
            return convert(self.cells[column].strip())
        except (ValueError, InvalidOperation, OverflowError):
            raise self.fault(column, expected) from None

    def whole(self, column: str, at_least: int = 0, below: int = 10**9) -> int:
        found = self.read(column, int, text("a whole number"))
        if not at_least <= found < below:
            raise self.fault(column, text("a number from {low} to {high}", low=at_least, high=below - 1))
        return found

    def number(self, column: str) -> float:
        found = self.read(column, float, text("a number"))
        if not 0.0 <= found < 1e12:
            raise self.fault(column, text("a number of at least 0"))
        return found

    def share(self, column: str) -> float:
        found = self.number(column)
        if found > 1.0:
            raise self.fault(column, text("a share between 0 and 1"))
        return found

    def fen(self, column: str) -> int:
        found = self.read(column, Decimal, text("an amount in yuan"))
        if not (found.is_finite() and 0 <= found < Decimal(10) ** 12):
            raise self.fault(column, text("an amount in yuan of at least 0"))
        return fen_from_yuan(found)


_BUILDING = (
    "id",
    "cluster",
    "supplier",
    "district",
    "owner",
    "authority",
    "households",
    "consent",
    "earliest",
    "priority",
    "benefit",
    "crew_days",
    "c_supplier",
    "c_owner",
    "c_repair",
    "c_fiscal",
)
_CLUSTER = ("cluster", "supplier", "mains_cost", "mobilise_cost")


def read_instance(folder: Path) -> Instance:
    """Return the instance a folder holds.

    Parameters
    ----------
    folder : with params.json, buildings.csv, clusters.csv, budgets.csv, crew.csv and, if any, precedence.csv.

    Raises
    ------
    UnreadableFile
        If a file is missing or is not what its name says.
    InputFault
        Naming file, row and column of the first cell that cannot be used.

    References
    ----------
    docs/engineers/planning.md#instance-folder
    """
    folder = Path(folder)
    params = _params(folder / "params.json")
    years = int(_param(params, "years", 1, _YEARS_MOST))
    districts = _words(params, "districts")
    rows = _table(folder / "buildings.csv", _BUILDING)
    buildings = _buildings(rows)
    clusters = _clusters(_table(folder / "clusters.csv", _CLUSTER))
    budgets = _budgets(folder, years, buildings, clusters, len(districts))
    return Instance(
        buildings=buildings,
        clusters=clusters,
        budgets=budgets,
        rules=_rules(params, years),
        years=years,
        order=_order(folder / "precedence.csv", buildings),
        district_names=districts,
    )


def _params(path: Path) -> Mapping[str, object]:
    params = read_json(path)
    if not isinstance(params, dict):
        raise UnreadableFile(text("{file} must hold one JSON object.", file=path.name))
    return params


def _param(params: Mapping[str, object], key: str, low: float, high: float) -> int | float:
    if key not in params:
        raise _missing(key)
    found = params[key]
    if isinstance(found, bool) or not isinstance(found, int | float) or not low <= found <= high:
        raise OutOfRange(
            text(
                "params.json: {key} is {value}; a number from {low} to {high} was expected.",
                key=key,
                value=repr(found),
                low=low,
                high=high,
            )
        )
    return found


def _missing(key: str) -> InputFault:
    return InputFault(text("{where}: {key} is missing.", where="params.json", key=key), code="missing-key")


def _words(params: Mapping[str, object], key: str) -> tuple[str, ...]:
    if key not in params:
        raise _missing(key)
    found = params[key]
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise InputFault(text("params.json: {key} must be a list of names.", key=key))
    return tuple(found)


def _rules(params: Mapping[str, object], years: int) -> Rules:
    later = (0,) * (years - 1)
    return Rules(
        discount_ratio=float(_param(params, "discount", 0, 1)),
        upper_share_max_ratio=float(_param(params, "upper_share_max", 0, 1)),
        max_active_years=int(_param(params, "max_active_years", 1, _YEARS_MOST)),
        equity_ratio=float(_param(params, "equity", 0, 1)),
        priority_share_ratio=float(_param(params, "priority_share_12", 0, 1)),
        mobilise_weight=float(_param(params, "mobil_weight", 0, 1)),
        target_buildings=(int(_param(params, "first_year_buildings", 0, 10**9)), *later),
        target_flats=(int(_param(params, "first_year_households", 0, 10**9)), *later),
        carry=frozenset(_words(params, "carry")),
    )


def _table(path: Path, columns: tuple[str, ...], *, optional: bool = False) -> list[_Row]:
    if optional and not path.exists():
        return []
    stream = io.StringIO(read_text(path), newline="")
    try:
        reader = csv.DictReader(stream, strict=True)
        missing = [name for name in columns if name not in (reader.fieldnames or ())]
        if missing:
            raise InputFault(
                text(
                    "{file} has no column {column}; it needs {columns}.",
                    file=path.name,
                    column=missing[0],
                    columns=", ".join(columns),
                ),
                code="missing-column",
            )
        return [_row(path.name, number, cells, columns) for number, cells in enumerate(reader, start=2)]
    except csv.Error as fault:
        raise UnreadableFile(
            text("{file} cannot be read as a table: {why}", file=path.name, why=reason_of(fault))
        ) from fault


def _row(file: str, number: int, cells: Mapping[str, str | None], columns: tuple[str, ...]) -> _Row:
    row = _Row(file, number, {name: value or "" for name, value in cells.items() if isinstance(name, str)})
    for name in columns:
        if cells.get(name) is None:
            raise row.fault(name, text("a value"))
    return row


def _buildings(rows: list[_Row]) -> Buildings:
    ids = tuple(row.cells["id"].strip() for row in rows)
    _all_different(rows, "id", ids)
    has_score = bool(rows) and "score" in rows[0].cells
    count = len(rows)
    return Buildings(
        ids=ids,
        cluster=_ints(rows, "cluster"),
        supplier=_ints(rows, "supplier"),
        district=_ints(rows, "district"),
        owner=np.array([row.whole("owner", at_least=-1) for row in rows], dtype=np.int64),
        city_pays=np.array([_city(row) for row in rows], dtype=bool),
        flats=_ints(rows, "households"),
        consent_ratio=np.array([row.share("consent") for row in rows], dtype=float),
        earliest=np.array([row.whole("earliest", at_least=1) - 1 for row in rows], dtype=np.int64),
        priority=np.array([row.whole("priority", below=2) for row in rows], dtype=bool),
        benefit=np.array([row.number("benefit") for row in rows], dtype=float),
        rank_score=np.array([row.number("score" if has_score else "benefit") for row in rows], dtype=float),
        crew_days=np.array([row.number("crew_days") for row in rows], dtype=float),
        supplier_fen=_fen(rows, "c_supplier"),
        owner_fen=_fen(rows, "c_owner"),
        repair_fen=_fen(rows, "c_repair"),
        reward_fen=_fen(rows, "c_fiscal"),
        volunteer=np.zeros(count, dtype=bool),
        forbidden=np.zeros(count, dtype=bool),
        done=np.zeros(count, dtype=bool),
        pinned_year=no_years(count),
        approved_year=no_years(count),
    )


def _all_different(rows: list[_Row], column: str, names: tuple[str, ...]) -> None:
    seen: set[str] = set()
    for row, name in zip(rows, names, strict=True):
        if not name or name in seen:
            raise row.fault(column, text("a name that no other row has"))
        seen.add(name)


def _city(row: _Row) -> bool:
    if row.cells["authority"].strip() not in ("city", "district"):
        raise row.fault("authority", text("city or district"))
    return row.cells["authority"].strip() == "city"


def _ints(rows: list[_Row], column: str) -> IntArray:
    return np.array([row.whole(column) for row in rows], dtype=np.int64)


def _fen(rows: list[_Row], column: str) -> IntArray:
    return np.array([row.fen(column) for row in rows], dtype=np.int64)


def _clusters(rows: list[_Row]) -> Clusters:
    _all_different(rows, "cluster", tuple(row.cells["cluster"].strip() for row in rows))
    rows = sorted(rows, key=lambda row: row.whole("cluster", below=len(rows)))
    return Clusters(
        names=tuple(row.cells["cluster"].strip() for row in rows),
        supplier=_ints(rows, "supplier"),
        mains_fen=_fen(rows, "mains_cost"),
        mobilise_fen=_fen(rows, "mobilise_cost"),
    )


def _budgets(folder: Path, years: int, buildings: Buildings, clusters: Clusters, districts: int) -> Budgets:
    money = _table(folder / "budgets.csv", ("source", "scope", "year", "yuan"))
    for row in money:
        if row.cells["source"].strip() not in CARRIERS:
            raise UnknownItem(row.fault("source", text("one of {known}", known=", ".join(CARRIERS))).message)
    suppliers = 1 + int(max([*buildings.supplier, *clusters.supplier], default=0))
    counts = {
        "CITY": 1,
        "REPAIR": 1,
        "UPPER": 1,
        "SUPPLIER": suppliers,
        "DIST": max(districts, 1 + int(max(buildings.district, default=0))),
        "OWNER": max(1, 1 + int(max(buildings.owner, default=0))),
    }
    tables = {
        source: _by_year(
            [row for row in money if row.cells["source"].strip() == source],
            "scope",
            "yuan",
            counts[source],
            years,
        )
        for source in CARRIERS
    }
    crew = _table(folder / "crew.csv", ("supplier", "year", "crew_days"))
    return Budgets(
        city_fen=tables["CITY"][0],
        district_fen=tables["DIST"],
        repair_fen=tables["REPAIR"][0],
        owner_fen=tables["OWNER"],
        upper_fen=tables["UPPER"][0],
        supplier_fen=tables["SUPPLIER"],
        crew_days=_by_year(crew, "supplier", "crew_days", suppliers, years) / 1000.0,
    )


def _by_year(rows: list[_Row], scope: str, column: str, count: int, years: int) -> IntArray:
    """Return fen, or thousandths of a crew day, a row a scope and a column a year; a cell not given is 0."""
    size = max([count, *(row.whole(scope) + 1 for row in rows)])
    table = np.zeros((size, years), dtype=np.int64)
    seen: set[tuple[int, int]] = set()
    for row in rows:
        place = (row.whole(scope, below=10**6), row.whole("year", at_least=1, below=years + 1) - 1)
        if place in seen:
            raise row.fault("year", text("each scope and year once"))
        seen.add(place)
        table[place] = row.fen(column) if column == "yuan" else round(row.number(column) * 1000)
    return table


def _order(path: Path, buildings: Buildings) -> IntArray:
    number = {name: index for index, name in enumerate(buildings.ids)}
    pairs = []
    for row in _table(path, ("before", "after"), optional=True):
        for column in ("before", "after"):
            if row.cells[column].strip() not in number:
                raise UnknownItem(row.fault(column, text("a building of buildings.csv")).message)
        pairs.append((number[row.cells["before"].strip()], number[row.cells["after"].strip()]))
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)
