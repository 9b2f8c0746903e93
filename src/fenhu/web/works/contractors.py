"""The contractors' register: who is qualified, until when, and who is barred (clause 四（三）)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from fenhu.errors import InputFault, WrongState
from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.access.gates import require_role
from fenhu.web.journal import services as journal
from fenhu.web.registry.services import check_phone, organisations
from fenhu.web.works.acting import written
from fenhu.web.works.models import ContractorFile
from fenhu.wording import text

REGISTRARS = (Role.HEAT_SUPPLIER, Role.CITY_BUREAU)


@transaction.atomic
def file_contractor(
    actor: Any,
    *,
    name: str,
    qualification: str,
    certificate_number: str,
    valid_until: date,
    lead: str = "",
    phone: str = "",
) -> ContractorFile:
    """Return a contractor's file, new or renewed; a bar stays until the bureau lifts it.

    Raises
    ------
    NotAllowed
        If the actor is neither heat supplier nor city bureau.
    InputFault
        If something is missing, the certificate has run out, or the phone is none.
    """
    require_role(actor, *REGISTRARS)
    given = [value.strip() for value in (name, qualification, certificate_number)]
    if not all(given):
        raise InputFault(text("Give name, qualification and certificate number"))
    if phone.strip():
        check_phone(phone.strip())
    if valid_until < clock.today():
        raise InputFault(text(
            "The certificate ran out on {day}; file the renewed one", day=valid_until.isoformat()
        ))  # fmt: skip
    organisation = organisations(Role.CONTRACTOR, given[:1])[given[0]]
    file, _new = ContractorFile.objects.update_or_create(
        organisation=organisation,
        defaults={"qualification": given[1], "certificate_number": given[2], "valid_until": valid_until,
                  "lead": lead.strip(), "phone": phone.strip()},
    )  # fmt: skip
    kept: dict[str, object] = {
        "to": organisation.name, "qualification": file.qualification,
        "certificate": file.certificate_number, "until": valid_until.isoformat(),
    }  # fmt: skip
    if said := f"{file.lead} {file.phone}".strip():
        kept["name"] = journal.personal(journal.subject_name(file), said)
    written(actor, file, "contractor.filed", kept)
    return file


@transaction.atomic
def bar_contractor(actor: Any, organisation: Any, reason: str) -> ContractorFile:
    """Return the file of a contractor who may not start works until the bar is lifted.

    Raises
    ------
    NotAllowed
        If the actor is not the city bureau.
    WrongState
        If the contractor is barred already.
    InputFault
        If the contractor has no file, or no reason is given.
    """
    file = _judged(actor, organisation, reason)
    if file.barred_on is not None:
        raise WrongState(text("{name} is barred since {day}", name=organisation.name,
                              day=file.barred_on.isoformat()))  # fmt: skip
    file.barred_on, file.barred_reason = clock.today(), reason.strip()
    return _kept(actor, file, "contractor.barred", reason)


@transaction.atomic
def lift_bar(actor: Any, organisation: Any, reason: str) -> ContractorFile:
    """Return the file of a contractor who may start works again.

    Raises
    ------
    NotAllowed
        If the actor is not the city bureau.
    WrongState
        If the contractor is not barred.
    InputFault
        If the contractor has no file, or no reason is given.
    """
    file = _judged(actor, organisation, reason)
    if file.barred_on is None:
        raise WrongState(text("{name} is not barred", name=organisation.name))
    file.barred_on, file.barred_reason = None, ""
    return _kept(actor, file, "contractor.lifted", reason)


def _judged(actor: Any, organisation: Any, reason: str) -> ContractorFile:
    require_role(actor, Role.CITY_BUREAU)
    file = ContractorFile.objects.select_for_update().filter(organisation=organisation).first()
    if file is None:
        raise InputFault(text("{name} has no file yet; enter its qualification first",
                              name=organisation.name))  # fmt: skip
    if not reason.strip():
        raise InputFault(text("Write the reason; the contractor reads it"))
    return file


def _kept(actor: Any, file: ContractorFile, what: str, reason: str) -> ContractorFile:
    file.save(update_fields=["barred_on", "barred_reason"])
    said = journal.personal(journal.subject_name(file), reason.strip())
    written(actor, file, what, {"to": file.organisation.name, "note": said})
    return file
