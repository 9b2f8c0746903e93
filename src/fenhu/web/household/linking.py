"""Links to flats' pages: made for printing, opened, revoked (decision 0008)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from fenhu.web import clock
from fenhu.web.household.allowed import require_informer
from fenhu.web.household.models import FlatLink
from fenhu.web.household.tokens import digest_of, token_of
from fenhu.web.journal import services as journal


@transaction.atomic
def link_for(flat: Any) -> str:
    """Return the path of a flat's own page, as it stands in the QR code of its notice.

    The same path every time, until it is revoked. Where the server's key has changed since, a new link is
    made beside the old one, which goes on working: it is printed already.
    """
    link = FlatLink.objects.filter(flat=flat, revoked_on=None).order_by("-generation").first()
    if link is None or link.digest != digest_of(token_of(flat.pk, link.generation)):
        link = _made(flat)
    return reverse("flat-page", args=[token_of(flat.pk, link.generation)])


@transaction.atomic
def print_links(actor: Any, flats: Sequence[Any]) -> tuple[tuple[Any, str], ...]:
    """Return flats with the paths of their pages, to be printed as slips.

    Raises
    ------
    NotAllowed
        If one of them is not in the actor's care.
    """
    for flat in flats:
        require_informer(actor, flat)
    return tuple((flat, link_for(flat)) for flat in flats)


@transaction.atomic
def note_opened(link: FlatLink) -> None:
    """Remember the first day a link was opened; the supplier sees whom the notice reached."""
    if FlatLink.objects.filter(pk=link.pk, opened_on=None).update(opened_on=clock.today()):
        journal.record(actor=None, subject=link, kind="household.link_opened", data={"flat": link.flat_id})


@transaction.atomic
def revoke_link(actor: Any, flat: Any) -> int:
    """Return how many links of a flat were revoked; its next notice carries a new one.

    Raises
    ------
    NotAllowed
        If the flat is not in the actor's care.
    """
    require_informer(actor, flat)
    revoked = FlatLink.objects.filter(flat=flat, revoked_on=None).update(revoked_on=clock.today())
    if revoked:
        journal.record(actor=actor, subject=flat, kind="household.link_revoked", data={"links": revoked})
    return revoked


def _made(flat: Any) -> FlatLink:
    generation = (FlatLink.objects.filter(flat=flat).aggregate(last=Max("generation"))["last"] or 0) + 1
    digest = digest_of(token_of(flat.pk, generation))
    link, new = FlatLink.objects.get_or_create(
        flat=flat, generation=generation, defaults={"digest": digest, "made_on": clock.today()}
    )
    if new:
        journal.record(actor=None, subject=flat, kind="household.link", data={"generation": generation})
    return link
