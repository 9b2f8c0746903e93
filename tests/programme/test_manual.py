"""The clerks' page of workflows says what the tables say."""

from pathlib import Path

from fenhu.policy import load
from fenhu.policy.conduct import WAITING, GateCode
from fenhu.programme import ANNUAL_PLAN, CASE, GATES, PROJECT, manual

PAGE = Path(__file__).parents[2] / "docs" / "clerks" / "programme.md"


def test_the_page_is_the_tables():
    assert PAGE.read_text(encoding="utf-8") == manual(load("fuxin-2010"))


def test_the_policy_knows_the_states_and_gates_of_the_tables():
    for workflow in (ANNUAL_PLAN, PROJECT, CASE):
        waiting = {state for state in workflow.states if workflow.waiting_for(state)}
        assert waiting <= set(WAITING[workflow.name]) <= set(workflow.states)
    assert set(GateCode.__args__) == set(GATES)
