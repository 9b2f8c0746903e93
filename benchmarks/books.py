"""The books at a million postings: a statement's page, the desk of money, the whole proof.

PYTHONPATH=src python benchmarks/books.py [POSTINGS]
Builds a database of its own in a temporary folder; DATABASE_URL names another, which has to be empty.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date, datetime, timedelta, timezone
from time import perf_counter
from typing import Any

PER_TRANSFER, AT_ONCE, PURSES = 4, 20_000, 200
_FIRST = datetime(2010, 6, 1, 8, tzinfo=timezone(timedelta(hours=8)))


def main() -> None:
    """Print a table of what each takes."""
    postings = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "FENHU_DATA_DIR": folder, "FENHU_SECRET_KEY": "benchmark", "FENHU_HOSTS": "*",
            "DJANGO_SETTINGS_MODULE": "fenhu.web.settings",
        }  # fmt: skip
        import django

        django.setup()
        from fenhu.web.serving import migrate

        migrate()
        fullest = _fill(postings // PER_TRANSFER)
        rows = [
            ("a statement's newest page", _page(f"/money/accounts/{fullest}/"), "0.2 s"),
            ("a statement's first page", _page(f"/money/accounts/{fullest}/?page=1"), "0.2 s"),
            ("the desk of money", _page("/money/"), "0.5 s"),
            ("the proof of the books", _proof(), "60 s"),
        ]
    sys.stdout.write(f"| with {postings:,} postings | seconds | to be reached |\n|---|---:|---|\n")
    sys.stdout.writelines(f"| {what} | {seconds:.2f} | {goal} |\n" for what, seconds, goal in rows)


def _fill(transfers: int) -> int:
    """Write so many commitments between purses' stages; return the account with most postings."""
    from fenhu.money.accounts import PURSE_STAGES, AccountKind
    from fenhu.programme import Role
    from fenhu.web.access import services as access
    from fenhu.web.ledger.models import Account, Purse

    person = access.enrol(username="bureau", display_name="bureau", password=None)
    access.grant(user=person, role=Role.CITY_BUREAU)
    purses = Purse.objects.bulk_create(
        Purse(source="owner", scope=f"unit {n}", year=2011) for n in range(PURSES)
    )
    kinds = (AccountKind.SOURCE, *PURSE_STAGES)
    accounts = Account.objects.bulk_create(
        Account(code=f"purse/{purse}/{kind}", kind=kind, purse=purse) for purse in purses for kind in kinds
    )
    sources, stages = accounts[:: len(kinds)], [one for n, one in enumerate(accounts) if n % len(kinds)]
    balance = dict.fromkeys((one.pk for one in accounts), 0)
    for first in range(0, transfers, AT_ONCE):
        _write(range(first, min(first + AT_ONCE, transfers)), sources, stages, balance)
    for one in accounts:
        one.balance_fen = balance[one.pk]
    Account.objects.bulk_update(accounts, ["balance_fen"], batch_size=500)
    return sources[0].pk


def _write(numbers: range, sources: list[Any], stages: list[Any], balance: dict[int, int]) -> None:
    from fenhu.money.accounts import TransferKind
    from fenhu.web.journal.chain import canonical, entry_digest
    from fenhu.web.journal.models import Entry
    from fenhu.web.ledger.digest import digest_of
    from fenhu.web.ledger.models import Posting, Transfer

    made, moves = [], []
    for number in numbers:
        source = sources[0] if number % 2 else sources[number % len(sources)]
        into = [stages[(number * 7 + step) % len(stages)] for step in range(PER_TRANSFER - 1)]
        amounts = [(source, -100 * len(into)), *((one, 100) for one in into)]
        made.append(Transfer(
            kind=TransferKind.ALLOCATE, on_date=date(2011, 1, 1) + timedelta(days=number % 300),
            recorded_at=_FIRST, digest=digest_of((one.code, fen) for one, fen in amounts),
        ))  # fmt: skip
        moves.append(amounts)
    transfers = Transfer.objects.bulk_create(made, batch_size=2_000)
    postings, entries = [], []
    for transfer, amounts in zip(transfers, moves, strict=True):
        for account, fen in amounts:
            balance[account.pk] += fen
            postings.append(
                Posting(transfer=transfer, account=account, amount_fen=fen, balance_fen=balance[account.pk])
            )
        entry = Entry(
            subject=f"ledger.transfer:{transfer.pk}", sequence=1, kind="ledger.allocate", recorded_at=_FIRST,
            on_date=transfer.on_date, data_json=canonical({"digest": transfer.digest}),
        )  # fmt: skip
        entry.digest = entry_digest(entry)
        entries.append(entry)
    Posting.objects.bulk_create(postings, batch_size=5_000)
    Entry.objects.bulk_create(entries, batch_size=3_000)


def _page(address: str) -> float:
    """Return how long a page takes the second time somebody asks for it."""
    from django.test import Client

    from fenhu.web.access.models import User

    client = Client()
    client.force_login(
        User.objects.get(username="bureau"), backend="django.contrib.auth.backends.ModelBackend"
    )
    for _ in range(2):
        began = perf_counter()
        answer = client.get(address)
        assert answer.status_code == 200, address
    return perf_counter() - began


def _proof() -> float:
    from fenhu.web.ledger import services

    began = perf_counter()
    report = services.verify()
    assert report.valid, report.faults[:3]
    return perf_counter() - began


if __name__ == "__main__":
    main()
