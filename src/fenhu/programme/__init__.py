"""How the offices work together: roles, and workflows as frozen tables.

In: the facts of a case as plain values. Out: which steps it may take, who may take them, until when, and the
reason why not. Storing a case and who acted is the web layer's; nothing here knows a database.
"""

from fenhu.programme.annual_plan import ANNUAL_PLAN, PlanFacts, filed_late
from fenhu.programme.roles import ROLE_NAMES, Role
from fenhu.programme.workflow import Step, Workflow

__all__ = ["ANNUAL_PLAN", "ROLE_NAMES", "PlanFacts", "Role", "Step", "Workflow", "filed_late"]
