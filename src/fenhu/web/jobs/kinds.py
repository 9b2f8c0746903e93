"""Every kind of long work: what does it, and who may start it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fenhu.programme import Role
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job; ``work`` is the dotted path of ``work(params, actor, report) -> result``.

    Instead of its result it may return a function that keeps and returns it: it is called in the transaction
    in which the job is done, so a killed worker leaves both or neither and the work is begun anew.
    Work that ``keeps_best`` asks ``report.cancelled()`` and ends with the best it has when it is stopped.
    Work that ``goes_on`` keeps what it has done when it is stopped or killed; started again it does the rest.
    """

    work: str
    label: Text
    roles: tuple[Role, ...]
    keeps_best: bool = False
    goes_on: bool = False


KINDS: Mapping[str, Kind] = {
    "study": Kind(
        "fenhu.web.works.tasks.study", text("Diagnose and plan the whole city"), (Role.CITY_BUREAU,)
    ),
    "diagnosis": Kind(
        "fenhu.web.works.tasks.diagnosis",
        text("Diagnose the imported buildings"),
        (Role.CITY_BUREAU, Role.HEAT_SUPPLIER),
    ),
    "scenario": Kind(
        "fenhu.web.works.tasks.scenario",
        text("Work out a what-if scenario"),
        (Role.CITY_BUREAU, Role.HEAT_SUPPLIER, Role.DISTRICT_GOV),
        keeps_best=True,
    ),
    "why": Kind(
        "fenhu.web.works.answering.why",
        text("Find out what another year would take"),
        (Role.CITY_BUREAU, Role.HEAT_SUPPLIER, Role.DISTRICT_GOV),
    ),
    "limits": Kind(
        "fenhu.web.works.answering.limits",
        text("Find out what limits the plan and what it costs"),
        (Role.CITY_BUREAU,),
    ),
    "replan": Kind(
        "fenhu.web.works.tasks.replan",
        text("Make the plan again"),
        (Role.CITY_BUREAU,),
        keeps_best=True,
    ),
    "risk": Kind(
        "fenhu.web.works.tasks.risk",
        text("Try the plan in drawn scenarios"),
        (Role.CITY_BUREAU,),
        keeps_best=True,
    ),
    "stage-upload": Kind(
        "fenhu.web.exchange.tasks.stage",
        text("Check an uploaded file"),
        (Role.CITY_BUREAU, Role.HEAT_SUPPLIER),
    ),
    "apply-upload": Kind(
        "fenhu.web.exchange.tasks.apply",
        text("Import a checked file"),
        (Role.CITY_BUREAU, Role.HEAT_SUPPLIER),
    ),
    "documents": Kind(
        "fenhu.web.documents.batching.make_batch",
        text("Make papers of all flats"),
        (Role.HEAT_SUPPLIER,),
        goes_on=True,
    ),
}
