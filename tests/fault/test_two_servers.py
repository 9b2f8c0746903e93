"""Two servers on one city: what both are told at once is done once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from tests.fault.cities import environment
from tests.fault.serving import Serving
from tests.fault.telling import telling

pytestmark = pytest.mark.slow

PLANS = 12
FILE = f"""
from tests.fault.works import a_plan, fire, user
for year in range({PLANS}):
    fire(user("heat_supplier"), a_plan(year=2020 + year), "file", version=1)
"""
SIGN_IN = """
from tests.fault.works import a_browser, user
client = a_browser()
client.force_login(user("city_bureau"), backend="django.contrib.auth.backends.ModelBackend")
print(client.cookies["sessionid"].value)
"""
DECIDED = "SELECT kind FROM journal_entry WHERE kind IN ('annual_plan.approve', 'annual_plan.return')"


def test_a_step_taken_on_both_at_once_is_taken_once(city, where):
    with telling("two servers: each plan approved on one and returned on the other at once", where) as told:
        decided_before = len(city.asked(DECIDED))
        city.run(FILE)
        session = city.run(SIGN_IN).strip()
        plans = city.asked("SELECT id FROM works_annualplan WHERE year >= 2020 ORDER BY id")
        served = environment(city.url, city.folder)
        with Serving(served) as one, Serving(served) as other, ThreadPoolExecutor(2) as both:
            for plan in plans:
                together = Barrier(2)

                def take(server, step, plan=plan, together=together):
                    together.wait()
                    return server.post(f"/plans/{plan}/step/", session, step=step, version=2, note="理由")

                answers = [both.submit(take, one, "approve"), both.submit(take, other, "return")]
                statuses = sorted(answer.result()[0] for answer in answers)
                assert statuses == [302, 409], "whoever was second is told so"
        assert city.asked("SELECT version FROM works_annualplan WHERE year >= 2020") == [3] * PLANS
        assert len(city.asked(DECIDED)) - decided_before == PLANS
        city.verify()
        told.times, told.before, told.after = PLANS, f"{PLANS} plans filed", f"{PLANS} plans decided once"
