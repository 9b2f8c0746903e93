"""An estate's network: from a substation, its trenches and its buildings to sizes, inlets, pump and proof.

In: an ``Estate`` (from an estate file by ``read_estate``) and its buildings as ``Taker``s. Out: an
``EstateDesign`` (``design_estate``), its simulation (``prove_estate``), its checks (``check_estate``).
"""

from fenhu.design.estate.checks import action_of, check_estate
from fenhu.design.estate.designing import EstateDesign, design_estate
from fenhu.design.estate.inlets import InletDesign, InletValve
from fenhu.design.estate.proof import EstateProof, EstateState, prove_estate, season_kwh
from fenhu.design.estate.pump import ActionKind, Booster, PumpDesign, Remedy
from fenhu.design.estate.reading import parse_estate, read_estate
from fenhu.design.estate.renewal import Renewal, renewal_of
from fenhu.design.estate.sizing import holds_limits, volume_m3_h
from fenhu.design.estate.values import BuildingFile, Estate, Network, PipeDesign, Substation, Taker, Trench

__all__ = [
    "ActionKind", "Booster", "BuildingFile", "Estate", "EstateDesign", "EstateProof", "EstateState",
    "InletDesign", "InletValve", "Network", "PipeDesign", "PumpDesign", "Remedy", "Renewal", "Substation",
    "Taker", "Trench", "action_of", "check_estate", "design_estate", "holds_limits", "parse_estate",
    "prove_estate", "read_estate", "renewal_of", "season_kwh", "volume_m3_h",
]  # fmt: skip
