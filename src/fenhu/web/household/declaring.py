"""What a household declares on its page: its consent or its refusal, and its signature under the contract."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from django.db import transaction

from fenhu.errors import Conflict, InputFault, WrongState
from fenhu.web import clock
from fenhu.web.household.allowed import require_informer
from fenhu.web.household.doors import Door
from fenhu.web.household.models import Countersigning, Declaration
from fenhu.web.household.pages import flat_page
from fenhu.web.household.texts import ReadContract, ReadText
from fenhu.web.journal import services as journal
from fenhu.web.works import services as works
from fenhu.wording import text

# A drawn signature: moves and lines in whole numbers on a field of 320 by 160, nothing else.
_DRAWN = re.compile(r"(?:M\d{1,3} \d{1,3}(?:L\d{1,3} \d{1,3})+)+")
_LEAST_POINTS, _MOST_DRAWN = 8, 20_000


@transaction.atomic
def answer(door: Door, *, agrees: bool, name: str, reason: str, read: str) -> Declaration:
    """Return the household's consent or refusal, kept with the text it read (clause 二（四）).

    Parameters
    ----------
    read
        The digest of the text that was on the screen.

    Raises
    ------
    WrongState
        If the building is on no approved plan, its works have begun, or the flat has its contract.
    Conflict
        If the text changed since it was read.
    InputFault
        If no name is given, or a refusal gives no reason.
    """
    page = flat_page(door)
    if page.consent is None or page.home.project is None:
        raise WrongState(text("Nothing is asked of you now; you answer while the works are being prepared"))
    _as_read(page.consent, read)
    actor = door.actor()
    kept = _declared(door, actor, "agree" if agrees else "refuse", page.consent, name=name, reason=reason)
    given = works.Answer(flat=door.flat.flat_id, agrees=agrees, reason=reason)
    works.record_answers(actor, page.home.project, [given], how="page")
    return kept


@transaction.atomic
def sign(door: Door, *, name: str, drawn: str, confirmed: bool, read: str) -> Declaration:
    """Return the household's signature; the supplier gives the contract its number (三（三）).

    A second click signs nothing anew.

    Raises
    ------
    WrongState
        If no contract is offered to the flat.
    Conflict
        If the text changed since it was read.
    InputFault
        If no name is given, the drawing is no signature, or it is neither drawn nor confirmed.
    """
    page = flat_page(door)
    if page.contract is None:
        raise WrongState(text("No contract is offered to this flat now; ask your heat supplier"))
    if page.signed is not None:
        return page.signed
    _as_read(page.contract, read)
    if not drawn and not confirmed:
        raise InputFault(text("Sign by hand, or confirm that your written name is your signature"))
    if drawn and not is_signature(drawn):
        raise InputFault(text("The signature cannot be read; sign again, a little larger"))
    return _declared(door, door.actor(), "contract", page.contract, name=name, drawn=drawn)


@transaction.atomic
def countersign(actor: Any, door: Door, *, number: str) -> None:
    """Give the contract a household signed its number: from then on it binds both.

    Raises
    ------
    NotAllowed, InputFault
        As ``works.services.sign_contracts``.
    WrongState
        If the household has not signed.
    Conflict
        If its contract reads otherwise now than when it signed.
    """
    require_informer(actor, door.flat)
    page = flat_page(door)
    if page.signed is None or page.home.project is None:
        raise WrongState(text("Flat {flat} has not signed on its page", flat=door.flat.flat_id))
    if page.contract is None or page.contract.digest != page.signed.digest:
        raise Conflict(
            text(
                "The contract of flat {flat} has changed since it was signed; the household has to read and"
                " sign it again",
                flat=door.flat.flat_id,
            )
        )
    works.sign_contracts(actor, page.home.project, {door.flat.flat_id: number})
    bound = Countersigning.objects.create(
        declaration=page.signed, number=number.strip(), on_date=clock.today(), signed_by=actor
    )
    journal.record(actor=actor, subject=bound, kind="household.countersigned", data={
        "flat": door.flat.pk, "number": bound.number, "text": page.signed.digest,
    })  # fmt: skip


def is_signature(drawn: str) -> bool:
    """Return whether ``drawn`` is an SVG path of enough strokes and nothing else."""
    if len(drawn) > _MOST_DRAWN or not _DRAWN.fullmatch(drawn):
        return False
    return drawn.count("L") + drawn.count("M") >= _LEAST_POINTS


def _as_read(shown: ReadText | ReadContract, read: str) -> None:
    if shown.digest != read:
        raise Conflict(text("The text has changed since you opened it; read it again, then decide"))


def _declared(
    door: Door, actor: Any, kind: str, read: ReadText | ReadContract, *, name: str, reason: str = "",
    drawn: str = "",
) -> Declaration:  # fmt: skip
    if not name.strip():
        raise InputFault(text("Write your name"))
    articles = [asdict(one) for one in read.articles] if isinstance(read, ReadContract) else None
    kept = Declaration.objects.create(
        flat=door.flat, kind=kind, name=name.strip(), made_at=clock.now(), on_date=clock.today(),
        version=read.version, language=read.read_in, words=read.whole, digest=read.digest, articles=articles,
        reason=reason.strip(), drawn=drawn, by_link=door.link is not None, made_by=actor,
    )  # fmt: skip
    person = journal.subject_name(kept)
    personal = {"name": kept.name, "reason": kept.reason, "drawn": kept.drawn}
    journal.record(actor=actor, subject=kept, kind="household.declared", data={
        "flat": door.flat.pk, "kind": kind, "version": kept.version, "text": kept.digest,
        **{key: journal.personal(person, value) for key, value in personal.items() if value},
    })  # fmt: skip
    return kept
