"""The demo's guided tour: a few real tasks a role, ticked off by where somebody was and what he did.

Where he was stands in his session; what he did, in the journal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fenhu.programme import Role
from fenhu.web.access.scope import grants_of
from fenhu.web.journal import queries as journal
from fenhu.web.recent import recent
from fenhu.web.ui.tours import TOURS, Stop
from fenhu.wording import Text

_SESSION = "tour"


@dataclass(frozen=True, slots=True)
class StopView:
    """A task as it is shown."""

    title: Text
    todo: Text
    address: str
    done: bool


@dataclass(frozen=True, slots=True)
class TourView:
    """The tour of a role with what is done."""

    stops: tuple[StopView, ...]
    closed: bool

    @property
    def done(self) -> int:
        """Return how many tasks are done."""
        return sum(stop.done for stop in self.stops)

    @property
    def next(self) -> StopView | None:
        """Return the first task that is not done."""
        return next((stop for stop in self.stops if not stop.done), None)


class Footsteps:
    """Notes in the session which pages somebody looked at, for the tour to tick off."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the view does."""
        response = self.get_response(request)
        match = request.resolver_match
        if (
            request.method == "GET"
            and response.status_code == 200
            and match
            and request.user.is_authenticated
        ):
            kept = _kept(request)
            if match.url_name in _pages(request.user) and match.url_name not in kept["seen"]:
                request.session[_SESSION] = kept | {"seen": [*kept["seen"], match.url_name]}
        return response


def tour_view(request: HttpRequest) -> TourView:
    """Return the tour of the reader's role; tasks whose thing is not there are left out."""
    kept = _kept(request)
    did = journal.kinds_by(request.user, kept["since"])
    stops = ((stop, _address(stop, request.user)) for stop in stops_of(request.user))
    return TourView(
        tuple(
            StopView(stop.title, stop.todo, address, _done(stop, kept["seen"], did))
            for stop, address in stops
            if address
        ),
        kept["closed"],
    )


def stops_of(user: Any) -> tuple[Stop, ...]:
    """Return the tasks of the first role ``user`` has."""
    return next((TOURS[Role(grant.role)] for grant in grants_of(user)), ())


def begin(request: HttpRequest) -> None:
    """Start the tour over: nothing was seen or done yet."""
    request.session[_SESSION] = _fresh()


def close(request: HttpRequest) -> None:
    """Put the card away."""
    request.session[_SESSION] = _kept(request) | {"closed": True}


def reopen(request: HttpRequest) -> None:
    """Bring the card back."""
    request.session[_SESSION] = _kept(request) | {"closed": False}


def _kept(request: HttpRequest) -> dict[str, Any]:
    if _SESSION not in request.session:
        begin(request)
    kept: dict[str, Any] = request.session[_SESSION]
    return kept


def _fresh() -> dict[str, Any]:
    return {"seen": [], "since": journal.newest_entry(), "closed": False}


def _pages(user: Any) -> set[str]:
    return {stop.page for stop in stops_of(user)}


def _address(stop: Stop, user: Any) -> str:
    if stop.key is None:
        return reverse(stop.page)
    key = recent(stop.key, user)
    return "" if key is None else reverse(stop.page, args=[key])


def _done(stop: Stop, seen: list[str], did: frozenset[str]) -> bool:
    return bool(stop.kinds & did) if stop.kinds else stop.page in seen
