"""The plain values every room shares: what a register row, a bill line, a diagnosis and a plan are.

Frozen, typed, without behaviour beyond their own invariants; nothing here knows files, clocks or Django.
"""

from fenhu.records.finding import Finding, Severity
from fenhu.records.kinds import AUTHORITIES, FlatUse, OwnerKind, Payer, Source, SystemForm
from fenhu.records.money import BillLine, LineShares, SharedBill
from fenhu.records.outcome import Assumption, CriterionResult, Diagnosis, FlatHeat, HeatSummary, StockHeat
from fenhu.records.register import (
    PERSONAL_OF_FLATS,
    BudgetRecord,
    BuildingRecord,
    ClusterRecord,
    CrewRecord,
    FlatRecord,
    OrderRecord,
    Register,
)

__all__ = [
    "AUTHORITIES",
    "PERSONAL_OF_FLATS",
    "Assumption",
    "BillLine",
    "BudgetRecord",
    "BuildingRecord",
    "ClusterRecord",
    "CrewRecord",
    "CriterionResult",
    "Diagnosis",
    "Finding",
    "FlatHeat",
    "FlatRecord",
    "FlatUse",
    "HeatSummary",
    "LineShares",
    "OrderRecord",
    "OwnerKind",
    "Payer",
    "Register",
    "Severity",
    "SharedBill",
    "Source",
    "StockHeat",
    "SystemForm",
]  # fmt: skip
