"""A building's application to the repair fund as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fenhu.policy import ConsentRule
from fenhu.policy.paying import RepairFund
from fenhu.programme import FUND, Role
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.access.scope import get_visible, grants_of
from fenhu.web.ledger.keys import owed
from fenhu.web.ledger.models import Account, FundApplication
from fenhu.web.registry import queries as registry
from fenhu.web.rules import policy_named
from fenhu.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FundFlat:
    """One flat's vote, None where it has not voted."""

    flat_id: str
    area_m2: float
    agrees: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundView:
    """What the repair fund may pay for a building, how its owners voted, and how far the application is."""

    code: str
    name: str
    project_id: int | None
    application: FundApplication | None
    state_label: Text | None
    paid_in_fen: int
    share_fen: int
    owed_fen: int
    rule: RepairFund | None
    vote_rule: ConsentRule
    flats: tuple[FundFlat, ...]
    may_open: bool
    may_vote: bool
    may_grant: bool

    @property
    def short_fen(self) -> int:
        """Return how much less was granted than asked for."""
        one = self.application
        return one.asked_fen - one.granted_fen if one and one.granted_fen is not None else 0


def fund_for(user: Any, code: str) -> FundApplication:
    """Return the building's application the user may see."""
    rows = FundApplication.objects.select_related("building", "project")
    return get_visible(rows.exclude(project__state="withdrawn"), user, building__code=code)


def fund_view(user: Any, code: str) -> FundView:
    """Return a building's application to the repair fund, as far as there is one."""
    applications = FundApplication.objects.visible_to(user).filter(building__code=code)
    found = applications.select_related("building", "project").exclude(project__state="withdrawn").first()
    # Who keeps the fund sees an application of a building that is otherwise not his.
    building: Any = (
        found.building if found else get_visible(registry.visible_buildings(user), user, code=code)
    )
    project = building.projects.exclude(state="withdrawn").order_by("-pk").first()
    account = Account.objects.filter(code=owed(building, Payer.REPAIR_FUND).code).first()
    roles = {Role(grant.role) for grant in grants_of(user)}
    policy = policy_named(project.policy if project else "")
    return FundView(
        code=building.code,
        name=registry.full_name(building.estate, building.name),
        project_id=project.pk if project else None,
        application=found,
        state_label=FUND.states[found.state] if found else None,
        paid_in_fen=building.repair_fund_fen or 0,
        share_fen=account.charged_fen if account else 0,
        owed_fen=account.balance_fen if account else 0,
        rule=policy.repair_fund,
        vote_rule=policy.consent_on(clock.today(), "repair_fund"),
        flats=_flats(found, building.pk) if found else (),
        may_open=found is None
        and project is not None
        and bool(roles & {Role.HEAT_SUPPLIER, Role.OWNER_UNIT}),
        may_vote=found is not None
        and found.state in ("draft", "returned")
        and bool(roles & {Role.HEAT_SUPPLIER, Role.OWNER_UNIT, Role.COMMUNITY}),
        may_grant=found is not None and found.state == "applied" and Role.FINANCE in roles,
    )


def _flats(application: FundApplication, building: int) -> tuple[FundFlat, ...]:
    votes = dict(application.votes.values_list("flat", "agrees"))
    return tuple(
        FundFlat(flat_id=flat.flat_id, area_m2=flat.area_m2, agrees=votes.get(flat.pk))
        for flat in registry.flats_of(building)
    )
