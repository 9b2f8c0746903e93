"""The first page of whoever signed in: where the programme stands and what waits for his office."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fenhu.papers.bulletin_values import Period
from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.access.queries import person
from fenhu.web.ledger import queries as ledger
from fenhu.web.ui import pictures
from fenhu.web.ui.navigation import MONEY_READERS
from fenhu.web.works import queries
from fenhu.wording import text

# What the first page asks besides the overview, by role.
DUTIES = {Role.CONTRACTOR: queries.projects, Role.PUBLIC_SECURITY: queries.open_cases}


def front(request: HttpRequest) -> HttpResponse:
    """Show the page that fits the reader: his flat, or his office's overview."""
    who = person(request.user)
    if not who.roles:
        return render(request, "ui/no_role.html")
    if who.roles == (Role.HOUSEHOLD,):
        return redirect("my-flat")
    role = next(role for role in who.roles if role is not Role.HOUSEHOLD)
    if role in DUTIES:
        return render(request, f"ui/front/{role}.html", {"who": who, "duties": DUTIES[role](request.user)})
    return _office(request, role)


def _office(request: HttpRequest, role: Role) -> HttpResponse:
    view = queries.overview(request.user)
    today = clock.today()
    own = queries.year_view(request.user, view.year)
    stock = queries.stock_state(request.user)
    return render(request, f"ui/front/{role}.html", {
        "who": person(request.user),
        "view": view,
        "now": next((year for year in view.years if year.year == view.year), None),
        "own": own,
        "found": queries.worklist(request.user),
        "consent": queries.consent_figures(request.user, view.year),
        "stock": stock,
        "warmth": pictures.warmth(stock),
        "progress": pictures.progress(view),
        "profile": pictures.stock_profile(stock),
        "payers": pictures.payers(own),
        "purses": pictures.purses(ledger.money_news(request.user, Period(view.year), today))
        if role in MONEY_READERS else None,
        "by_district": pictures.standings(view.districts, view.year, text("District")),
        "by_supplier": pictures.standings(view.suppliers, view.year, text("Heat supplier")),
    })  # fmt: skip
