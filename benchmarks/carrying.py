"""What leaves and enters a province: exports of whole lists, and a register that is imported; JSON rows.

``python benchmarks/carrying.py`` on a province's database. What is imported is rolled back.
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import django
from django.core.files.base import ContentFile
from django.test.utils import override_settings

from fenhu.records import Register
from fenhu.register import synthetic_city, write_register

EXPORTS = {
    "/buildings/export.xlsx": "list of buildings",
    "/plan/2011/schedule.xlsx": "a year's schedule",
    "/documents/export.xlsx": "list of papers",
    "/money/arrears/export.xlsx": "arrears",
    "/journal/export.xlsx": "trail",
}
BUILDINGS, SEED = 1000, 7


def main() -> None:
    """Print one JSON row for each thing that is carried."""
    django.setup()
    logging.disable(logging.INFO)
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.db import transaction

    settings.ALLOWED_HOSTS = ["testserver"]
    user = get_user_model().objects.get(username="city_bureau")
    rows = [*_exported(user)]
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder), transaction.atomic():
        rows += _imported(user, Path(folder))
        transaction.set_rollback(True)
    sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")


def _exported(user: Any) -> Iterator[list[str]]:
    from django.test import Client

    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    for address, name in EXPORTS.items():
        taken_s, answer = _timed(lambda address=address: _read(client, address))
        yield [f"export: {name}", f"{len(answer) / 1e3:,.0f} kB", f"{taken_s:.1f}"]


def _read(client: Any, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def _imported(user: Any, folder: Path) -> Iterator[list[str]]:
    from fenhu.web.exchange import services

    city = _elsewhere(synthetic_city(BUILDINGS, SEED))
    write_register(city, folder / "register.xlsx")
    file = ContentFile((folder / "register.xlsx").read_bytes(), name="register.xlsx")
    upload = services.receive(file, user)
    said = f"{len(city.buildings):,} buildings, {len(city.flats):,} flats"
    taken_s, upload = _timed(lambda: services.stage(upload))
    assert upload.state == "staged", upload.findings
    yield ["import: check and preview", said, f"{taken_s:.1f}"]
    taken_s, _ = _timed(lambda: services.apply(upload, user))
    yield ["import: apply", said, f"{taken_s:.1f}"]


def _elsewhere(city: Register) -> Register:
    """Return the city's buildings and flats under codes the province does not have."""
    return Register(
        buildings=tuple(replace(one, code=f"new-{one.code}") for one in city.buildings),
        flats=tuple(replace(one, building=f"new-{one.building}") for one in city.flats),
        synthetic=True,
    )


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = perf_counter()
    done = work()
    return perf_counter() - begun, done


if __name__ == "__main__":
    main()
