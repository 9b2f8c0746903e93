"""A city's rules as data: one TOML file per city and date, checked to the last key.

In: the name of a packaged policy or the path of a file. Out: a frozen ``Policy`` in which every value says
which clause it comes from, or that it is an assumption and why; or every fault with its line and key.
How to write a file: ``docs/engineers/policy-file.md``.
"""

from fenhu.policy.conduct import Commendation, Gate, Liability, Measurement
from fenhu.policy.faults import PolicyFinding
from fenhu.policy.judging import ConsentRule, Criterion, PriorityGroup, TargetForm
from fenhu.policy.loader import PolicyInfo, available, check, load
from fenhu.policy.paying import Case, Ceiling, CostShare, RewardRule
from fenhu.policy.programme import Authority, Target
from fenhu.policy.schema import Policy, PolicyAssumption

__all__ = [
    "Authority", "Case", "Ceiling", "Commendation", "ConsentRule", "CostShare", "Criterion", "Gate",
    "Liability", "Measurement", "Policy", "PolicyAssumption", "PolicyFinding", "PolicyInfo",
    "PriorityGroup", "RewardRule", "Target", "TargetForm", "available", "check", "load",
]  # fmt: skip
