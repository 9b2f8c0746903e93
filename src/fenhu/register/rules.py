"""What must hold between the rows of a register, and what is assumed where it does not quite."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Hashable
from typing import Any

from fenhu.records import BuildingRecord, FlatRecord, Source
from fenhu.register.faults import Findings
from fenhu.register.order import check_order
from fenhu.register.rows import Rows
from fenhu.wording import Text, text

AREA_TOLERANCE_RATIO = 0.05
SCOPED: dict[Source, str] = {Source.DISTRICT: "district", Source.OWNER: "owner", Source.SUPPLIER: "supplier"}


def check_rules(sheets: dict[str, Rows], findings: Findings) -> None:
    """Check every rule between rows and sheets; records that rest on an assumption are replaced in place."""
    buildings, flats = sheets["buildings"], sheets["flats"]
    _unique(buildings, lambda b: b.code, "code", "duplicate-code", findings)
    _check_buildings(buildings, findings)
    _check_flats(buildings, flats, findings)
    _check_totals(buildings, flats, findings)
    _check_clusters(buildings, sheets["clusters"], findings)
    _check_money(buildings, sheets["budgets"], sheets["crews"], findings)
    _unique(sheets["order"], lambda o: (o.before, o.after), "after", "duplicate-row", findings)
    check_order(buildings, sheets["order"], findings)


def _unique(
    rows: Rows, key: Callable[[Any], Hashable], attribute: str, code: str, findings: Findings
) -> None:
    first: dict[Hashable, int] = {}
    for number, record in zip(rows.numbers, rows.records, strict=True):
        seen = first.setdefault(key(record), number)
        if seen != number:
            findings.add(code, rows.name, text(
                "Row {row} repeats row {first} ({key}); delete one of them or correct its key",
                row=number, first=seen, key=_spoken(key(record)),
            ), row=number, column=rows.column(attribute))  # fmt: skip


def _spoken(key: Hashable) -> str:
    return " ".join(str(part) for part in key if part != "") if isinstance(key, tuple) else str(key)


def _check_buildings(rows: Rows, findings: Findings) -> None:
    for index, (number, building) in enumerate(zip(rows.numbers, rows.records, strict=True)):
        if building.pipe_year is not None and building.pipe_year < building.year_built:
            findings.add("pipe-older", rows.name, text(
                "The pipes are of {pipe_year}, the building only of {year_built}; the pipes were taken to be as old "
                "as the building", pipe_year=building.pipe_year, year_built=building.year_built,
            ), row=number, column=rows.column("pipe_year"))  # fmt: skip
            rows.records[index] = dataclasses.replace(building, pipe_year=building.year_built)
        lowest, mean = building.min_room_c, building.mean_room_c
        if lowest is not None and mean is not None and lowest > mean:
            findings.add("min-above-mean", rows.name, text(
                "The lowest room temperature {lowest} °C is above the mean of {mean} °C; correct one of them",
                lowest=lowest, mean=mean,
            ), row=number, column=rows.column("min_room_c"))  # fmt: skip


def _check_flats(buildings: Rows, flats: Rows, findings: Findings) -> None:
    _unique(flats, lambda f: (f.building, f.unit, f.storey, f.room), "room", "duplicate-flat", findings)
    by_code = {building.code: building for building in buildings.records}
    for number, flat in zip(flats.numbers, flats.records, strict=True):
        building = by_code.get(flat.building)
        if building is None:
            if flat.building not in buildings.mentioned:
                findings.add("unknown-building", flats.name, text(
                    "No building has the code {code}; correct it, or add the building to sheet {sheet}",
                    code=flat.building, sheet=buildings.name,
                ), row=number, column=flats.column("building"))  # fmt: skip
            continue
        if flat.unit > building.units:
            _outside(flats, number, "unit", flat.unit, building.units, building, findings)
        if flat.storey > building.storeys:
            _outside(flats, number, "storey", flat.storey, building.storeys, building, findings)


def _outside(
    flats: Rows,
    number: int,
    attribute: str,
    found: int,
    limit: int,
    building: BuildingRecord,
    findings: Findings,
) -> None:
    findings.add(f"{attribute}-outside", flats.name, text(
        "{found} is more than the {limit} that building {code} has; correct the flat or the building",
        found=found, limit=limit, code=building.code,
    ), row=number, column=flats.column(attribute))  # fmt: skip


def _check_totals(buildings: Rows, flats: Rows, findings: Findings) -> None:
    """Compare what a building states with its flats; the building's figures stay unless fewer than its flats."""
    listed: defaultdict[str, list[FlatRecord]] = defaultdict(list)
    for flat in flats.records:
        listed[flat.building].append(flat)
    for index, (number, building) in enumerate(zip(buildings.numbers, buildings.records, strict=True)):
        own = listed[building.code]
        if not own:
            if building.code not in flats.mentioned:
                _note_total(buildings, number, "no-flats", "flats", text(
                    "Sheet {sheet} lists no flat of building {code}; its {count} flats were taken to be alike",
                    sheet=flats.name, code=building.code, count=building.flats,
                ), findings)  # fmt: skip
            continue
        if len(own) != building.flats:
            _note_total(
                buildings, number, "flats-disagree", "flats", _count_message(building, len(own)), findings
            )
            buildings.records[index] = dataclasses.replace(building, flats=max(building.flats, len(own)))
            continue
        area_m2 = sum(flat.area_m2 for flat in own)
        if abs(area_m2 - building.heated_area_m2) > AREA_TOLERANCE_RATIO * building.heated_area_m2:
            _note_total(buildings, number, "area-disagrees", "heated_area_m2", text(
                "The building states {stated} m², its flats add up to {found} m²; money and targets use the stated "
                "area, heat uses the flats'", stated=f"{building.heated_area_m2:.2f}", found=f"{area_m2:.2f}",
            ), findings)  # fmt: skip


