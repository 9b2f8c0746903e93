"""Buildings with just the evidence a test is about."""

from fenhu.diagnosis import EstateEvidence, diagnose
from fenhu.policy import load
from fenhu.records import (
    BuildingRecord,
    FlatRecord,
    HeatSummary,
    OwnerKind,
    StockHeat,
    SystemForm,
)

FUXIN = load("fuxin-2010")


def building(**known):
    """Return a building of five storeys and ten flats of which nothing else is known."""
    bare = {
        "code": "B1", "name": "1号楼", "district": "海州", "supplier": "热力",
        "owner_kind": OwnerKind.DISTRICT,
        "year_built": 1990, "storeys": 5, "units": 1, "flats": 10, "heated_area_m2": 900.0,
        "system_form": SystemForm.VERTICAL_SINGLE_SERIES,
    }  # fmt: skip
    return BuildingRecord(**(bare | known))


def flats(count=10, **known):
    """Return ``count`` flats of 90 m² of one stairwell, two a storey."""
    return [
        FlatRecord(building="B1", unit=1, storey=n // 2 + 1, room=str(n % 2 + 1), area_m2=90.0, **known)
        for n in range(count)
    ]


def summary(mean_c, min_c):
    """Return a simulated state with these temperatures."""
    return HeatSummary(
        flats={}, mean_c=mean_c, min_c=min_c, max_c=22.0, below_18=0, heat_w=0.0, mass_flow_kg_s=0.0
    )


def heat(before=None, status="converged"):
    """Return a building's simulated temperatures; without them the simulation failed."""
    return StockHeat(code="B1", status=status, before=before, after=before, assumed=())


def estate(percent=None):
    """Return an estate with this fee collection."""
    return EstateEvidence(estate="和平小区", buildings=3, fee_collection_percent=percent)


def judged(record=None, listed=(), simulated=None, fees=None, status="converged"):
    """Return the diagnosis by Fuxin's policy and its criteria by code."""
    diagnosis = diagnose(record or building(), listed, heat(simulated, status), estate(fees), FUXIN)
    return diagnosis, {result.code: result for result in diagnosis.criteria}
