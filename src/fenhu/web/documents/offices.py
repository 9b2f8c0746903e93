"""For which office somebody issues a paper, what its papers are headed by, and how its numbers begin."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from fenhu.programme import ROLE_NAMES, Role
from fenhu.web.access.scope import grants_of
from fenhu.web.documents.models import ISSUING, Office
from fenhu.web.rules import current_policy
from fenhu.wording import CHINESE

# What every company is called besides its own name.
_COMMON = re.compile(r"股份|有限|责任|集团|总公司|分公司|公司|供热|热力|供暖|热电")


def office_of(grant: Any) -> Office:
    """Return the office somebody's grant is for; made when it first issues something."""
    known = Office.objects.filter(key=key_of(grant)).first()
    return known or Office.objects.get_or_create(key=key_of(grant), defaults={
        "role": grant.role, "organisation": grant.organisation, "district": grant.district,
        "name": _name(grant), "mark": next(one for one in _marks(grant) if _is_free(one)),
    })[0]  # fmt: skip


def offices_of(user: Any, roles: Collection[Role] = ISSUING) -> tuple[Office, ...]:
    """Return the offices somebody issues papers for."""
    return tuple(office_of(grant) for grant in grants_of(user) if Role(grant.role) in roles)


def key_of(grant: Any) -> str:
    """Return the key of the office a grant is for."""
    if grant.organisation_id is not None:
        return f"organisation:{grant.organisation_id}"
    return f"{grant.role}:{grant.district}"


def _name(grant: Any) -> str:
    """Return what stands at the head of the office's papers."""
    if grant.organisation is not None:
        return str(grant.organisation.name)
    city = str(current_policy().city.name.in_language(CHINESE))
    if grant.role == Role.CITY_BUREAU:
        return f"{city}城乡建设委员会"
    if grant.role == Role.DISTRICT_GOV:
        return f"{city}{grant.district}区人民政府"
    return f"{city}{ROLE_NAMES[Role(grant.role)].in_language(CHINESE)}"


def _marks(grant: Any) -> Iterator[str]:
    """Yield what the office's numbers may begin with, the usual first."""
    if grant.organisation is not None:
        own = _COMMON.sub("", grant.organisation.name)[:8] or grant.organisation.code
        yield own
        yield f"{own}{grant.organisation.code}"[:20]
        yield f"{grant.role}{grant.organisation_id}"[:20]
        return
    place = grant.district or str(current_policy().city.name.in_language(CHINESE))
    ending = "建" if grant.role == Role.CITY_BUREAU else "政"
    yield f"{place[0]}{ending}"
    yield f"{place}{ending}"[:20]


def _is_free(mark: str) -> bool:
    return not Office.objects.filter(mark=mark).exists()