def _note_total(
    rows: Rows, number: int, code: str, attribute: str, message: Text, findings: Findings
) -> None:
    findings.add(code, rows.name, message, row=number, column=rows.column(attribute))


def _count_message(building: BuildingRecord, listed: int) -> Text:
    if listed < building.flats:
        return text(
            "The building states {stated} flats, {listed} are listed; the missing ones were taken to be like them",
            stated=building.flats, listed=listed,
        )  # fmt: skip
    return text(
        "The building states {stated} flats, {listed} are listed; the listed ones were counted",
        stated=building.flats, listed=listed,
    )  # fmt: skip


def _check_clusters(buildings: Rows, clusters: Rows, findings: Findings) -> None:
    _unique(clusters, lambda c: c.cluster, "cluster", "duplicate-row", findings)
    by_name = {cluster.cluster: cluster for cluster in clusters.records}
    supplier_of = {name: cluster.supplier for name, cluster in by_name.items()}
    for number, building in zip(buildings.numbers, buildings.records, strict=True):
        if not building.cluster:
            continue
        supplier = supplier_of.setdefault(building.cluster, building.supplier)
        if supplier != building.supplier:
            findings.add("cluster-supplier", buildings.name, text(
                "Building {code} is heated by {supplier}, but its cluster {cluster} belongs to {other}; a cluster has "
                "one supplier: correct one of them", code=building.code, supplier=building.supplier,
                cluster=building.cluster, other=supplier,
            ), row=number, column=buildings.column("cluster"))  # fmt: skip
        if clusters.numbers and building.cluster not in clusters.mentioned:
            findings.add("unknown-cluster", buildings.name, text(
                "Cluster {cluster} is not in sheet {sheet}; the policy's usual cost of mains was taken for it",
                cluster=building.cluster, sheet=clusters.name,
            ), row=number, column=buildings.column("cluster"))  # fmt: skip
        cluster = by_name.get(building.cluster)
        if cluster is not None and cluster.district != building.district:
            findings.add("cluster-district", buildings.name, text(
                "Building {code} lies in {district}, its cluster {cluster} in {other}; the building's district was "
                "taken for it", code=building.code, district=building.district, cluster=building.cluster,
                other=cluster.district,
            ), row=number, column=buildings.column("cluster"))  # fmt: skip
    used = {building.cluster for building in buildings.records}
    for number, cluster in zip(clusters.numbers, clusters.records, strict=True):
        if cluster.cluster not in used:
            findings.add("unused-cluster", clusters.name, text(
                "No building belongs to cluster {cluster}; its cost was left out", cluster=cluster.cluster
            ), row=number, column=clusters.column("cluster"))  # fmt: skip


def _check_money(buildings: Rows, budgets: Rows, crews: Rows, findings: Findings) -> None:
    _unique(budgets, lambda b: (b.source.value, b.scope, b.year), "year", "duplicate-row", findings)
    _unique(crews, lambda c: (c.supplier, c.year), "year", "duplicate-row", findings)
    known = {attribute: {getattr(b, attribute) for b in buildings.records} for attribute in SCOPED.values()}
    for index, (number, budget) in enumerate(zip(budgets.numbers, budgets.records, strict=True)):
        attribute = SCOPED.get(budget.source)
        if attribute is None:
            if budget.scope:
                _note_scope(budgets, number, "scope-ignored", text(
                    "Money of this source belongs to the whole city; the entry {scope} was left out",
                    scope=budget.scope,
                ), findings)  # fmt: skip
                budgets.records[index] = dataclasses.replace(budget, scope="")
        elif not budget.scope:
            _note_scope(budgets, number, "scope-missing", text(
                "Whose money it is must be said: write the name as in column {column} of sheet {sheet}",
                column=buildings.column(attribute), sheet=buildings.name,
            ), findings)  # fmt: skip
        elif budget.scope not in known[attribute]:
            _note_scope(
                budgets, number, "unknown-scope", _nobody(budget.scope, attribute, buildings), findings
            )
    for number, crew in zip(crews.numbers, crews.records, strict=True):
        if crew.supplier not in known["supplier"]:
            findings.add(
                "unknown-supplier", crews.name, _nobody(crew.supplier, "supplier", buildings),
                row=number, column=crews.column("supplier"),
            )  # fmt: skip


def _note_scope(budgets: Rows, number: int, code: str, message: Text, findings: Findings) -> None:
    findings.add(code, budgets.name, message, row=number, column=budgets.column("scope"))


def _nobody(name: str, attribute: str, buildings: Rows) -> Text:
    return text(
        "No building names {name} in column {column} of sheet {sheet}, so it can be used for none; write the name "
        "exactly as there", name=name, column=buildings.column(attribute), sheet=buildings.name,
    )  # fmt: skip
