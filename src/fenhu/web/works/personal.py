"""What the programme holds of a flat's people: answers, contracts, cases, defects, representatives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from fenhu.web.holding import Holding, Lapse, Row, hold, lapse
from fenhu.web.journal.services import subject_name
from fenhu.web.works.models import Case, CaseEvidence, Consent, Defect, FlatWork, Praise, Representative
from fenhu.wording import CHINESE, text

ERASED = text("(erased)")


def begin() -> None:
    """Name what the programme holds, and what of it lapses."""
    hold(
        Holding(
            key="works", name=text("Notice, contract and works of the flat"), rows=_works, kept=_contracts,
            rule="contracts",
        ),
        Holding(key="answers", name=text("Answers to the conversion"), rows=_answers, erase=_erase_answers),
        Holding(
            key="cases", name=text("Complaints and other cases of the flat"), rows=_cases, erase=_erase_cases,
            persons=lambda flat: [subject_name(one) for one in _of(Case, flat)],
        ),
        Holding(
            key="defects", name=text("Defects reported"), rows=_defects, erase=_erase_defects,
            persons=lambda flat: [subject_name(one) for one in _of(Defect, flat)],
        ),
        Holding(
            key="representative", name=text("Representative of the stairwell"), rows=_represents,
            erase=_erase_represents, persons=_represented,
        ),
        Holding(
            key="commendations", name=text("Commendations"), rows=_praises, rule="accounts",
            kept=lambda flat: Praise.objects.filter(flat=flat.pk).count(),
        ),
    )  # fmt: skip
    lapse(Lapse(rule="cases", name=text("Words of settled cases"), due=_cases_due, forget=_empty_cases))


def _of(model: Any, flat: Any) -> Any:
    return model.objects.filter(flat=flat.pk).order_by("pk")


def _works(flat: Any) -> Iterator[Row]:
    for one in _of(FlatWork, flat):
        yield {
            "project": one.project_id, "notice_on": one.notice_on, "notice_how": one.notice_how,
            "contract_on": one.contract_on, "contract_number": one.contract_number, "ready_on": one.ready_on,
            "stage": one.stage, "passed_on": one.passed_on, "room_c": one.room_c,
        }  # fmt: skip


def _contracts(flat: Any) -> int:
    count: int = _of(FlatWork, flat).exclude(contract_number="").count()
    return count


def _answers(flat: Any) -> Iterator[Row]:
    for one in _of(Consent, flat):
        yield {"agrees": one.agrees, "on_date": one.on_date, "how": one.how, "reason": one.reason}


def _erase_answers(flat: Any) -> int:
    """Take the reasons away; that the flat agreed or not counts for its stairwell and stays."""
    return _of(Consent, flat).exclude(reason="").update(reason="")


def _cases(flat: Any) -> Iterator[Row]:
    for one in _of(Case, flat):
        yield {
            "number": one.pk, "kind": one.kind, "title": one.title, "account": one.account,
            "opened_on": one.opened_on, "state": one.state, "outcome": one.outcome, "liable": one.liable,
            "liable_note": one.liable_note,
        }  # fmt: skip


def _erase_cases(flat: Any) -> int:
    return _empty_cases(_of(Case, flat))


def _empty_cases(rows: Any) -> int:
    """Take the words out of cases; kind, days and outcome by code stay, for they are counted."""
    keys = list(rows.values_list("pk", flat=True))
    CaseEvidence.objects.filter(case__in=keys).update(note="")
    said = ERASED.in_language(CHINESE)
    return Case.objects.filter(pk__in=keys).update(title=said, account="", outcome="", liable_note="")


def _cases_due(day: date) -> Any:
    return Case.objects.filter(settled_on__lt=day).exclude(account="", outcome="", liable_note="")


def _defects(flat: Any) -> Iterator[Row]:
    for one in _of(Defect, flat):
        yield {"what": one.what, "reported_on": one.reported_on, "mended_on": one.mended_on, "how": one.how}


def _erase_defects(flat: Any) -> int:
    return _of(Defect, flat).update(what=ERASED.in_language(CHINESE), how="")


def _speaking(flat: Any) -> Any:
    if not flat.owner_name:
        return Representative.objects.none()
    return Representative.objects.filter(building=flat.building_id, unit=flat.unit, name=flat.owner_name)


def _represents(flat: Any) -> Iterator[Row]:
    for one in _speaking(flat):
        yield {"name": one.name, "phone": one.phone, "elected_on": one.elected_on, "ended_on": one.ended_on}


def _represented(flat: Any) -> Iterable[str]:
    return [subject_name(one) for one in _speaking(flat)]


def _erase_represents(flat: Any) -> int:
    return _speaking(flat).update(name=ERASED.in_language(CHINESE), phone="")


def _praises(flat: Any) -> Iterator[Row]:
    for one in _of(Praise, flat):
        yield {"for": one.code, "on_date": one.on_date, "amount_fen": one.amount_fen}
