"""A year of the programme, played by every office through the same verbs its pages use.

The synthetic city's past is played this way, `make year` plays a whole year of it, and the tests hold what
comes out against the policy.
"""

from fenhu.web.playing.collecting import levels_of, pay_reward, propose_reward
from fenhu.web.playing.informing import commend_the_willing, inform_the_public
from fenhu.web.playing.issuing import issue_allocation
from fenhu.web.playing.metering import meter_a_season
from fenhu.web.playing.people import People
from fenhu.web.playing.residents import complain, live_a_winter
from fenhu.web.playing.year import first_of_each_supplier, play_projects, play_year

__all__ = [
    "People", "commend_the_willing", "complain", "first_of_each_supplier", "inform_the_public",
    "issue_allocation", "levels_of", "live_a_winter", "meter_a_season", "pay_reward", "play_projects",
    "play_year", "propose_reward",
]  # fmt: skip
