"""Pages one reads: the policy with its assumptions, the journal, what a search found."""

from __future__ import annotations

from io import BytesIO

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fenhu.web.access.gates import for_roles, has_role
from fenhu.web.prices.queries import READERS as PRICE_READERS
from fenhu.web.rules import current_policy
from fenhu.web.ui import auditing, finding, names, rulebook
from fenhu.web.ui.navigation import AUDITORS
from fenhu.web.ui.sheets import journal_xlsx
from fenhu.wording import text


@login_not_required
def assumptions(request: HttpRequest) -> HttpResponse:
    """Show every rule of the policy in force with its clause, and what is assumed, with the reason."""
    policy = current_policy()
    return render(request, "ui/assumptions.html", {
        "reads_prices": has_role(request.user, *PRICE_READERS),
        "policy": policy, "chapters": rulebook.chapters(policy), "assumed": policy.assumptions(),
    })  # fmt: skip


@for_roles(*AUDITORS)
def journal(request: HttpRequest) -> HttpResponse:
    """Show what happened, newest first: the bureau everything, others what is theirs."""
    asked = auditing.asked_of(request)
    context = {"found": auditing.page_of(request, asked), "asked": asked, "kinds": names.EVENTS}
    return render(request, "ui/journal.html", context)


@for_roles(*AUDITORS)
def journal_export(request: HttpRequest) -> FileResponse:
    """Send the stretch of the journal that was asked for as a workbook."""
    file = BytesIO()
    journal_xlsx(auditing.exported(request.user, auditing.asked_of(request)).entries, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{text('Journal')}.xlsx")


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
