"""The works that are cut off: each prepared on a city, done once, and done again by whoever comes back to it.

Done again after it had been kept, a work is refused or changes nothing, as a clerk's second click is.
"""

import csv
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.cast import HONGYUAN, a_building, a_flat, a_plan, everybody, the_register
from tests.web.documents import steps as papers
from tests.web.jobs.works import work as work_off
from tests.web.ledger.books import FLATS, budgets, priced
from tests.web.works.steps import a_project, contracted

from fenhu.errors import WorkflowFault
from fenhu.programme import Role
from fenhu.records import OwnerKind, Payer
from fenhu.register import write_register
from fenhu.web.access.models import User
from fenhu.web.documents.services import start_batch
from fenhu.web.exchange import services as exchange
from fenhu.web.exchange.models import Upload
from fenhu.web.jobs import services as jobs
from fenhu.web.ledger import services as ledger
from fenhu.web.ledger.models import Receipt
from fenhu.web.registry.models import Building, Flat
from fenhu.web.works.models import AnnualPlan, FlatWork, Study
from fenhu.web.works.services import fire

MORE_FLATS = 4
REGISTER, SIGNED_IN = "register.xlsx", "session"


def user(role):
    """Return somebody of the cast."""
    return User.objects.get(username=role)


def fill():
    """Store a city in which every work is one step away."""
    cast = everybody()
    building = Building.objects.get(code="A2")
    priced(building)
    budgets(building)
    contracted(cast, a_project(cast))
    fire(cast[Role.HEAT_SUPPLIER], a_plan(year=2012), "file", version=1)
    project = papers.a_project("B1")
    for storey in range(3, 3 + MORE_FLATS):
        flat = Flat.objects.create(
            building=project.building, unit=1, storey=storey, room=f"{storey}01", area_m2=90.0, use="dwelling"
        )
        FlatWork.objects.create(project=project, flat=flat)


def changed_register():
    """Return the cast's register with a new building and a changed one."""
    register = the_register()
    flats = tuple(a_flat("A3", storey) for storey in (1, 2))
    new = a_building("A3", HONGYUAN, "海州", OwnerKind.DISTRICT)
    known = tuple(replace(one, year_built=1986) if one.code == "A1" else one for one in register.buildings)
    return replace(register, buildings=(*known, new), flats=(*register.flats, *flats))


def the_workbook():
    """Return the bytes of the register's workbook, written once for a city."""
    place = Path(settings.DATA_DIR) / REGISTER
    if not place.exists():
        write_register(changed_register(), place)
    return place.read_bytes()


def nothing():
    """Prepare nothing."""


def an_empty_desk():
    """Prepare an import after which nothing is diagnosed by itself."""
    the_workbook()
    Study.objects.update(current=False)


def a_browser():
    """Return somebody's browser."""
    return Client(headers={"host": "127.0.0.1", "accept-language": "en"}, raise_request_exception=False)


def signed_in():
    """Prepare an import by the page: the bureau is signed in."""
    an_empty_desk()
    client = a_browser()
    client.force_login(user("city_bureau"), backend="django.contrib.auth.backends.ModelBackend")
    (Path(settings.DATA_DIR) / SIGNED_IN).write_text(client.cookies[settings.SESSION_COOKIE_NAME].value)


def upload(content=None, name="楼栋.xlsx"):
    """Upload the register by the page, unless it is there; return the page's answer."""
    if Upload.objects.exists() and content is None:
        return None
    client = a_browser()
    client.cookies[settings.SESSION_COOKIE_NAME] = (Path(settings.DATA_DIR) / SIGNED_IN).read_text()
    file = SimpleUploadedFile(name, the_workbook() if content is None else content)
    return client.post("/import/", {"file": file})


def uploaded():
    """Prepare an upload that waits to be checked."""
    an_empty_desk()
    bureau = user("city_bureau")
    received = exchange.receive(ContentFile(the_workbook(), name="楼栋.xlsx"), bureau)
    jobs.start("stage-upload", bureau, {"upload": received.pk})


def staged():
    """Prepare a checked upload that waits to be imported."""
    an_empty_desk()
    bureau = user("city_bureau")
    received = exchange.stage(exchange.receive(ContentFile(the_workbook(), name="楼栋.xlsx"), bureau))
    jobs.start("apply-upload", bureau, {"upload": received.pk})


def worked_off():
    """Let a worker do what waits, and what was lost."""
    work_off()


def a_statement():
    """Prepare a bank's statement: a payment of each of the two flats, and one nobody knows."""
    rows = [(60, f"HT-{FLATS[0]}", "S1"), (40, f"HT-{FLATS[1]}", "S2"), (25, "无名", "S3")]
    with (Path(settings.DATA_DIR) / "statement.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([
            ("日期", "金额", "付款人", "摘要", "流水号", "方式"),
            *(("2011-05-20", f"{yuan}.00", "", remark, number, "银行") for yuan, remark, number in rows),
        ])  # fmt: skip


def take_in_statement():
    """Take the statement in; again, it changes nothing but says so."""
    if not Receipt.objects.exists():
        ledger.take_in(user("heat_supplier"), Path(settings.DATA_DIR) / "statement.csv", name="流水.csv")


def collect_payment():
    """Take a payment at the counter, unless its receipt is there."""
    building = Building.objects.get(code="A2")
    if not Receipt.objects.exists():
        ledger.receive(
            user("heat_supplier"), building, payer=Payer.USER, flat=building.flats.get(storey=1), fen=60_00,
            way="counter",
        )  # fmt: skip


def approve():
    """Approve the filed plan; the second time it is refused."""
    with suppress(WorkflowFault):
        fire(user("city_bureau"), AnnualPlan.objects.get(year=2012), "approve", version=2)


def papers_asked():
    """Prepare a batch of notices for every flat of a building."""
    start_batch(user("other_supplier"), kind="flat_notice", year=2011)


# name: what is prepared, what is done, whether what is kept may be between nothing and all
WORKS = {
    "import: upload": (signed_in, upload, False),
    "import: check (stage)": (uploaded, worked_off, True),
    "import: apply": (staged, worked_off, True),
    "payment: bank statement": (a_statement, take_in_statement, False),
    "payment: at the counter": (nothing, collect_payment, False),
    "workflow step (fire)": (nothing, approve, False),
    "paper batch": (papers_asked, worked_off, True),
}


def prepare(name):
    """Prepare a work."""
    WORKS[name][0]()


def do(name):
    """Do a work."""
    WORKS[name][1]()
