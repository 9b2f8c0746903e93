"""The door of every verb on a project: whose it is, whether it may change now, and what the journal keeps."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from fenhu.errors import NotAllowed, WrongState
from fenhu.programme import PROJECT, ROLE_NAMES, Role
from fenhu.web.access.scope import grants_of
from fenhu.web.journal import services as journal
from fenhu.web.works.models import Project
from fenhu.wording import text

BEFORE_WORKS = (
    "listed", "informed", "consented", "contracted", "designed", "checked", "drawings_approved",
)  # fmt: skip
AT_WORK = ("under_construction", "rectifying")


def acts_on(user: Any, case: Any, *roles: Role) -> bool:
    """Return whether one of the user's grants for ``roles`` covers ``case``."""
    fitting = [grant for grant in grants_of(user) if Role(grant.role) in roles]
    return type(case).objects.filter(pk=case.pk).covered_by(fitting).exists()


def require_acting(user: Any, case: Any, *roles: Role) -> None:
    """Go on only for somebody whose grant for one of ``roles`` covers ``case``.

    Raises
    ------
    NotAllowed
        If none does.
    """
    if not acts_on(user, case, *roles):
        raise NotAllowed(
            text("Only this may do it here: {office}", office=ROLE_NAMES[roles[0]])
        )  # fmt: skip


def taken_up(actor: Any, project: Project, *roles: Role, states: Collection[str]) -> Project:
    """Return the project, locked, if it is ``actor``'s to work on and in one of ``states``.

    Raises
    ------
    NotAllowed
        If it is not his to work on.
    WrongState
        If it is not in such a state.
    """
    require_acting(actor, project, *roles)
    case = Project.objects.select_for_update().get(pk=project.pk)
    if case.state not in states:
        raise WrongState(
            text("The project is “{state}”; that cannot be changed now", state=PROJECT.states[case.state])
        )
    return case


def written(actor: Any, case: Any, what: str, data: Mapping[str, Any]) -> None:
    """Let the journal say what was done to a case."""
    journal.record(actor=actor, subject=case, kind=what, data=data)
