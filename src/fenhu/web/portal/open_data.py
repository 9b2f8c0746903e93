"""The portal's figures as files for machines: CSV as spreadsheets want it, GeoJSON, streamed row by row.

Columns are stable: new ones come last, none changes its meaning. Codes are the product's own, in English.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from fenhu.web.portal import queries
from fenhu.web.portal.queries import PlanRow, Sieve
from fenhu.web.rules import current_policy
from fenhu.wording import Text, text

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ROWS_A_CHUNK = 200

FIELDS: dict[str, Text] = {
    "code": text("number of the building in the register"),
    "estate": text("estate"),
    "name": text("name of the building"),
    "address": text("street and number"),
    "district": text("district"),
    "supplier": text("responsible heat supplier"),
    "contractor": text("contractor, once chosen"),
    "authority": text("who answers: city or district"),
    "year_built": text("year built"),
    "storeys": text("storeys"),
    "units": text("stairwell units"),
    "flats": text("number of flats"),
    "heated_area_m2": text("heated area, m²"),
    "longitude": text("longitude in degrees, rounded to about ten metres"),
    "latitude": text("latitude in degrees, rounded to about ten metres"),
    "state": text("open, planned (on an approved plan) or in_use"),
    "step": text("step of the conversion, as a code"),
    "plan_year": text("year of the approved plan"),
    "started_on": text("day the works started"),
    "finished_on": text("day the works were finished"),
    "accepted_on": text("day of the acceptance"),
    "in_use_on": text("day it was put into use"),
    "rounds": text("rounds of acceptance that were held"),
    "result": text("passed, or partly where some flats are still to be built"),
    "rooms_measured": text("rooms whose temperature was measured at the acceptance"),
    "rooms_kept": text("rooms of these that were warm enough"),
    "group": text("year, district or supplier: what the row sums up"),
    "buildings": text("all buildings of the group"),
    "target_buildings": text("target of the year, buildings"),
    "target_flats": text("target of the year, flats"),
    "approved_buildings": text("buildings on approved plans"),
    "approved_flats": text("flats on approved plans"),
    "in_use_buildings": text("buildings converted and in use"),
    "in_use_flats": text("flats converted and in use"),
    "synthetic": text("1 for invented data, 0 for the city's own"),
}
_STOCK = (
    "code", "estate", "name", "address", "district", "supplier", "authority", "year_built", "storeys",
    "units", "flats", "heated_area_m2", "longitude", "latitude", "state", "step", "plan_year",
    "accepted_on", "in_use_on", "synthetic",
)  # fmt: skip
_PROGRESS = (
    "group", "name", "buildings", "target_buildings", "target_flats", "approved_buildings",
    "approved_flats", "in_use_buildings", "in_use_flats",
)  # fmt: skip
_PLAN = (
    "code", "estate", "name", "address", "district", "supplier", "contractor", "authority", "flats",
    "heated_area_m2", "step", "started_on", "finished_on", "accepted_on", "in_use_on",
)  # fmt: skip
_ACCEPTANCE = (
    "code", "estate", "name", "district", "supplier", "contractor", "plan_year", "flats", "finished_on",
    "rounds", "result", "rooms_measured", "rooms_kept", "accepted_on", "in_use_on", "step",
)  # fmt: skip
_PROGRESS_MEANINGS = {"name": text("the year, the district or the heat supplier that the row sums up")}
# Where a column is called otherwise in the rows it is read from.
_PLAN_NAMES = {"step": "state"}
_ACCEPTANCE_NAMES = {"plan_year": "year", "rooms_measured": "rooms", "step": "state"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A file: its name, what it holds, its columns, its media type, and how it is written in pieces.

    ``meanings`` are those of columns that mean something else here than in ``FIELDS``.
    """

    name: str
    about: Text
    columns: tuple[str, ...]
    media_type: str
    written: Callable[[], Iterator[str]]
    meanings: Mapping[str, Text] = field(default_factory=dict)

    @property
    def described(self) -> tuple[tuple[str, Text], ...]:
        """Return every column with its meaning."""
        return tuple((column, self.meanings.get(column, FIELDS[column])) for column in self.columns)


def files() -> tuple[DataFile, ...]:
    """Return every file there is; the plans of the programme's years among them."""
    plans = tuple(plan_file(year) for year in current_policy().programme.years)
    return (
        _csv("buildings.csv", text("Every building of the register with its state"), _STOCK,
             queries.stock_rows),
        DataFile(
            name="buildings.geojson", about=text("The same buildings for a map"), columns=_STOCK,
            media_type="application/geo+json", written=_geojson,
        ),
        _csv("progress.csv", text("Targets and progress by year, district and heat supplier"), _PROGRESS,
             queries.progress_rows, meanings=_PROGRESS_MEANINGS),
        *plans,
        _csv("acceptance.csv", text("Accepted buildings and their results"), _ACCEPTANCE,
             queries.accepted_rows, _ACCEPTANCE_NAMES),
    )  # fmt: skip


def plan_file(year: int, sieve: Sieve | None = None) -> DataFile:
    """Return the plan of a year as a file, narrowed where a sieve is given."""
    return _csv(
        f"plan-{year}.csv", text("The approved plan of {year}", year=str(year)), _PLAN,
        lambda: queries.plan_rows(year, sieve or Sieve()), _PLAN_NAMES,
    )  # fmt: skip


def plan_columns(row: PlanRow) -> list[object]:
    """Return a row of the plan in the order of its columns, the step in words, for people."""
    own: dict[str, object] = {one.name: getattr(row, one.name) for one in fields(row)}
    own["step"] = str(row.step)
    return [own[column] for column in _PLAN]


def csv_cell(value: object) -> object:
    """Return a value as a cell no spreadsheet takes for a formula; dates as 2010-04-30, unknown empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _csv(
    name: str, about: Text, columns: tuple[str, ...], rows: Callable[[], Iterable[Any]],
    named: Mapping[str, str] | None = None, meanings: Mapping[str, Text] | None = None,
) -> DataFile:  # fmt: skip
    attributes = [(named or {}).get(column, column) for column in columns]

    def written() -> Iterator[str]:
        return _lines(columns, ([getattr(row, one) for one in attributes] for row in rows()))

    return DataFile(
        name=name, about=about, columns=columns, media_type="text/csv; charset=utf-8", written=written,
        meanings=meanings or {},
    )  # fmt: skip


def _lines(columns: tuple[str, ...], rows: Iterable[list[object]]) -> Iterator[str]:
    """Yield a CSV file in pieces of some hundred rows."""
    piece = io.StringIO()
    writer = csv.writer(piece, lineterminator="\r\n")
    piece.write(BOM)
    writer.writerow(columns)
    for number, row in enumerate(rows, start=1):
        writer.writerow([csv_cell(value) for value in row])
        if number % _ROWS_A_CHUNK == 0:
            yield piece.getvalue()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue()


def _geojson() -> Iterator[str]:
    """Yield the buildings as a FeatureCollection (RFC 7946), one feature a line."""
    yield '{"type":"FeatureCollection","features":['
    for number, row in enumerate(queries.stock_rows()):
        placed = row.longitude is not None and row.latitude is not None
        feature = {
            "type": "Feature", "id": row.code,
            "geometry": {"type": "Point", "coordinates": [row.longitude, row.latitude]} if placed else None,
            "properties": {column: _json(getattr(row, column)) for column in _STOCK},
        }  # fmt: skip
        yield f"{',' if number else ''}\n{json.dumps(feature, ensure_ascii=False, separators=(',', ':'))}"
    yield "\n]}\n"


def _json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
