"""The books under pressure: several counters at once, and a process killed in the middle of a statement."""

import csv
import json
import signal

import pytest

pytestmark = [pytest.mark.data_layer, pytest.mark.slow]

COUNTERS, PAYMENTS = 3, 10
SET_UP = """
from datetime import date
from tests.web.cast import everybody
from tests.web.ledger.books import budgets, priced
from tests.web.works.steps import a_project, contracted
from fenhu.web import clock
from fenhu.web.registry.models import Building
with clock.on(date(2011, 6, 1)):
    cast = everybody()
    building = Building.objects.get(code="A2")
    priced(building)
    budgets(building)
    contracted(cast, a_project(cast))
"""
COLLECT = """
from fenhu.records import Payer
from fenhu.web.access.models import User
from fenhu.web.ledger import services as ledger
from fenhu.web.registry.models import Building
supplier = User.objects.get(username="heat_supplier")
building = Building.objects.get(code="A2")
flat = building.flats.get(storey=1)
for number in range({payments}):
    ledger.receive(supplier, building, payer=Payer.USER, flat=flat, fen=100, way="counter",
                   reference="{counter}-" + str(number))
    ledger.receive(supplier, building, payer=Payer.USER, flat=flat, fen=7, way="bank",
                   reference="shared-" + str(number))
"""
TAKE_IN_AND_DIE = """
import os, signal
from pathlib import Path
from fenhu.web.access.models import User
from fenhu.web.ledger import banking
pay, paid = banking.pay, []
def pay_and_die(*args, **kwargs):
    paid.append(pay(*args, **kwargs))
    if len(paid) == {after}:
        os.kill(os.getpid(), signal.SIGKILL)
    return paid[-1]
banking.pay = pay_and_die
banking.take_in(User.objects.get(username="heat_supplier"), Path({path!r}), name="流水")
"""
TAKE_IN = """
import json
from pathlib import Path
from fenhu.web.access.models import User
from fenhu.web.ledger import services as ledger
taken = ledger.take_in(User.objects.get(username="heat_supplier"), Path({path!r}), name="流水")
print(json.dumps([taken.matched, taken.unmatched, taken.known]))
"""
CHECK = """
import json
from fenhu.records import Payer
from fenhu.web.journal import services as journal
from fenhu.web.ledger import services as ledger
from fenhu.web.ledger.keys import owed
from fenhu.web.ledger.models import BankFile, BankLine, Receipt, Transfer
from fenhu.web.ledger.posting import balance_fen
from fenhu.web.registry.models import Building
building = Building.objects.get(code="A2")
print(json.dumps({
    "faults": [str(one) for one in (*ledger.verify().faults, *journal.verify().faults)],
    "receipts": sorted(Receipt.objects.values_list("number", flat=True)),
    "transfers": Transfer.objects.count(),
    "files": BankFile.objects.count(), "lines": BankLine.objects.count(),
    "owed": [balance_fen(owed(building, Payer.USER, flat)) for flat in building.flats.order_by("storey")],
}))
"""


@pytest.fixture(scope="module")
def books(lasting_database):
    lasting_database.run(SET_UP)
    return lasting_database


def state(books):
    return json.loads(books.run(CHECK))


def test_counters_that_collect_at_once_lose_no_payment_and_give_every_receipt_its_number(books):
    before = state(books)
    counters = [books.start(COLLECT.format(counter=n, payments=PAYMENTS)) for n in range(COUNTERS)]
    for counter in counters:
        books.finish(counter)
    after = state(books)
    assert after["faults"] == []
    # Every counter's own payments, and those with a shared reference only once.
    paid = COUNTERS * PAYMENTS * 100 + PAYMENTS * 7
    assert before["owed"][0] - after["owed"][0] == paid
    numbers = [int(one.rpartition("-")[2]) for one in after["receipts"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) - len(before["receipts"]) == (COUNTERS + 1) * PAYMENTS


def test_a_process_killed_in_the_middle_of_a_statement_leaves_nothing_of_it(books, tmp_path):
    path = tmp_path / "流水.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["日期", "金额", "付款人", "摘要", "流水号", "方式"])
        rows.writerows(["2011-06-02", "1.00", "", "HT-1-2-201", f"K{n}", "银行"] for n in range(10))
    before = state(books)
    killed = books.start(TAKE_IN_AND_DIE.format(after=4, path=str(path)))
    killed.communicate(timeout=120)
    assert killed.returncode == -signal.SIGKILL
    assert state(books) == before
    assert json.loads(books.run(TAKE_IN.format(path=str(path)))) == [10, 0, 0]
    found = state(books)
    assert found["faults"] == []
    assert before["owed"][1] - found["owed"][1] == 10_00
