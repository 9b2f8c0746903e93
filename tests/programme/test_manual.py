"""The clerks' page of workflows says what the tables say, in both languages."""

from pathlib import Path

import pytest

from fenhu.policy import load
from fenhu.policy.conduct import WAITING, GateCode
from fenhu.programme import ANNUAL_PLAN, CASE, GATES, PROJECT, manual
from fenhu.wording import CHINESE, ENGLISH

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {ENGLISH: DOCS / "clerks" / "programme.md", CHINESE: DOCS / "zh" / "clerks" / "programme.md"}


@pytest.mark.parametrize("language", PAGES)
def test_the_page_is_the_tables(language):
    assert PAGES[language].read_text(encoding="utf-8") == manual(load("fuxin-2010"), language)


def test_the_policy_knows_the_states_and_gates_of_the_tables():
    for workflow in (ANNUAL_PLAN, PROJECT, CASE):
        waiting = {state for state in workflow.states if workflow.waiting_for(state)}
        assert waiting <= set(WAITING[workflow.name]) <= set(workflow.states)
    assert set(GateCode.__args__) == set(GATES)
