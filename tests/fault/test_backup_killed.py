"""A backup and a restore killed at every step: never half a backup, the old city or the new one."""

import pytest
from tests.fault.telling import sampled, telling

pytestmark = pytest.mark.slow

ACT = """
from pathlib import Path
from tests.fault.killing import kill_at
import tests.fault.killing as killing
from fenhu.web.keeping.backing_up import backup
from fenhu.web.keeping.restoring import restore
kill_at({step})
{act}
print(killing.steps)
"""
BACK_UP = "backup(Path({path!r}))"
RESTORE = "restore(Path({path!r}), replace=True)"
PROVE = """
from pathlib import Path
from fenhu.web.keeping import archive
path = Path({path!r})
if path.exists():
    archive.prove(path, archive.manifest_of(path))
print(path.exists())
"""
OTHER = "from tests.web.cast import a_user; a_user('somebody')"
START = "from fenhu.web.keeping.swapping import finish; finish()"


def done(city, act, step=0):
    return city.start(ACT.format(step=step, act=act))


def test_a_backup_killed_at_any_step_is_whole_or_not_there(city, where, tmp_path):
    with telling("kill -9: backup", where) as told:
        untouched = city.content()
        steps = int(done(city, BACK_UP.format(path=str(tmp_path / "whole"))).output().split()[-1])
        whole = 0
        for tried, step in enumerate(sampled(steps), start=1):
            path = str(tmp_path / f"backup-{step}")
            assert done(city, BACK_UP.format(path=path), step).was_killed(), step
            whole += city.run(PROVE.format(path=path)).split()[-1] == "True"
            assert city.content() == untouched, step
            done(city, BACK_UP.format(path=f"{path}-again")).output()
            assert city.run(PROVE.format(path=f"{path}-again")).split()[-1] == "True", step
            told.times = f"{tried} of {steps} steps"
            told.after = f"no change in the city; {whole} whole backups, no half ones"


def test_a_restore_killed_at_any_step_leaves_the_old_or_the_new(new_city, where, tmp_path):
    with telling("kill -9: restore", where) as told:
        saved, path = new_city(), str(tmp_path / "backup")
        done(saved, BACK_UP.format(path=path)).output()
        after = saved.counts()
        whole = new_city()
        whole.run(OTHER)
        before = whole.counts()
        steps = int(done(whole, RESTORE.format(path=path)).output().split()[-1])
        olds = 0
        for tried, step in enumerate(sampled(steps), start=1):
            city = new_city()
            city.run(OTHER)
            assert done(city, RESTORE.format(path=path), step).was_killed(), step
            city.run(START)
            assert city.counts() in (before, after), step
            olds += city.counts() == before
            city.verify()
            done(city, RESTORE.format(path=path)).output()
            assert city.counts() == after, step
            city.verify()
            told.times = f"{tried} of {steps} steps"
            told.before, told.after = f"{olds} times the old city", f"{tried - olds} times the new"
