"""The campaign among residents: what was done, and the material for it (clauses 三（一）, 四（二）)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction

from fenhu.errors import InputFault, NotAllowed
from fenhu.programme import ROLE_NAMES, Role
from fenhu.web import clock
from fenhu.web.access.gates import require_role
from fenhu.web.access.scope import grants_of
from fenhu.web.journal import services as journal
from fenhu.web.registry.queries import visible_buildings
from fenhu.web.registry.services import check_phone
from fenhu.web.works.acting import written
from fenhu.web.works.given import media_type_of, past_day
from fenhu.web.works.models import ACTIVITY_KINDS, MATERIAL_KINDS, Activity, CampaignMaterial, MediaContact
from fenhu.wording import text

CAMPAIGNERS = (Role.HEAT_SUPPLIER, Role.COMMUNITY, Role.CITY_BUREAU, Role.DISTRICT_GOV)
# Clause 四（二）: the construction departments and the heat suppliers inform the public.
PUBLISHERS = (Role.CITY_BUREAU, Role.DISTRICT_GOV, Role.HEAT_SUPPLIER)


@transaction.atomic
def record_activity(
    actor: Any,
    *,
    kind: str,
    title: str,
    on: date | None = None,
    place: str = "",
    buildings: Collection[str],
    flats_reached: int = 0,
    note: str = "",
) -> Activity:
    """Return something done to inform residents of ``buildings``, given by number.

    Raises
    ------
    NotAllowed
        If one of the buildings is not the actor's to campaign at.
    InputFault
        If the kind is unknown, title or buildings are missing, the day lies ahead, or more flats were
        reached than the buildings have.
    """
    require_role(actor, *CAMPAIGNERS)
    if kind not in ACTIVITY_KINDS:
        raise InputFault(text("There is no activity of kind {kind}", kind=kind))
    if not title.strip() or not buildings:
        raise InputFault(text("Give the activity a title, and the numbers of the buildings it was for"))
    reached = _own_buildings(actor, buildings)
    flats = sum(building.flat_count for building in reached)
    if not 0 <= flats_reached <= flats:
        raise InputFault(text("These buildings have {flats} flats; no more can be reached", flats=flats))
    activity = Activity.objects.create(
        kind=kind, title=title.strip(), on_date=past_day(on), place=place.strip(),
        flats_reached=flats_reached, note=note.strip(), recorded_by=actor,
    )  # fmt: skip
    activity.buildings.set(reached)
    written(actor, activity, "campaign.activity", {
        "kind": kind, "on": activity.on_date.isoformat(), "flats": flats_reached,
        "buildings": [building.code for building in reached],
    })  # fmt: skip
    return activity


@transaction.atomic
def file_material(actor: Any, *, kind: str, title: str, file: File) -> CampaignMaterial:
    """Return a leaflet, poster or text put into the library.

    Raises
    ------
    NotAllowed
        If the actor does not campaign.
    InputFault
        If the kind is unknown, the title is missing, or the file is empty, too large, or neither PDF, PNG
        nor JPEG.
    """
    require_role(actor, *CAMPAIGNERS)
    if kind not in MATERIAL_KINDS:
        raise InputFault(text("There is no material of kind {kind}", kind=kind))
    if not title.strip():
        raise InputFault(text("Give the material a title"))
    media_type = media_type_of(file)
    digest = hashlib.sha256(b"".join(file.chunks())).hexdigest()
    material = CampaignMaterial.objects.create(
        title=title.strip(), kind=kind, file=file, media_type=media_type, size_bytes=file.size,
        digest=digest, on_date=clock.today(), filed_by=actor,
    )  # fmt: skip
    written(actor, material, "campaign.material", {"kind": kind, "digest": digest})
    return material


@transaction.atomic
def publish(actor: Any, what: CampaignMaterial | Activity) -> None:
    """Put material or an activity onto the public portal; published already, its day stays.

    Raises
    ------
    NotAllowed
        If the actor does not inform the public.
    """
    require_role(actor, *PUBLISHERS)
    day = clock.today()
    if type(what).objects.filter(pk=what.pk, published_on=None).update(published_on=day):
        written(actor, what, "campaign.published", {"on": day.isoformat()})


@transaction.atomic
def take_back(actor: Any, what: CampaignMaterial | Activity) -> None:
    """Take material or an activity off the public portal; the offices keep it.

    Raises
    ------
    NotAllowed
        If the actor does not inform the public.
    """
    require_role(actor, *PUBLISHERS)
    if type(what).objects.filter(pk=what.pk, published_on__isnull=False).update(published_on=None):
        written(actor, what, "campaign.taken_back", {})


def _own_buildings(actor: Any, codes: Collection[str]) -> list[Any]:
    fitting = [grant for grant in grants_of(actor) if Role(grant.role) in CAMPAIGNERS]
    found = list(visible_buildings(actor).covered_by(fitting).filter(code__in=codes).order_by("code"))
    missing = sorted(set(codes) - {building.code for building in found})
    if missing:
        raise NotAllowed(text(
            "Building {codes} is not in the register, or not yours as {office}", codes=", ".join(missing[:5]),
            office=" / ".join(str(ROLE_NAMES[Role(grant.role)]) for grant in fitting),
        ))  # fmt: skip
    return found


@transaction.atomic
def keep_media_contact(actor: Any, *, outlet: str, name: str, phone: str, note: str = "") -> MediaContact:
    """Return whom to call at a newspaper or broadcaster; known already, telephone and note are renewed.

    Raises
    ------
    NotAllowed
        If the actor does not run the campaign.
    InputFault
        If outlet, name or telephone number is missing or is none.
    """
    require_role(actor, *CAMPAIGNERS)
    if not outlet.strip() or not name.strip():
        raise InputFault(text("Give the newspaper or broadcaster, and the name of the person there"))
    check_phone(phone.strip())
    contact, _ = MediaContact.objects.update_or_create(
        outlet=outlet.strip(), name=name.strip(), ended_on=None,
        defaults={"phone": phone.strip(), "note": note.strip()},
    )  # fmt: skip
    kept = {"outlet": contact.outlet, "name": journal.personal(journal.subject_name(contact), contact.name)}
    written(actor, contact, "campaign.contact", kept)
    return contact


@transaction.atomic
def end_media_contact(actor: Any, contact: MediaContact) -> None:
    """Take a contact off the list; it stays on record.

    Raises
    ------
    NotAllowed
        If the actor does not run the campaign.
    """
    require_role(actor, *CAMPAIGNERS)
    MediaContact.objects.filter(pk=contact.pk).update(ended_on=clock.today())
    written(actor, contact, "campaign.contact_ended", {"outlet": contact.outlet})
