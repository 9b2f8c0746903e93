"""The first page of whoever signed in: where the programme stands and what waits for his office."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fenhu.papers.bulletin_values import Period
from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.access.queries import person
from fenhu.web.ledger import queries as ledger
from fenhu.web.recent import recent
from fenhu.web.ui import front_pictures, pictures
from fenhu.web.ui.navigation import MONEY_READERS
from fenhu.web.works import queries
from fenhu.wording import text

# How much of what waits stands on the first page.
NEXT = 8


def front(request: HttpRequest) -> HttpResponse:
    """Show the page that fits the reader: his flat, or his office's overview."""
    who = person(request.user)
    if not who.roles:
        return render(request, "ui/no_role.html")
    if who.roles == (Role.HOUSEHOLD,):
        return redirect("my-flat")
    role = next(role for role in who.roles if role is not Role.HOUSEHOLD)
    return PAGES.get(role, _office)(request, role)


def _contractor(request: HttpRequest, role: Role) -> HttpResponse:
    only, year = request.GET.get("works", ""), request.GET.get("year", "")
    found = queries.works_in_hand(
        request.user, only=only, year=int(year) if year.isdecimal() and len(year) == 4 else None
    )
    return render(request, f"ui/front/{role}.html", {
        "who": person(request.user), "found": found, "picture": front_pictures.works(found),
        "narrowed": bool(only or year),
    })  # fmt: skip


def _public_security(request: HttpRequest, role: Role) -> HttpResponse:
    found = queries.incidents(request.user)
    context = {"who": person(request.user), "found": found, "picture": front_pictures.incidents(found)}
    return render(request, f"ui/front/{role}.html", context)


def _office(request: HttpRequest, role: Role) -> HttpResponse:
    view = recent(queries.overview, request.user)
    today = clock.today()
    own = recent(queries.year_figures, request.user, view.year)
    stock = recent(queries.stock_state, request.user)
    return render(request, f"ui/front/{role}.html", {
        "who": person(request.user),
        "view": view,
        "now": next((year for year in view.years if year.year == view.year), None),
        "own": own,
        "found": queries.worklist(request.user, size=NEXT),
        "consent": recent(queries.consent_figures, request.user, view.year),
        "stock": stock,
        "warmth": pictures.warmth(stock),
        "progress": pictures.progress(view),
        "profile": pictures.stock_profile(stock),
        "payers": pictures.payers(own),
        "purses": pictures.purses(recent(ledger.money_news, request.user, Period(view.year), today))
        if role in MONEY_READERS else None,
        "by_district": pictures.standings(view.districts, view.year, text("District")),
        "by_supplier": pictures.standings(view.suppliers, view.year, text("Heat supplier")),
    })  # fmt: skip


# Whose first page is not the overview of a stock of buildings.
PAGES = {Role.CONTRACTOR: _contractor, Role.PUBLIC_SECURITY: _public_security}
