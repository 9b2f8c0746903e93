"""The whole plan on one page, and as a book to take away."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from fenhu import papers
from fenhu.study import BOOK_NAME
from fenhu.web import clock
from fenhu.web.rules import programme_year
from fenhu.web.ui import plan_pages
from fenhu.web.ui.plan_pages import Asked
from fenhu.web.ui.views.money import attachment


def plan(request: HttpRequest) -> HttpResponse:
    """Show the plan of all years: money, crews, the map, and what it gains over the ranking."""
    return render(request, "ui/plan.html", {"page": plan_pages.plan_page(request.user, _asked(request))})


def book(request: HttpRequest, kind: str) -> FileResponse:
    """Send the plan book as a workbook or a PDF."""
    found = plan_pages.book_of(request.user, _asked(request), reasons=True)
    content = papers.plan_book_pdf(found) if kind == "pdf" else plan_pages.workbook(found)
    return attachment(content, f"{BOOK_NAME}.{kind}")


def _asked(request: HttpRequest) -> Asked:
    season = request.GET.get("season", "")
    return Asked(
        supplier=request.GET.get("supplier", ""),
        district=request.GET.get("district", ""),
        season=int(season) if season.isdecimal() and len(season) == 4 else programme_year(clock.today()),
    )
