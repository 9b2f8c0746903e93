"""The notices of a whole city's flats: killed half-way, taken up again, proved at the end.

FENHU_DATA_DIR=COPY_OF_A_DEMO_CITY PYTHONPATH=src python benchmarks/notices.py [FLATS]
Every building that is on no plan yet is put on one of its own; the data folder is used up by it. A second
process makes the papers as the job of the offices does; this one watches, kills it once half of them stand,
and starts it again. Printed are the times, the room, the counts, and what a walk through all papers found.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from measuring import Others

YEAR = 2012
KIND = "flat_notice"
LOOK_S = 2.0


def main() -> None:
    """Make, kill, go on, and print what came of it."""
    _set_up()
    if sys.argv[1:2] == ["--work"]:
        _work()
        return
    _prepare(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
    flats, others = _flats(), Others()
    first_s = _worked(kill_at=flats // 2)
    stood = _made()
    second_s = _worked(kill_at=None)
    _print(flats, stood, first_s, second_s, others.cores())


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenhu.web.settings")
    import django

    django.setup()


def _prepare(flats: int) -> None:
    """Put buildings on plans of the year until there are so many flats, and give every supplier a clerk."""
    from fenhu.programme import Role
    from fenhu.web.access import services as access
    from fenhu.web.access.models import User
    from fenhu.web.registry.models import Building, Organisation
    from fenhu.web.works.models import FlatWork, Project

    if not User.objects.filter(username__startswith="clerk-").exists():
        for one in Organisation.objects.filter(kind=Role.HEAT_SUPPLIER):
            clerk = access.enrol(username=f"clerk-{one.pk}", display_name=one.name, password=None)
            access.grant(user=clerk, role=Role.HEAT_SUPPLIER, organisation=one)
    for building in Building.objects.filter(projects__isnull=True).order_by("supplier", "code"):
        if _flats() >= flats:
            return
        project = Project.objects.create(building=building, year=YEAR)
        FlatWork.objects.bulk_create(FlatWork(project=project, flat=flat) for flat in building.flats.all())
    Project.objects.exclude(year=YEAR).update(year=YEAR)


def _work() -> None:
    """Make what is missing, supplier by supplier, as the job does."""
    from fenhu.web.access.models import User
    from fenhu.web.documents.batching import make_batch

    for clerk in User.objects.filter(username__startswith="clerk-").order_by("pk"):
        make_batch({"kind": KIND, "year": YEAR, "code": ""}, clerk, _unheard)


def _unheard(*told: Any) -> None:
    """Take a report of how far the work is, and leave it."""


def _worked(*, kill_at: int | None) -> float:
    """Return how long a worker ran until it was done, or was killed at so many papers."""
    begin = time.perf_counter()
    worker = subprocess.Popen([sys.executable, __file__, "--work"])
    while worker.poll() is None:
        time.sleep(LOOK_S)
        if kill_at is not None and _made() >= kill_at:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
    return time.perf_counter() - begin


def _flats() -> int:
    from fenhu.web.works.models import FlatWork

    return FlatWork.objects.filter(project__year=YEAR).count()


def _made() -> int:
    from fenhu.web.documents.models import Document

    return Document.objects.filter(number__kind=KIND, ending__isnull=True).count()


def _print(flats: int, stood: int, first_s: float, second_s: float, busy: float) -> None:
    from fenhu.web.documents.models import Document, Number

    own = Document.objects.filter(number__kind=KIND)
    made, size = own.count(), sum(own.values_list("size_bytes", flat=True))
    begin = time.perf_counter()
    altered = sum(_digest(one) != one.digest for one in own.iterator(chunk_size=500))
    proof_s = time.perf_counter() - begin
    rows = {
        "flats": f"{flats:,}", "papers": f"{made:,}", "killed at": f"{stood:,} papers",
        "minutes until then": f"{first_s / 60:.1f}", "minutes from there": f"{second_s / 60:.1f}",
        "seconds a paper": f"{(first_s + second_s) / max(made, 1):.3f}",
        "room": f"{size / 1e9:.2f} GB, {size / max(made, 1) / 1000:.0f} kB a paper",
        "numbers without a paper": str(Number.objects.filter(kind=KIND, document__isnull=True).count()),
        "gaps in the series": str(_gaps()),
        "altered papers": f"{altered} (walked in {proof_s:.0f} s)",
        "database": f"{_database_mb():.0f} MB", "cores others kept busy": f"{busy:.1f}",
    }  # fmt: skip
    sys.stdout.writelines(f"| {what} | {found} |\n" for what, found in rows.items())


def _digest(document: Any) -> str:
    with document.file.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _gaps() -> int:
    """Return how many numbers of all offices' series are left out."""
    from django.db.models import Count, Max

    from fenhu.web.documents.models import Number

    series = Number.objects.filter(kind=KIND).order_by().values("office", "year")
    return sum(row["last"] - row["count"] for row in series.annotate(last=Max("n"), count=Count("pk")))


def _database_mb() -> float:
    from django.conf import settings

    return Path(settings.DATABASES["default"]["NAME"]).stat().st_size / 1e6


if __name__ == "__main__":
    main()
