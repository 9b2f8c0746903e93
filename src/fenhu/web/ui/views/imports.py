"""Importing a register: template, file, findings, preview, decision."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from fenhu.errors import InputFault
from fenhu.register import write_template
from fenhu.web.access.gates import for_roles
from fenhu.web.exchange import queries, services
from fenhu.web.jobs import queries as job_queries
from fenhu.web.jobs import services as jobs
from fenhu.web.ui.navigation import IMPORTERS
from fenhu.web.ui.requests import PageRequest
from fenhu.web.ui.sheets import findings_xlsx
from fenhu.web.ui.views.documents import batch_address
from fenhu.wording import text


class FileForm(forms.Form):
    """The file to import."""

    file = forms.FileField(
        error_messages={
            "required": _("Choose a file first"),
            "empty": _("The file is empty; choose the workbook again"),
        }
    )


@for_roles(*IMPORTERS)
def start(request: HttpRequest) -> HttpResponse:
    """Show how to import and the latest uploads; take a file and lead to its check."""
    if request.method != "POST":
        return _start_page(request)
    asked = FileForm(request.POST, request.FILES)
    if not asked.is_valid():
        return _start_page(request, error=str(asked.errors["file"][0]))
    try:
        job_id = _receive(request, asked.cleaned_data["file"])
    except InputFault as fault:
        return _start_page(request, error=str(fault))
    return redirect("job", job_id=job_id)


@transaction.atomic
def _receive(request: HttpRequest, file: UploadedFile) -> int:
    """Keep a file and start its check; return the number of the work."""
    upload = services.receive(file, request.user)
    return jobs.start(kind="stage-upload", actor=request.user, params={"upload": upload.pk}).pk


def _start_page(request: HttpRequest, *, error: str = "") -> HttpResponse:
    context = {"error": error, "uploads": queries.uploads(request.user)}
    return render(request, "ui/import.html", context, status=422 if error else 200)


@for_roles(*IMPORTERS)
def template(request: HttpRequest) -> FileResponse:
    """Send the empty workbook to fill in."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path)
        content = BytesIO(path.read_bytes())
    return FileResponse(content, as_attachment=True, filename="分户供暖楼栋登记表.xlsx")


@for_roles(*IMPORTERS)
def upload(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Show what was found in a file and what importing it would change."""
    page = request.GET.get("page", "")
    view = queries.upload_view(
        request.user,
        upload_id,
        sheet=request.GET.get("sheet", ""),
        action=request.GET.get("action", ""),
        page=int(page) if page.isdecimal() else 1,
    )
    check, diagnosis = (
        job_queries.newest_of(kind, {"upload": upload_id}, user=request.user)
        for kind in ("stage-upload", "diagnosis")
    )
    return render(request, "ui/upload.html", {"view": view, "check": check, "diagnosis": diagnosis})


@for_roles(*IMPORTERS)
def findings(request: HttpRequest, upload_id: int) -> FileResponse:
    """Send what was found in a file as a workbook, to correct it by."""
    view = queries.upload_view(request.user, upload_id)
    file = BytesIO()
    findings_xlsx(view.findings, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="核对结果.xlsx")


@require_POST
@for_roles(*IMPORTERS)
def apply(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Import a checked file in the background."""
    found = queries.upload_for(request.user, upload_id)
    job = jobs.start(kind="apply-upload", actor=request.user, params={"upload": found.pk})
    return redirect("job", job_id=job.pk)


@require_POST
@for_roles(*IMPORTERS)
def discard(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Put a checked file aside."""
    services.discard(queries.upload_for(request.user, upload_id), request.user)
    messages.success(request, str(text("The file was put aside; nothing was changed")))
    return redirect("import")


def job(request: PageRequest, job_id: int) -> HttpResponse:
    """Show how far long work is; done, lead to its result."""
    view = job_queries.job_view(request.user, job_id)
    address = _result_address(view)
    if address and request.htmx:
        response = HttpResponse()
        response["HX-Redirect"] = address
        return response
    if address:
        return redirect(address)
    return render(request, "ui/jobs/progress.html" if request.htmx else "ui/job.html", {"view": view})


def _result_address(view: job_queries.JobView) -> str:
    """Return where a finished job's result stands; empty while it runs, or where there is none."""
    if view.state != "done":
        return ""
    if "scenario" in view.params:
        return reverse("scenario", kwargs={"scenario_id": view.params["scenario"]})
    if "replan" in view.params:
        return reverse("replan", kwargs={"replan_id": view.params["replan"]})
    if "risk" in view.params:
        return reverse("risk")
    if "upload" in view.params:
        return reverse("upload", kwargs={"upload_id": view.params["upload"]})
    if view.kind == "documents":
        return batch_address(view.params)
    if view.kind == "why":
        return reverse("building-why", kwargs={"code": view.params["code"]})
    if view.kind == "limits":
        return reverse("plan-limits")
    return reverse("plan" if view.kind == "study" else "front")


@require_POST
def cancel(request: HttpRequest, job_id: int) -> HttpResponse:
    """Ask long work to stop."""
    jobs.cancel(job_queries.job_for(request.user, job_id), request.user)
    return redirect("job", job_id=job_id)


@require_POST
def go_on(request: HttpRequest, job_id: int) -> HttpResponse:
    """Start work that failed or was stopped again; it does what is left, or begins anew."""
    jobs.start_again(job_queries.job_for(request.user, job_id), request.user)
    return redirect("job", job_id=job_id)
