"""The conversion of one building, from the plan to the reward (clauses 三（一） to 三（四）, 四（一）)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from fenhu.policy import Gate
from fenhu.programme.roles import ROLE_NAMES, Role
from fenhu.programme.workflow import Step, Workflow
from fenhu.wording import Text, text

# The papers of a conversion, by the policy's code of what is reviewed.
PAPERS: Mapping[str, Text] = {
    "drawings": text("Drawings"),
    "technical_requirements": text("Technical requirements"),
    "pipe_sizes": text("Pipe sizes"),
    "technical_briefing": text("Technical briefing"),
    "conversion_scheme": text("The owner's conversion scheme"),
    "certificate": text("Certificate of material"),
    "photo": text("Photograph"),
    "pressure_test": text("Record of the pressure test"),
    "acceptance": text("Record of the acceptance"),
    "other": text("Other paper"),
}

NOBODY_ASKED = text("Nobody was asked yet")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFacts:
    """What the guards ask of a project.

    ``unsettled`` flats have neither a contract nor a recorded refusal; ``unfinished`` flats have a contract
    and are not built; ``design_open`` says why the latest design in the system cannot be reviewed yet, None
    where it can, or where the drawings are on paper alone; ``deadline`` is the policy's day or that of an
    approved extension; ``gates`` are those of the policy the project stands under; ``passed`` is what its
    latest acceptance found, None before any; ``reward_open`` says what of the reward is not paid yet.
    """

    year: int
    today: date
    deadline: date
    gates: tuple[Gate, ...]
    flats: int = 0
    without_notice: int = 0
    plan_approved: bool = False
    consent_reached: bool = False
    consent_said: Text = NOBODY_ASKED
    contracts: int = 0
    unsettled: int = 0
    contractor: str = ""
    contractor_unfit: Text | None = None
    leads_missing: tuple[Role, ...] = ()
    published: bool = False
    papers_missing: tuple[Text, ...] = ()
    design_open: Text | None = None
    drawings_approved: bool = False
    owner_converts: bool = False
    mains_ready: bool = False
    technician: bool = False
    briefed: bool = False
    stop_works: int = 0
    unfinished: int = 0
    pressure_tested: bool = False
    round_open: bool = False
    passed: bool | None = None
    open_defects: int = 0
    reward_open: Text | None = None


Guard = Callable[[ProjectFacts], Text | None]


def _notices_delivered(facts: ProjectFacts) -> Text | None:
    if not facts.flats:
        return text("The register knows no flat of this building; import its flats first")
    if facts.without_notice:
        return text(
            "{count} of {flats} flats have not received the notice yet",
            count=facts.without_notice, flats=facts.flats,
        )  # fmt: skip
    return None


def _plan_approved(facts: ProjectFacts) -> Text | None:
    if facts.plan_approved:
        return None
    return text("The plan of {year} with this building is not approved", year=str(facts.year))


def _consent_reached(facts: ProjectFacts) -> Text | None:
    return None if facts.consent_reached else facts.consent_said


def _contracts_signed(facts: ProjectFacts) -> Text | None:
    if facts.unsettled:
        return text(
            "{count} flats have neither a contract nor a recorded refusal", count=facts.unsettled
        )  # fmt: skip
    if not facts.contracts:
        return text("No flat has a contract yet")
    return None


def _contacts_published(facts: ProjectFacts) -> Text | None:
    if not facts.contractor and not facts.owner_converts:
        return text("No contractor is chosen yet")
    if facts.contractor_unfit is not None:
        return facts.contractor_unfit
    if facts.leads_missing:
        return text(
            "The lead of the {party} is not published with name and telephone number",
            party=ROLE_NAMES[facts.leads_missing[0]],
        )
    return None if facts.published else text("Names and telephone numbers of the leads are not published")


def _drawings_approved(facts: ProjectFacts) -> Text | None:
    return None if facts.drawings_approved else text("The drawings are not approved")


def _mains_ready(facts: ProjectFacts) -> Text | None:
    return None if facts.mains_ready else text("The mains are not in place")


def _technician_named(facts: ProjectFacts) -> Text | None:
    return None if facts.technician else text("No technician is named for the works")


def _briefing_held(facts: ProjectFacts) -> Text | None:
    return None if facts.briefed else text("The technical briefing is not on record")


def _accepted(facts: ProjectFacts) -> Text | None:
    if facts.passed is None:
        return text("No acceptance was held yet")
    return None if facts.passed else text("The latest acceptance did not pass")


def _no_round_open(facts: ProjectFacts) -> Text | None:
    return text("A round of acceptance is being held; end it first") if facts.round_open else None


# What each gate of the policy asks, by its code.
GATES: Mapping[str, Guard] = {
    "notice_delivered": _notices_delivered,
    "plan_approved": _plan_approved,
    "consent_reached": _consent_reached,
    "contracts_signed": _contracts_signed,
    "contacts_published": _contacts_published,
    "drawings_approved": _drawings_approved,
    "mains_ready": _mains_ready,
    "technician_named": _technician_named,
    "briefing_held": _briefing_held,
    "accepted": _accepted,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GateState:
    """A gate of the policy on a project; ``reason`` says why it is shut, None where it is open."""

    gate: Gate
    reason: Text | None


def gate_states(facts: ProjectFacts, before: str) -> tuple[GateState, ...]:
    """Return every gate of the policy before ``start`` or ``in_use``, open or shut."""
    return tuple(
        GateState(gate=gate, reason=GATES[gate.code](facts)) for gate in facts.gates if gate.before == before
    )


def _gates_before(before: str) -> Guard:
    def guard(facts: ProjectFacts) -> Text | None:
        return next((one.reason for one in gate_states(facts, before) if one.reason is not None), None)

    return guard


def _in_season(facts: ProjectFacts) -> Text | None:
    if facts.today <= facts.deadline:
        return None
    return text(
        "The works of {year} were to be done by {deadline}; ask the bureau for an extension first",
        year=str(facts.year), deadline=facts.deadline.isoformat(),
    )  # fmt: skip


def _nothing_stopped(facts: ProjectFacts) -> Text | None:
    return text("A stop-work order is in force; clear it first") if facts.stop_works else None


def _papers_filed(facts: ProjectFacts) -> Text | None:
    if not facts.papers_missing:
        return None
    return text("{paper} is missing among the papers", paper=facts.papers_missing[0])


def _design_settled(facts: ProjectFacts) -> Text | None:
    return facts.design_open


def _built(facts: ProjectFacts) -> Text | None:
    if facts.unfinished:
        return text("{count} flats with a contract are not finished", count=facts.unfinished)
    return None if facts.pressure_tested else text("No passed pressure test is on record")


def _supplier_converts(facts: ProjectFacts) -> Text | None:
    return text("The owner unit converts this building itself") if facts.owner_converts else None


def _owner_converts(facts: ProjectFacts) -> Text | None:
    return None if facts.owner_converts else text("The heat supplier converts this building")


def _reward_paid(facts: ProjectFacts) -> Text | None:
    return facts.reward_open


def _no_defect_open(facts: ProjectFacts) -> Text | None:
    return text("{count} defects are open", count=facts.open_defects) if facts.open_defects else None


def finished_late(deadline: date, day: date) -> bool:
    """Return whether works finished on ``day`` missed the policy's or the extended deadline."""
    return day > deadline


