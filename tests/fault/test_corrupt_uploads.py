"""Damaged and disguised files by the page: told in words, nothing of them imported."""

import json

import pytest
from tests.fault.telling import every_step, telling

pytestmark = pytest.mark.slow

BREAK = """
import json, random
from tests.fault.works import signed_in, the_workbook, upload, worked_off
from fenhu.web.exchange.models import StagedRow, Upload
from fenhu.web.jobs.models import Job
from fenhu.web.registry.models import Building
signed_in()
whole, dice = the_workbook(), random.Random(9)
def flipped():
    place = dice.randrange(4, len(whole))
    return whole[:place] + bytes([whole[place] ^ (1 << dice.randrange(8))]) + whole[place + 1:]
broken = {{
    "truncated": [whole[:len(whole) * share // 1000] for share in (10, 300, 600, 900, 999)],
    "one bit flipped": [flipped() for _ in range({flips})],
    "wrong extension": [b"%PDF-1.4 no workbook", b"\\xff\\xd8\\xff\\xe0 picture", b"PK\\x03\\x04 a head"],
}}
for how, contents in broken.items():
    told = []
    for number, content in enumerate(contents):
        before = Upload.objects.count()
        answer = upload(content=content, name=f"楼栋{{number}}.xlsx")
        worked_off()
        kept = Upload.objects.order_by("-pk").first() if Upload.objects.count() > before else None
        job = Job.objects.order_by("-pk").first() if kept else None
        told.append([
            answer.status_code, "Traceback" in answer.content.decode(), kept and kept.state,
            kept and kept.findings_count, job and job.state,
            kept and StagedRow.objects.filter(upload=kept).count(),
        ])
    print(json.dumps([how, told, Building.objects.count()]))
"""


def test_a_damaged_file_is_told_in_words_and_nothing_of_it_is_imported(city, where):
    lines = city.run(BREAK.format(flips=200 if every_step() else 15)).splitlines()
    register = city.counts()["registry_building"]
    for how, tries, buildings in map(json.loads, lines):
        with telling(f"corrupt upload: {how}", where) as told:
            told.times = len(tries)
            told.before = told.after = f"{register} registry_building"
            for status, traceback, state, findings, job, rows in tries:
                assert not traceback
                assert status in (302, 422)
                assert (status == 422) == (state is None)
                if state == "refused":
                    assert (findings > 0, job, rows) == (True, "done", 0)
                elif state is not None:
                    # What a flipped bit left readable is previewed like any file, and nobody imported it.
                    assert (state, job) == ("staged", "done")
            assert buildings == register
    city.verify()
