"""Projects: what their guards ask, for one or for many at once, and what each step leaves on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, F, Q

from fenhu.diagnosis import ConsentCount
from fenhu.errors import UnknownItem
from fenhu.policy import Policy
from fenhu.programme import (
    NOBODY_ASKED,
    PAPERS,
    ContractorFitness,
    ProjectFacts,
    Role,
    contractor_unfit,
    finished_late,
)
from fenhu.web import clock
from fenhu.web.ledger import queries as ledger
from fenhu.web.registry.queries import consent_counts
from fenhu.web.rules import policy_named
from fenhu.web.works.facts.kinds import Stamp, nothing
from fenhu.web.works.models import (
    AcceptanceRound,
    AnnualPlanItem,
    ContractorFile,
    Defect,
    DesignVersion,
    FlatWork,
    Paper,
    Project,
    SiteCheck,
)
from fenhu.wording import Text, text

_SETTLED_DESIGNS = ("submitted", "approved")
APPROVED_PLANS = ("approved", "amending", "amended", "closed")
_DRAWN = (
    "drawings_approved",
    "under_construction",
    "finished",
    "rectifying",
    "accepted",
    "in_use",
    "rewarded",
)


def project_facts(project: Project) -> ProjectFacts:
    """Return what the guards of a project ask."""
    return facts_of([project])[project.pk]


def facts_of(projects: Sequence[Project]) -> dict[int, ProjectFacts]:
    """Return what the guards ask of many projects, by id, in a number of queries that does not grow."""
    ids = [project.pk for project in projects]
    today = clock.today()
    flats = _flat_counts(ids)
    approved = _approved([project.building_id for project in projects])
    consents, unsaid = _consents([project.building_id for project in projects], today)
    papers = _by_project(Paper.objects.filter(withdrawn_on__isnull=True), ids, "kind")
    stops = _by_project(SiteCheck.objects.filter(stops=True, cleared_on__isnull=True), ids, "pk")
    pressed = _by_project(SiteCheck.objects.filter(kind="pressure_test", passed=True), ids, "on_date")
    since_finished = AcceptanceRound.objects.filter(opened_on__gte=F("project__finished_on"))
    rounds = _by_project(since_finished.order_by("number"), ids, "state")
    defects = _by_project(Defect.objects.filter(mended_on__isnull=True), ids, "pk")
    files = _contractor_files(projects)
    designs = _deciding_designs([project.building_id for project in projects])
    unpaid = ledger.unpaid_rewards(ids)
    found = {}
    for project in projects:
        rules = policy_named(project.policy)
        counted, consent = flats[project.pk], consents.get(project.building_id)
        found[project.pk] = ProjectFacts(
            year=project.year, today=today, deadline=deadline_of(project), gates=rules.gates,
            flats=counted["flats"], without_notice=counted["without_notice"],
            plan_approved=(project.building_id, project.year) in approved,
            consent_reached=consent is not None and consent.reached,
            consent_said=unsaid if consent is None else consent.said,
            contracts=counted["contracts"], unsettled=counted["unsettled"],
            contractor=project.contractor.name if project.contractor else "",
            contractor_unfit=_unfit(project, files, today),
            leads_missing=_leads_missing(project, rules), published=project.published_on is not None,
            papers_missing=_papers_missing(project, rules, papers[project.pk]),
            design_open=_design_open(designs.get(project.building_id)),
            drawings_approved=project.state in _DRAWN or project.came_from in _DRAWN,
            owner_converts=project.owner_converts, mains_ready=project.mains_ready_on is not None,
            technician=bool(project.technician), briefed=project.briefed_on is not None,
            stop_works=len(stops[project.pk]), unfinished=counted["unfinished"],
            pressure_tested=bool(pressed[project.pk]), round_open="open" in rounds[project.pk],
            passed=_passed(rounds[project.pk]),
            open_defects=len(defects[project.pk]), reward_open=_reward_open(unpaid.get(project.pk, 0)),
        )  # fmt: skip
    return found


def deadline_of(project: Project) -> date:
    """Return the day by which a project's works are done: the policy's, or the approved extension's."""
    return works_done_by(project.policy, project.year, project.extended_to)


def works_done_by(policy: str, year: int, extended_to: date | None) -> date:
    """Return the day by which works listed for a year under a policy are done."""
    return extended_to or policy_named(policy).calendar.completion_deadline(year)


def _consents(buildings: Sequence[int], day: date) -> tuple[Mapping[int, ConsentCount], Text]:
    """Return the counts of consent, and what is said of a building that has none."""
    try:
        return consent_counts(buildings, day), NOBODY_ASKED
    except UnknownItem as fault:
        return {}, fault.message


def _flat_counts(ids: Sequence[int]) -> Mapping[int, dict[str, int]]:
    open_flat = Q(contract_on__isnull=True) & (Q(flat__consent__isnull=True) | Q(flat__consent=True))
    counted = FlatWork.objects.filter(project__in=ids).values("project").annotate(
        flats=Count("pk"), without_notice=Count("pk", filter=Q(notice_on__isnull=True)),
        contracts=Count("pk", filter=Q(contract_on__isnull=False)),
        unsettled=Count("pk", filter=open_flat),
        unfinished=Count("pk", filter=Q(contract_on__isnull=False) & ~Q(stage="done")),
    )  # fmt: skip
    none = {"flats": 0, "without_notice": 0, "contracts": 0, "unsettled": 0, "unfinished": 0}
    by_id = {int(row["project"]): {key: int(row[key]) for key in none} for row in counted}  # type: ignore[literal-required]
    return defaultdict(lambda: none, by_id)


