"""A scenario as work in the background: started by whoever may, its result kept in its place."""

import pytest
from tests.web.jobs.test_jobs import work_off
from tests.web.scenario_steps import a_planned_city, a_scenario

from fenhu.errors import NotAllowed
from fenhu.programme import Role
from fenhu.web.jobs import services as jobs
from fenhu.web.jobs.models import Job
from fenhu.web.works import queries, services
from fenhu.web.works.models import Scenario

pytestmark = [pytest.mark.usefixtures("emptied_afterwards"), pytest.mark.data_layer]


@pytest.fixture
def scenario(cast):
    a_planned_city()
    return a_scenario(cast, Role.HEAT_SUPPLIER)


def state(cast, scenario):
    return queries.scenario_view(cast[Role.HEAT_SUPPLIER], scenario.pk).row.state


def test_it_runs_to_its_end_in_the_background(cast, scenario):
    job = services.run_scenario(cast[Role.HEAT_SUPPLIER], scenario)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.result) == (Job.DONE, {"scenario": scenario.pk, "stopped_by": "effort"})
    assert state(cast, scenario) == "worked"


def test_stopped_before_it_began_it_leaves_everything_as_it_was(cast, scenario):
    jobs.cancel(services.run_scenario(cast[Role.HEAT_SUPPLIER], scenario), cast[Role.HEAT_SUPPLIER])
    work_off()
    assert state(cast, scenario) == "draft"


def test_a_fault_is_said_on_its_page(cast, scenario):
    services.run_scenario(cast[Role.HEAT_SUPPLIER], scenario)
    Scenario.objects.update(changes={"forbidden": ["OLD"]})
    work_off()
    view = queries.scenario_view(cast[Role.HEAT_SUPPLIER], scenario.pk)
    assert view.row.state == "failed"
    assert "OLD" in str(view.fault)


def test_who_plans_nothing_starts_none(cast):
    with pytest.raises(NotAllowed):
        jobs.start("scenario", cast[Role.FINANCE], {"scenario": 1})
