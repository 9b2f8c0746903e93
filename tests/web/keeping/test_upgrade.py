"""From the previous release to today: nothing lost, or nothing changed; every migration there and back."""

import json

import pytest
from tests.web.keeping.previous import put_into

pytestmark = [pytest.mark.data_layer, pytest.mark.slow, pytest.mark.django_db]

ROWS = """
import json
from django.db import connection
with connection.cursor() as cursor:
    names = [name for name in connection.introspection.table_names(cursor) if not name.startswith("sqlite_")]
    counted = {}
    for name in names:
        cursor.execute(f'SELECT COUNT(*) FROM "{name}"')
        counted[name] = cursor.fetchone()[0]
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    print(json.dumps({"rows": counted, "gone": cursor.fetchall()}))
"""
PAGES = """
import json
from django.contrib.auth import get_user_model
from django.test import Client
from fenhu.web.registry.models import Building
from fenhu.web.works.models import Project
code = Building.objects.order_by("pk").first().code
done = Project.objects.order_by("pk").first().building.code
answers = {}
for user in get_user_model().objects.filter(is_active=True).order_by("pk"):
    client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for path in ("/", "/buildings/"):
        answer = client.get(path, follow=True)
        answers[f"{user.username} {path}"] = answer.status_code
    if user.username == "city_bureau":
        for path in (f"/buildings/{code}/", f"/projects/{done}/", "/money/", "/rewards/", "/plans/",
                     "/journal/", "/plan/", "/work/", "/map/", "/bulletin/", "/cases/", "/search/?q=1"):
            answers[path] = client.get(path, follow=True).status_code
print(json.dumps(answers))
"""
# Filled by every upgrade: what the program knows of itself, and the seal on days that are over.
OF_THE_PROGRAM = {"django_migrations", "django_content_type", "auth_permission", "journal_dayhead"}
MAIN_TABLES = (
    "access_grant", "access_user", "exchange_stagedrow", "exchange_upload", "journal_entry",
    "journal_personalvalue", "ledger_account", "ledger_branchmains", "ledger_contractbill", "ledger_posting",
    "ledger_purse", "ledger_receipt", "ledger_rewarditem", "ledger_rewardproposal", "ledger_transfer",
    "registry_budget", "registry_building", "registry_cluster", "registry_crew", "registry_flat",
    "registry_organisation", "works_acceptanceround", "works_annualplan", "works_annualplanitem",
    "works_buildingoutcome", "works_case", "works_caseevidence", "works_consent", "works_contractorfile",
    "works_designversion", "works_flatwork", "works_material", "works_measuredvalue", "works_paper",
    "works_project", "works_signature", "works_sitecheck", "works_study", "works_weekreport",
)  # fmt: skip
TAMPER = """
from django.db import connection
from fenhu.web.journal.triggers import remove_from
remove_from(connection, "journal_entry")
with connection.cursor() as cursor:
    cursor.execute("UPDATE journal_entry SET kind = 'another' WHERE id = (SELECT MIN(id) FROM journal_entry)")
"""
IN_THE_WAY = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE works_scenario (id integer)")
"""
THERE_AND_BACK = """
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from fenhu.web.serving import migrate
migrate()
leaves = dict(MigrationLoader(connection).graph.leaf_nodes())
for app in sorted(config.label for config in apps.get_app_configs() if config.name.startswith("fenhu.")):
    if app not in leaves:
        continue
    steps = sorted(name for label, name in MigrationLoader(connection).disk_migrations if label == app)
    call_command("migrate", app, steps[-2] if len(steps) > 1 else "zero", verbosity=0)
    call_command("migrate", verbosity=0)
    print(app, leaves[app])
"""


@pytest.fixture
def previous(new_city):
    city = new_city()
    put_into(city.folder, city.url)
    return city


def stored(city):
    return json.loads(city.run(ROWS))


def test_the_previous_releases_city_is_todays_with_every_row_and_its_pages_open(previous):
    before = stored(previous)
    kept = previous.folder / "kept.fenhu"
    done = previous.fenhu("upgrade", "--backup", kept)
    assert done.returncode == 0, done.stderr
    assert "Upgraded by" in done.stderr
    assert kept.is_file()
    after = stored(previous)
    same = before["rows"].keys() - OF_THE_PROGRAM
    assert {name: after["rows"].get(name) for name in same} == {name: before["rows"][name] for name in same}
    assert after["rows"]["journal_dayhead"] >= before["rows"]["journal_dayhead"]
    assert len(after["gone"]) > len(before["gone"])
    assert previous.fenhu("verify").returncode == 0
    answers = json.loads(previous.run(PAGES))
    assert {path: status for path, status in answers.items() if status != 200} == {}
    again = previous.fenhu("upgrade")
    assert "Nothing to do" in again.stderr


def test_the_previous_city_has_something_in_every_main_table(previous):
    if previous.url:
        pytest.skip("on PostgreSQL it is the cast of the tests of then, which does less")
    rows = stored(previous)["rows"]
    assert [name for name in MAIN_TABLES if not rows[name]] == []


@pytest.mark.parametrize(("fault", "said"), [(TAMPER, "refused"), (IN_THE_WAY, "refused")])
def test_an_upgrade_that_fails_leaves_everything_as_it_was(previous, fault, said):
    previous.run(fault)
    before = stored(previous)
    done = previous.fenhu("upgrade")
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert stored(previous) == before
    assert not list(previous.folder.glob("before_*"))
    assert not list(previous.folder.glob(".upgrading-*"))
    (kept,) = (previous.folder / "backups").iterdir()
    assert kept.stat().st_size > 0


def test_where_nothing_is_stored_there_is_nothing_to_upgrade(new_city):
    done = new_city().fenhu("upgrade")
    assert done.returncode == 0
    assert "Nothing to do" in done.stderr


def test_every_app_goes_one_step_back_and_forward_again(new_city):
    gone = new_city().run(THERE_AND_BACK).split("\n")
    assert len([line for line in gone if line]) >= 11
