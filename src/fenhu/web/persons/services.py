"""Handing a person what is held of him, erasing it, and forgetting what is due; the journal tells each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from fenhu.errors import InputFault
from fenhu.web import clock
from fenhu.web.access.gates import require_role
from fenhu.web.holding import holdings, lapses
from fenhu.web.journal import services as journal
from fenhu.web.persons.files import packed
from fenhu.web.persons.queries import ANSWERING, flat_of_person, mentions, person_keys, person_view
from fenhu.web.persons.retention import rules
from fenhu.wording import Text, text

BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """How many rows of one kind were forgotten, and whether all that were due."""

    name: Text
    rows: int
    done: bool


@transaction.atomic
def export_person(actor: Any, flat_id: int) -> bytes:
    """Return everything held of a flat's people as one file; that it was handed out is recorded.

    Raises
    ------
    NotAllowed
        If the actor does not answer for persons' data.
    django.http.Http404
        If the flat is not his to see.
    """
    require_role(actor, *ANSWERING)
    view = person_view(actor, flat_id)
    journal.record(
        actor=actor, subject=flat_of_person(actor, flat_id), kind="person.exported",
        data={"rows": sum(len(one.rows) for one in view.held), "entries": len(view.entries)},
    )  # fmt: skip
    return packed(view)


@transaction.atomic
def erase_person(actor: Any, flat_id: int, *, reason: str, confirmed: str) -> dict[str, int]:
    """Return how much of each thing held of a flat's people was erased; what has to be kept stays.

    Parameters
    ----------
    confirmed
        The flat as it is called, typed by whoever erases: nothing brings back what is gone.

    Raises
    ------
    NotAllowed
        If the actor does not answer for persons' data.
    django.http.Http404
        If the flat is not his to see.
    InputFault
        If no reason is given, or another flat was typed.
    """
    require_role(actor, *ANSWERING)
    flat = flat_of_person(actor, flat_id)
    if not reason.strip():
        raise InputFault(text("Say why the person's data are erased"))
    if confirmed.strip() != flat.flat_id:
        raise InputFault(
            text("Type {flat}, the flat's number, to confirm; nothing was erased", flat=flat.flat_id)
        )
    keys, left = person_keys(flat), len(mentions(actor, flat))
    erased = {one.key: count for one in holdings() if (count := one.erase(flat))}
    values = sum(journal.erase(actor=actor, person=key) for key in keys)
    journal.record(
        actor=actor, subject=flat, kind="person.erased_everywhere",
        data={"reason": reason.strip(), "values": values, "mentions": left, **erased},
    )  # fmt: skip
    return erased | ({"journal": values} if values else {})


def forget(*, actor: Any = None, batch: int = BATCH, most: int | None = None) -> tuple[Forgotten, ...]:
    """Return what was forgotten of what is due, a batch a transaction, at most ``most`` batches of a kind."""
    return tuple(_forget(one, actor, batch, most) for one in lapses())


def _forget(one: Any, actor: Any, batch: int, most: int | None) -> Forgotten:
    before = rules()[one.rule].before(clock.today())
    rows, turns = 0, 0
    while most is None or turns < most:
        with transaction.atomic():
            keys = list(one.due(before).order_by("pk").values_list("pk", flat=True)[:batch])
            if not keys:
                return Forgotten(name=one.name, rows=rows, done=True)
            one.forget(one.due(before).filter(pk__in=keys))
            journal.record(
                actor=actor, subject="retention", kind="person.forgotten",
                data={"rule": one.rule, "before": before.isoformat(), "rows": len(keys)},
            )  # fmt: skip
        rows, turns = rows + len(keys), turns + 1
    return Forgotten(name=one.name, rows=rows, done=False)
