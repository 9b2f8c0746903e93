"""Attacks a city served by HTTP with everything in this folder and writes what came of it.

Run by ``make attacks``; it renews the part "Attacks" of docs/reliability.md.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tests.attack.served import Target
    from tests.attack.walks import Attack


def main(every: int = 1) -> int:
    """Attack, write the page, and tell by the exit code whether anything was let through."""
    django.setup()
    from tests.attack.served import faults_logged, served_city
    from tools.reliability import machine, renew, table

    with TemporaryDirectory() as folder, served_city(Path(folder)) as target:
        begun = time.monotonic()
        done = []
        for attack in attacks(target, every):
            print(f"{attack.name}: {attack.tried} tried, {len(attack.through)} let through", flush=True)
            print("".join(f"  {told}\n" for told in attack.through[:20]), end="", flush=True)
            done.append(attack)
        seconds, faults = time.monotonic() - begun, faults_logged(Path(folder))
    rows = [(attack.name, f"{attack.tried:,}", len(attack.through)) for attack in done]
    through = sum(len(attack.through) for attack in done)
    renew("Attacks", [
        "From outside, by HTTP, on a city served by `fenhu serve`: every address of the table in",
        "tests/web/access as every role, signed out and without a role. *Let through* counts answers that",
        "should not have been given — a page, a file, a change in any table, a fault of the server (500), a",
        "word that became markup, a formula or a header; each stands in what `make attacks` prints. After",
        "every address of the walks all tables are read beside the server and compared, the journal's too.",
        *_hurried(every), "",
        *table(("attack", "tried", "let through"), rows), "",
        f"{sum(attack.tried for attack in done):,} attacks in {seconds / 60:.0f} min, {through} let through; "
        f"the server's log has {faults} unexpected faults. {machine()}.",
    ])  # fmt: skip
    return 1 if through else 0


def _hurried(every: int) -> list[str]:
    if every == 1:
        return []
    return [f"Hurried: every {every}th row of the table and fewer words; `make attacks` takes all of them."]


def attacks(target: Target, every: int = 1) -> Iterator[Attack]:
    """Yield every attack done on ``target``, on every so-many-th address with fewer of the hostile words."""
    from tests.attack import doors, walks, words
    from tests.web.access.test_scope_of_every_url import ROWS

    rows = ROWS[::every]
    hostile = words.HOSTILE[:: max(1, every // 4)]
    walks.settle(target)
    yield walks.strangers(target, rows, ROWS)
    yield walks.other_methods(target, rows)
    yield walks.without_token(target, rows)
    yield from (attack(target) for attack in doors.EVERY)
    yield words.in_parameters(target, rows, hostile)
    yield words.in_addresses(target, rows, hostile)
    yield words.in_forms(target, rows, hostile)
    yield words.afterwards(target, rows)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
