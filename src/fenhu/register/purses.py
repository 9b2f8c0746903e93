"""Clusters, money and crews must belong to somebody in the register."""

from __future__ import annotations

import dataclasses

from fenhu.records import BuildingRecord, ClusterRecord, Source
from fenhu.register.faults import Findings
from fenhu.register.keys import check_unique
from fenhu.register.rows import Rows
from fenhu.wording import Text, text

SCOPED: dict[Source, str] = {
    Source.DISTRICT: "district",
    Source.OWNER: "owner",
    Source.SUPPLIER: "supplier",
}


def check_clusters(buildings: Rows, clusters: Rows, findings: Findings) -> None:
    """Check that a cluster is known, has one supplier and lies where its buildings do."""
    check_unique(clusters, lambda c: (c.cluster,), "cluster", "duplicate-row", findings)
    known = {cluster.cluster: cluster for cluster in clusters.records}
    mentioned = clusters.mentioned("cluster")
    supplier_of = {name: cluster.supplier for name, cluster in known.items()}
    for number, building in buildings.numbered():
        if not building.cluster:
            continue
        supplier = supplier_of.setdefault(building.cluster, building.supplier)
        if supplier != building.supplier:
            message = _other_supplier(building, supplier)
            buildings.note(findings, "cluster-supplier", number, "cluster", message)
        cluster = known.get(building.cluster)
        if cluster is not None and cluster.district != building.district:
            message = _other_district(building, cluster)
            buildings.note(findings, "cluster-district", number, "cluster", message)
        if clusters.numbers and building.cluster not in mentioned:
            message = text(
                "Cluster {cluster} is not in sheet {sheet}; the policy's usual cost of mains was taken",
                cluster=building.cluster,
                sheet=clusters.name,
            )
            buildings.note(findings, "unknown-cluster", number, "cluster", message)
    _check_used(buildings, clusters, findings)


def _other_supplier(building: BuildingRecord, supplier: str) -> Text:
    return text(
        "Building {code} is heated by {supplier}, but its cluster {cluster} belongs to {other}; a cluster "
        "has one supplier: correct one of them",
        code=building.code,
        supplier=building.supplier,
        cluster=building.cluster,
        other=supplier,
    )


def _other_district(building: BuildingRecord, cluster: ClusterRecord) -> Text:
    return text(
        "Building {code} lies in {district}, its cluster {cluster} in {other}; the building's district was "
        "taken for it",
        code=building.code,
        district=building.district,
        cluster=building.cluster,
        other=cluster.district,
    )


def _check_used(buildings: Rows, clusters: Rows, findings: Findings) -> None:
    used = buildings.mentioned("cluster")
    for number, cluster in clusters.numbered():
        if cluster.cluster not in used:
            message = text(
                "No building belongs to cluster {cluster}; its cost was left out", cluster=cluster.cluster
            )
            clusters.note(findings, "unused-cluster", number, "cluster", message)


def check_money(buildings: Rows, budgets: Rows, crews: Rows, findings: Findings) -> None:
    """Check that every purse and crew belongs to somebody whom a building names."""
    check_unique(
        budgets,
        lambda b: (b.source.value, b.scope if b.source in SCOPED else "", b.year),
        "year",
        "duplicate-row",
        findings,
    )
    check_unique(crews, lambda c: (c.supplier, c.year), "year", "duplicate-row", findings)
    known = {attribute: buildings.mentioned(attribute) for attribute in SCOPED.values()}
    for index, (number, budget) in enumerate(budgets.numbered()):
        attribute = SCOPED.get(budget.source)
        if attribute is None:
            if budget.scope:
                message = text(
                    "Money of this source belongs to the whole city; the entry {scope} was left out",
                    scope=budget.scope,
                )
                budgets.note(findings, "scope-ignored", number, "scope", message)
                budgets.records[index] = dataclasses.replace(budget, scope="")
        elif not budget.scope:
            message = text(
                "Whose money it is must be said: write the name as in column {column} of sheet {sheet}",
                column=buildings.column(attribute),
                sheet=buildings.name,
            )
            budgets.note(findings, "scope-missing", number, "scope", message)
        elif budget.scope not in known[attribute]:
            message = _nobody(budget.scope, attribute, buildings)
            budgets.note(findings, "unknown-scope", number, "scope", message)
    for number, crew in crews.numbered():
        if crew.supplier not in known["supplier"]:
            message = _nobody(crew.supplier, "supplier", buildings)
            crews.note(findings, "unknown-supplier", number, "supplier", message)


def _nobody(name: str, attribute: str, buildings: Rows) -> Text:
    return text(
        "No building names {name} in column {column} of sheet {sheet}, so it can be used for none; write "
        "the name exactly as there",
        name=name,
        column=buildings.column(attribute),
        sheet=buildings.name,
    )