_BEFORE_WORKS = ("listed", "informed", "consented", "contracted", "designed", "checked", "drawings_approved")
_AT_WORK = ("under_construction", "rectifying")
_START = (_gates_before("start"), _nothing_stopped, _in_season)
_BUILDS = ("start", "start_own", "finish", "finish_own")

PROJECT: Workflow[ProjectFacts] = Workflow(
    name="project",
    states={
        "listed": text("On the plan"),
        "informed": text("Residents informed"),
        "consented": text("Consent reached"),
        "contracted": text("Contracts signed"),
        "designed": text("Drawings submitted"),
        "checked": text("Owner's scheme checked"),
        "drawings_approved": text("Drawings approved"),
        "under_construction": text("Under construction"),
        "finished": text("Finished, waits for acceptance"),
        "rectifying": text("To be rectified"),
        "accepted": text("Accepted"),
        "in_use": text("In use"),
        "rewarded": text("Rewarded"),
        "suspended": text("Suspended"),
        "withdrawn": text("Withdrawn"),
    },
    initial="listed",
    final=("rewarded", "withdrawn"),
    steps=(
        Step(
            name="inform", label=text("Residents are informed"), sources=("listed",), target="informed",
            roles=(Role.HEAT_SUPPLIER, Role.COMMUNITY), guards=(_notices_delivered,),
        ),
        Step(
            name="agree", label=text("Consent is reached"), sources=("informed",), target="consented",
            roles=(Role.HEAT_SUPPLIER, Role.COMMUNITY), guards=(_consent_reached,),
        ),
        Step(
            name="contract", label=text("Contracts are signed"), sources=("consented",), target="contracted",
            roles=(Role.HEAT_SUPPLIER,), guards=(_contracts_signed,),
        ),
        Step(
            name="design", label=text("Submit the drawings"), sources=("contracted",), target="designed",
            roles=(Role.HEAT_SUPPLIER,), guards=(_supplier_converts, _papers_filed, _design_settled),
        ),
        Step(
            name="design_own", label=text("Submit the owner's scheme"), sources=("contracted",),
            target="designed", roles=(Role.OWNER_UNIT,),
            guards=(_owner_converts, _papers_filed, _design_settled),
        ),
        Step(
            name="check_scheme", label=text("The owner's scheme is right"), sources=("designed",),
            target="checked", roles=(Role.HEAT_SUPPLIER,), guards=(_owner_converts,),
            apart_from=("design_own",),
        ),
        Step(
            name="refuse_scheme", label=text("Return the owner's scheme"), sources=("designed",),
            target="contracted", roles=(Role.HEAT_SUPPLIER,), guards=(_owner_converts,), needs_note=True,
            apart_from=("design_own",), aside=True,
        ),
        Step(
            name="approve_drawings", label=text("Approve the drawings"), sources=("designed",),
            target="drawings_approved", roles=(Role.CITY_BUREAU,),
            guards=(_supplier_converts, _papers_filed, _design_settled),
            apart_from=("design",),
        ),
        Step(
            name="approve_scheme", label=text("Approve the owner's scheme"), sources=("checked",),
            target="drawings_approved", roles=(Role.CITY_BUREAU,), guards=(_papers_filed, _design_settled),
            apart_from=("design_own", "check_scheme"),
        ),
        Step(
            name="return_drawings", label=text("Return the drawings with a reason"),
            sources=("designed", "checked"), target="contracted", roles=(Role.CITY_BUREAU,), needs_note=True,
            apart_from=("design", "design_own"), aside=True,
        ),
        Step(
            name="start", label=text("Start the works"), sources=("drawings_approved",),
            target="under_construction", roles=(Role.HEAT_SUPPLIER,), guards=(_supplier_converts, *_START),
        ),
        Step(
            name="start_own", label=text("Start the owner's works"), sources=("drawings_approved",),
            target="under_construction", roles=(Role.OWNER_UNIT,), guards=(_owner_converts, *_START),
        ),
        Step(
            name="finish", label=text("Report the works finished"), sources=_AT_WORK, target="finished",
            roles=(Role.HEAT_SUPPLIER,), guards=(_supplier_converts, _built, _nothing_stopped),
            due=lambda policy, year: policy.calendar.completion_deadline(year),
        ),
        Step(
            name="finish_own", label=text("Report the owner's works finished"), sources=_AT_WORK,
            target="finished", roles=(Role.OWNER_UNIT,), guards=(_owner_converts, _built, _nothing_stopped),
            due=lambda policy, year: policy.calendar.completion_deadline(year),
        ),
        Step(
            name="rectify", label=text("Have it rectified"), sources=("finished",), target="rectifying",
            roles=(Role.CITY_BUREAU, Role.DISTRICT_GOV), guards=(_no_round_open,), needs_note=True,
            apart_from=_BUILDS, aside=True,
        ),
        Step(
            name="accept", label=text("Accept the works"), sources=("finished",), target="accepted",
            roles=(Role.CITY_BUREAU, Role.DISTRICT_GOV), guards=(_no_round_open, _accepted),
            apart_from=_BUILDS,
        ),
        Step(
            name="use", label=text("Put into use"), sources=("accepted",), target="in_use",
            roles=(Role.HEAT_SUPPLIER,), guards=(_gates_before("in_use"),),
        ),
        Step(
            name="reward", label=text("The reward is paid"), sources=("in_use",), target="rewarded",
            roles=(Role.FINANCE,), guards=(_accepted, _no_defect_open, _reward_paid), needs_note=True,
            apart_from=("accept",),
        ),
        Step(
            name="revoke", label=text("Revoke the acceptance"), sources=("accepted", "in_use", "rewarded"),
            target="rectifying", roles=(Role.CITY_BUREAU,), needs_note=True, aside=True,
        ),
        Step(
            name="suspend", label=text("Suspend"), sources=(*_BEFORE_WORKS, *_AT_WORK), target="suspended",
            roles=(Role.HEAT_SUPPLIER, Role.CITY_BUREAU), needs_note=True, aside=True,
        ),
        Step(
            name="resume", label=text("Go on"), sources=("suspended",), target="", returns=True,
            roles=(Role.HEAT_SUPPLIER, Role.CITY_BUREAU),
        ),
        Step(
            name="withdraw", label=text("Withdraw from the programme"),
            sources=(*_BEFORE_WORKS, "suspended"), target="withdrawn",
            roles=(Role.CITY_BUREAU,), needs_note=True, aside=True,
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractorFitness:
    """What a contractor is judged by before it starts (clause 四（三）)."""

    name: str
    valid_until: date | None
    barred: bool


def contractor_unfit(contractor: ContractorFitness, day: date) -> Text | None:
    """Return why a contractor may not start works on ``day``, None where it may."""
    if contractor.valid_until is None:
        return text("The qualification of {name} is not on file", name=contractor.name)
    if contractor.barred:
        return text("{name} is barred from the programme", name=contractor.name)
    if contractor.valid_until < day:
        return text(
            "The qualification of {name} ended on {day}",
            name=contractor.name, day=contractor.valid_until.isoformat(),
        )  # fmt: skip
    return None