def _approved(buildings: Sequence[int]) -> set[tuple[int, int]]:
    items = AnnualPlanItem.objects.filter(building__in=buildings, plan__state__in=APPROVED_PLANS)
    return set(items.values_list("building", "plan__year"))


def _by_project(rows: Any, ids: Sequence[int], column: str) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for project, value in rows.filter(project__in=ids).values_list("project", column):
        found[project].append(value)
    return found


def _contractor_files(projects: Iterable[Project]) -> Mapping[int, ContractorFile]:
    chosen = {project.contractor_id for project in projects if project.contractor_id}
    return {one.organisation_id: one for one in ContractorFile.objects.filter(organisation__in=chosen)}


def _unfit(project: Project, files: Mapping[int, ContractorFile], today: date) -> Text | None:
    if project.contractor is None:
        return None
    file = files.get(project.contractor.pk)
    fitness = ContractorFitness(
        name=project.contractor.name, valid_until=file.valid_until if file else None,
        barred=file is not None and file.barred_on is not None,
    )  # fmt: skip
    return contractor_unfit(fitness, today)


def _leads_missing(project: Project, rules: Policy) -> tuple[Role, ...]:
    """Return which parties' leads the policy wants published and the project does not name."""
    named = {
        "heat_supplier": bool(project.supplier_lead and project.supplier_phone),
        "contractor": bool(project.contractor_lead and project.contractor_phone),
    }
    return tuple(Role(party) for party in rules.publication.leads_of if not named.get(party, True))


def _papers_missing(project: Project, rules: Policy, filed: Iterable[str]) -> tuple[Text, ...]:
    """Return the papers the policy's review of a supplier's, or of an owner's own, scheme asks for."""
    subjects = [
        subject for review in rules.reviews for subject in review.subjects
        if (subject == "conversion_scheme") <= project.owner_converts
    ]  # fmt: skip
    there = set(filed)
    return tuple(PAPERS[subject] for subject in subjects if subject not in there)


def _deciding_designs(buildings: Sequence[int]) -> Mapping[int, tuple[int, str]]:
    """Return number and state of each building's latest design under review or approved, or else the latest.

    A draft made after a submission waits until what is under review is decided.
    """
    versions = DesignVersion.objects.filter(building__in=buildings).order_by("number")
    rows = sorted(
        versions.values_list("building", "number", "state"), key=lambda row: row[2] in _SETTLED_DESIGNS
    )
    return {building: (number, state) for building, number, state in rows}


def _design_open(deciding: tuple[int, str] | None) -> Text | None:
    if deciding is None or deciding[1] in _SETTLED_DESIGNS:
        return None
    return text("Version {number} of the design is not submitted for review", number=deciding[0])


def _reward_open(unpaid_fen: int) -> Text | None:
    if unpaid_fen <= 0:
        return None
    return text("{yuan} yuan of the reward are not paid yet", yuan=f"{unpaid_fen / 100:,.2f}")


def _passed(states: Sequence[str]) -> bool | None:
    decided = [state for state in states if state != "open"]
    return decided[-1] == "passed" if decided else None


def _drawn(project: Project, actor: Any, note: str, today: date) -> dict[str, object]:
    return _designs_become(project, "approved")


def _returned(project: Project, actor: Any, note: str, today: date) -> dict[str, object]:
    return _designs_become(project, "returned")


def _designs_become(project: Project, state: str) -> dict[str, object]:
    DesignVersion.objects.filter(building=project.building_id, state="submitted").update(state=state)
    return {}


def _started(project: Project, actor: Any, note: str, today: date) -> dict[str, object]:
    return {"started_on": today}


def _finished(project: Project, actor: Any, note: str, today: date) -> dict[str, object]:
    return {"finished_on": today, "late": finished_late(deadline_of(project), today)}


def _accepted(project: Project, actor: Any, note: str, today: date) -> dict[str, object]:
    return {"accepted_on": today}


def _revoked(project: Project, actor: Any, note: str, today: date) -> dict[str, object]:
    FlatWork.objects.filter(project=project).update(passed_on=None)
    return {"accepted_on": None, "in_use_on": None}


def _used(project: Project, actor: Any, note: str, today: date) -> dict[str, object]:
    return {"in_use_on": today}


def _suspended(project: Project, actor: Any, note: str, today: date) -> dict[str, object]:
    return {"came_from": project.state}


def _resumed(project: Project, actor: Any, note: str, today: date) -> dict[str, object]:
    return {"came_from": ""}


PROJECT_STAMPS: Mapping[str, Stamp] = {
    "inform": nothing, "agree": nothing, "contract": nothing, "design": nothing, "design_own": nothing,
    "check_scheme": nothing, "refuse_scheme": _returned, "approve_drawings": _drawn,
    "approve_scheme": _drawn, "return_drawings": _returned, "start": _started, "start_own": _started,
    "finish": _finished, "finish_own": _finished, "rectify": nothing, "accept": _accepted, "use": _used,
    "reward": nothing, "revoke": _revoked, "suspend": _suspended, "resume": _resumed, "withdraw": nothing,
}  # fmt: skip
