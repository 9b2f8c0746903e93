"""Pages one reads: the policy with its assumptions, the journal, what a search found."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fenhu.programme import Role
from fenhu.web.access.gates import for_roles, has_role
from fenhu.web.journal import queries as journal_queries
from fenhu.web.prices.queries import READERS as PRICE_READERS
from fenhu.web.rules import current_policy
from fenhu.web.ui import finding, names, rulebook


@login_not_required
def assumptions(request: HttpRequest) -> HttpResponse:
    """Show every rule of the policy in force with its clause, and what is assumed, with the reason."""
    policy = current_policy()
    return render(request, "ui/assumptions.html", {
        "reads_prices": has_role(request.user, *PRICE_READERS),
        "policy": policy, "chapters": rulebook.chapters(policy), "assumed": policy.assumptions(),
    })  # fmt: skip


@for_roles(Role.CITY_BUREAU)
def journal(request: HttpRequest) -> HttpResponse:
    """Show what happened, newest first."""
    page, kind = request.GET.get("page", ""), request.GET.get("kind", "")
    found = journal_queries.journal_page(kind=kind, page=int(page) if page.isdecimal() else 1)
    return render(request, "ui/journal.html", {"found": found, "kind": kind, "kinds": names.EVENTS})


def search(request: HttpRequest) -> HttpResponse:
    """Show what was found; a building's code, a contract's or a receipt's number leads straight to it."""
    found = finding.find(request.user, request.GET.get("q", ""))
    if found.straight is not None:
        return redirect(finding.address(found.straight))
    return render(request, "ui/search.html", {"found": found})


def suggest(request: HttpRequest) -> HttpResponse:
    """Show under the search field the first things found while somebody types."""
    found = finding.find(request.user, request.GET.get("q", ""), most=finding.MOST_SUGGESTED)
    return render(request, "ui/search/suggestions.html", {"found": found})
