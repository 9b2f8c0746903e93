"""Making the city's bulletin public and taking it back (clause 四（二）)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from fenhu.papers.bulletin_values import Period
from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.access.gates import require_role
from fenhu.web.works.acting import written
from fenhu.web.works.models import PublishedBulletin


@transaction.atomic
def publish_bulletin(
    actor: Any, *, period: Period, as_of: date, pages: Mapping[str, object], paper: bytes
) -> PublishedBulletin:
    """Return the bulletin of a period as everybody reads it from now on, in place of an earlier one.

    Parameters
    ----------
    pages : by language what its page says, in values JSON can hold.
    paper : the same as a PDF.

    Raises
    ------
    NotAllowed
        If the actor does not speak for the whole city.
    """
    require_role(actor, Role.CITY_BUREAU)
    number = period.month or 0
    told, _ = PublishedBulletin.objects.update_or_create(
        year=period.year, month=number,
        defaults={
            "as_of": as_of, "pages": dict(pages), "published_on": clock.today(), "published_by": actor,
            "paper": ContentFile(paper, name=f"bulletin-{period.iso}.pdf"),
        },
    )  # fmt: skip
    written(actor, told, "bulletin.published", {"period": period.iso, "as_of": as_of.isoformat()})
    return told


@transaction.atomic
def take_back_bulletin(actor: Any, *, period: Period) -> None:
    """Take the bulletin of a period off the public portal; the journal keeps that it stood there.

    Raises
    ------
    NotAllowed
        If the actor does not speak for the whole city.
    """
    require_role(actor, Role.CITY_BUREAU)
    for told in PublishedBulletin.objects.filter(year=period.year, month=period.month or 0):
        written(actor, told, "bulletin.taken_back", {"period": period.iso})
        told.delete()
