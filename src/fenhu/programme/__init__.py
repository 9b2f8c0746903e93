"""How the offices work together: roles, and workflows as frozen tables.

In: the facts of a case as plain values. Out: which steps it may take, who may take them, until when, and the
reason why not. Storing a case and who acted is the web layer's; nothing here knows a database.
"""

from fenhu.programme.acceptance import (
    ACCEPTANCE,
    ROOM_TEMPERATURE,
    SIGNS_FOR,
    RoundFacts,
    next_to_sign,
    within_limits,
)
from fenhu.programme.annual_plan import ANNUAL_PLAN, PlanFacts, filed_late
from fenhu.programme.commending import IN_TIME, Cooperation, commendations
from fenhu.programme.construction import (
    DONE,
    STAGES,
    Forecast,
    forecast,
    goes_back,
    next_stage,
    share_done,
)
from fenhu.programme.dispute import CASE, EVIDENCE, KINDS, CaseFacts, proposed_liability
from fenhu.programme.manual import manual
from fenhu.programme.pressure_test import PIPES, PressureTest, held_twice, pressure_faults
from fenhu.programme.project import (
    GATES,
    NOBODY_ASKED,
    PAPERS,
    PROJECT,
    ContractorFitness,
    GateState,
    ProjectFacts,
    contractor_unfit,
    finished_late,
    gate_states,
)
from fenhu.programme.repair_fund import FUND, FundFacts
from fenhu.programme.rewarding import REWARD, RewardFacts
from fenhu.programme.roles import PARTY_NAMES, ROLE_NAMES, Role
from fenhu.programme.room_report import ROOM_REPORT
from fenhu.programme.terms import due_on, working_day_after
from fenhu.programme.warranty import warranty_ends
from fenhu.programme.workflow import Step, Workflow

__all__ = [
    "ACCEPTANCE", "ANNUAL_PLAN", "CASE", "DONE", "EVIDENCE", "FUND", "GATES", "IN_TIME", "KINDS",
    "NOBODY_ASKED", "PAPERS", "PARTY_NAMES", "PIPES", "PROJECT", "REWARD", "ROLE_NAMES", "ROOM_REPORT",
    "ROOM_TEMPERATURE", "SIGNS_FOR", "STAGES", "CaseFacts", "ContractorFitness", "Cooperation",
    "Forecast", "FundFacts", "GateState", "PlanFacts", "PressureTest", "ProjectFacts", "RewardFacts",
    "Role", "RoundFacts", "Step", "Workflow", "commendations", "contractor_unfit", "due_on",
    "filed_late", "finished_late", "forecast", "gate_states", "goes_back", "held_twice", "manual",
    "next_stage", "next_to_sign", "pressure_faults", "proposed_liability", "share_done",
    "warranty_ends", "within_limits", "working_day_after",
]  # fmt: skip
