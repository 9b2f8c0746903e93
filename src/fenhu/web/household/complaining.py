"""Complaints from a flat's page, with a photograph."""

from __future__ import annotations

from hashlib import sha256
from typing import IO, Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.crypto import get_random_string

from fenhu.errors import InputFault
from fenhu.web import clock
from fenhu.web.household.doors import Door
from fenhu.web.household.models import CasePhoto
from fenhu.web.household.photos import cleaned
from fenhu.web.journal import services as journal
from fenhu.web.works import queries
from fenhu.web.works import services as works
from fenhu.wording import text

MOST_A_DAY = 3


@transaction.atomic
def complain(door: Door, *, title: str, account: str, photo: IO[bytes] | None = None) -> Any:
    """Return the case of a household's complaint about its flat.

    Raises
    ------
    InputFault
        If title or account is missing, the photograph is none, or there were too many complaints today.
    """
    today = clock.today()
    if sum(one.opened_on == today for one in queries.cases_at(door.flat)) >= MOST_A_DAY:
        raise InputFault(
            text("You complained {most} times today; call the number on this page", most=MOST_A_DAY)
        )
    picture = cleaned(photo) if photo is not None else None
    actor = door.actor()
    case = works.open_case(
        actor, door.flat.building, kind="complaint", title=title, account=account, flat_id=door.flat.flat_id
    )
    if picture is not None:
        _keep(actor, case, picture)
    return case


def _keep(actor: Any, case: Any, picture: bytes) -> None:
    digest = sha256(picture).hexdigest()
    file = ContentFile(picture, name=f"{get_random_string(24)}.jpg")
    CasePhoto.objects.create(case=case, file=file, digest=digest)
    journal.record(actor=actor, subject=case, kind="household.photo", data={"digest": digest})
