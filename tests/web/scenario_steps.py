"""What the tests of scenarios do over and over: a study with its plan, a scenario, working it out."""

from __future__ import annotations

from tests.web.cast import a_study
from tests.web.planned import a_task, with_a_plan

from fenhu.planning import Changes
from fenhu.programme import Role
from fenhu.web.works import services
from fenhu.web.works.working_out import work_out


class Listener:
    """A report that keeps what it hears and is cancelled from the start, or never."""

    def __init__(self, *, cancelled=False):
        self.told, self.stops = [], cancelled

    def tell(self, phase, done, total):
        self.told.append(str(phase))

    def cancelled(self):
        return self.stops


def a_planned_city(**task):
    """The cast's buildings with a plan in force: A1 and A2 in 2011, B1 without a year."""
    return with_a_plan(a_study(), a_task(**task))


def a_scenario(cast, role=Role.CITY_BUREAU, *, changes=None, name="多三十万"):
    made = services.create_scenario(cast[role], name=name)
    return services.change_scenario(cast[role], made, changes or Changes())


def worked(scenario, **listening):
    return work_out(scenario, Listener(**listening))
