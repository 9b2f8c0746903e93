"""Issued papers: the list, one paper, issuing, replacing, withdrawing, and those of all flats of a year."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fenhu.web import clock
from fenhu.web.access.gates import for_roles, has_role
from fenhu.web.documents import queries, services
from fenhu.web.handing_out import handed_out
from fenhu.web.rules import current_policy, programme_year
from fenhu.web.ui.document_forms import BatchForm, IssueForm, NumberingForm, ReasonForm
from fenhu.web.ui.forms import read
from fenhu.web.ui.navigation import BATCHERS, DOCUMENT_READERS, ISSUERS
from fenhu.web.ui.sheets import documents_xlsx
from fenhu.web.works import queries as works
from fenhu.wording import text


@for_roles(*DOCUMENT_READERS)
def documents(request: HttpRequest) -> HttpResponse:
    """Show the issued papers, narrowed by what stands in the address."""
    page = request.GET.get("page", "")
    asked = _asked(request)
    kinds, years = queries.document_choices(request.user)
    return render(request, "ui/documents.html", {
        "found": queries.document_page(request.user, asked, page=int(page) if page.isdecimal() else 1),
        "asked": asked, "kinds": kinds, "years": years, "states": queries.STATES,
        "issues": has_role(request.user, *ISSUERS), "batches": has_role(request.user, *BATCHERS),
    })  # fmt: skip


@for_roles(*DOCUMENT_READERS)
def export(request: HttpRequest) -> FileResponse:
    """Send the papers on screen as a workbook."""
    file = BytesIO()
    documents_xlsx(queries.document_rows(request.user, _asked(request)), file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{text('Issued papers')}.xlsx")


def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """Show one paper with its state and its verification."""
    return _show(request, document_id)


def file(request: HttpRequest, document_id: int) -> FileResponse:
    """Hand out a paper as it left the office."""
    found = queries.document_for(request.user, document_id)
    return handed_out(found.file, title=found.number.words, media_type=found.media_type)


@for_roles(*ISSUERS)
def word(request: HttpRequest, kind: str, subject: str) -> FileResponse:
    """Send a paper as a Word file to be edited: a draft, marked so."""
    about = services.subject_for(request.user, subject)
    content = services.word_draft(request.user, kind=kind, subject=about)
    name = f"{services.kind_of(kind).name}-{text('draft')}.docx"
    return FileResponse(
        BytesIO(content), as_attachment=True, filename=name, content_type=services.WORD_MEDIA_TYPE
    )


@require_POST
@for_roles(*ISSUERS)
def issue(request: HttpRequest) -> HttpResponse:
    """Issue a paper about what it was asked for on another page, and lead to it."""
    asked = read(IssueForm(request.POST))
    subject = services.subject_for(request.user, asked["subject"])
    made = services.issue(request.user, kind=asked["kind"], subject=subject)
    messages.success(request, str(text("Issued as {number}", number=made.number.words)))
    return redirect("document", document_id=made.pk)


@require_POST
@for_roles(*ISSUERS)
def replace(request: HttpRequest, document_id: int) -> HttpResponse:
    """Issue a paper anew in place of one, with a reason."""
    found = queries.document_for(request.user, document_id)
    reason = request.POST.get("reason", "")
    if not reason.strip():
        return _show(request, document_id, lacks="replace")
    asked = read(ReasonForm(request.POST))
    made = services.replace(request.user, found, reason=asked["reason"])
    messages.success(request, str(text("Replaced by {number}", number=made.number.words)))
    return redirect("document", document_id=made.pk)


@require_POST
@for_roles(*ISSUERS)
def withdraw(request: HttpRequest, document_id: int) -> HttpResponse:
    """Withdraw a paper with a reason."""
    found = queries.document_for(request.user, document_id)
    if not request.POST.get("reason", "").strip():
        return _show(request, document_id, lacks="withdraw")
    services.withdraw(request.user, found, reason=read(ReasonForm(request.POST))["reason"])
    messages.success(request, str(text("Withdrawn; whoever verifies it is told so")))
    return redirect("document", document_id=document_id)


@for_roles(*BATCHERS)
def batch(request: HttpRequest) -> HttpResponse:
    """Show how far the papers of all flats of a year, or of one building, are; start what is missing."""
    if request.method == "POST":
        return _start(request)
    asked = read(BatchForm(request.GET or {"kind": "flat_notice"}))
    year = asked["year"] or programme_year(clock.today())
    view = queries.batch_view(request.user, asked["kind"], year, asked["code"])
    context = {"view": view, "years": current_policy().programme.years}
    return render(request, "ui/document_batch.html", context)


@for_roles(*BATCHERS)
def print_file(request: HttpRequest, kind: str, code: str) -> FileResponse:
    """Send the papers of a building's flats as one PDF for printing on both sides."""
    services.kind_of(kind)
    content = queries.print_file(request.user, kind, works.project_for(request.user, code))
    name = f"{services.kind_of(kind).name}-{code}.pdf"
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type="application/pdf")


@for_roles(*ISSUERS)
def numbers(request: HttpRequest) -> HttpResponse:
    """Show how the office numbers its papers, and change it."""
    [office, *_] = services.offices_of(request.user)
    if request.method == "POST":
        asked = read(NumberingForm(request.POST))
        pattern = services.set_pattern(request.user, office, asked["kind"], asked["pattern"])
        messages.success(request, str(text("From now on numbers are written {pattern}", pattern=pattern)))
        return redirect("document-numbers")
    return render(request, "ui/document_numbers.html", {
        "office": office, "rows": queries.numberings(office), "year": clock.today().year,
    })  # fmt: skip


def _show(request: HttpRequest, document_id: int, *, lacks: str = "") -> HttpResponse:
    view = queries.document_view(request.user, document_id)
    context = {"view": view, "lacks": lacks, "back": _back(view)}
    return render(request, "ui/document.html", context, status=422 if lacks else 200)


def _back(view: queries.DocumentView) -> str:
    """Return the address of the page a paper was issued from; empty where there is none."""
    name, key = view.subject_url
    if name == "project":
        return reverse("project", args=[key])
    return reverse(name, args=[int(key)]) if name else ""


def _start(request: HttpRequest) -> HttpResponse:
    asked = read(BatchForm(request.POST))
    year = asked["year"] or programme_year(clock.today())
    job = services.start_batch(request.user, kind=asked["kind"], year=year, code=asked["code"])
    return redirect("job", job_id=job.pk)


def _asked(request: HttpRequest) -> queries.DocumentFilter:
    year, state = request.GET.get("year", ""), request.GET.get("state", "")
    return queries.DocumentFilter(
        kind=request.GET.get("kind", "")[:30], state=state if state in queries.STATES else "",
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
        search=request.GET.get("search", "").strip()[:80],
    )  # fmt: skip


def batch_address(params: Any) -> str:
    """Return the address of the page a batch was started on."""
    return f"{reverse('document-batch')}?{urlencode({key: params[key] for key in ('kind', 'year', 'code')})}"
