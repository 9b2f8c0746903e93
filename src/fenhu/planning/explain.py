"""Why a building is planned when it is, or not at all: one sentence each, the cheapest reason first."""

from __future__ import annotations

from fenhu.planning.instance import Instance
from fenhu.planning.result import PlanResult
from fenhu.wording import Text


def why_not(instance: Instance, result: PlanResult, building: int) -> tuple[Text, ...]:
    raise NotImplementedError


def why_year(instance: Instance, result: PlanResult, building: int) -> tuple[Text, ...]:
    raise NotImplementedError
