"""An office's own templates: listed, downloaded, uploaded, looked at, put in force, taken back."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fenhu.errors import InputFault
from fenhu.web.access.gates import for_roles
from fenhu.web.documents import queries, services
from fenhu.web.ui.document_forms import TemplateForm
from fenhu.web.ui.forms import read
from fenhu.web.ui.navigation import ISSUERS
from fenhu.wording import text

PACKAGED = 0


@for_roles(*ISSUERS)
def templates(request: HttpRequest) -> HttpResponse:
    """Show every paper's template and which version of it is in force."""
    office = _office(request)
    return render(request, "ui/document_templates.html", {
        "office": office, "rows": queries.template_desk(office),
    })  # fmt: skip


@for_roles(*ISSUERS)
def template(request: HttpRequest, name: str) -> HttpResponse:
    """Show one template with its versions; take a new one, and say where it is wrong."""
    if request.method != "POST":
        return _show(request, name)
    asked = read(TemplateForm(request.POST, request.FILES))
    try:
        kept = services.upload_template(request.user, _office(request), name, asked["file"])
    except InputFault as fault:
        return _show(request, name, fault=fault)
    said = text("Version {version} is kept; look at it, then put it in force", version=kept.version)
    messages.success(request, str(said))
    return redirect("document-template", name=name)


@for_roles(*ISSUERS)
def content(request: HttpRequest, name: str, version: int) -> FileResponse:
    """Send a version of a template as a file, 0: the packaged one."""
    made = queries.template_content(_office(request), name, version or None)
    plain = "text/plain; charset=utf-8"
    return FileResponse(BytesIO(made), as_attachment=True, filename=name, content_type=plain)


@for_roles(*ISSUERS)
def preview(request: HttpRequest, name: str, version: int) -> FileResponse:
    """Send a paper of sample values by a version of a template."""
    made = queries.template_preview(_office(request), name, version or None)
    return FileResponse(BytesIO(made), filename=f"{name}.pdf", content_type="application/pdf")


@for_roles(*ISSUERS)
def picture(request: HttpRequest, name: str, version: int, page: int) -> HttpResponse:
    """Send one page of the preview as a picture."""
    made = queries.template_picture(_office(request), name, version or None, page)
    if made is None:
        raise Http404
    return HttpResponse(made, content_type="image/png")


@require_POST
@for_roles(*ISSUERS)
def choose(request: HttpRequest, name: str, version: int) -> HttpResponse:
    """Put a version in force, 0: the packaged one again."""
    services.choose_template(request.user, _office(request), name, version or None)
    said = text("The packaged template is in force") if version == PACKAGED else text(
        "Version {version} is in force; papers issued before stay as they are", version=version
    )  # fmt: skip
    messages.success(request, str(said))
    return redirect("document-template", name=name)


def _office(request: HttpRequest) -> Any:
    [office, *_] = services.offices_of(request.user)
    return office


def _show(request: HttpRequest, name: str, *, fault: InputFault | None = None) -> HttpResponse:
    office = _office(request)
    view = queries.template_view(office, name)
    if view is None:
        raise Http404
    shown = request.GET.get("version", "")
    version = int(shown) if shown.isdecimal() else view.newest
    context = {
        "office": office, "view": view, "fault": fault, "version": version,
        "pages": range(queries.template_pages(office, name, version or None)),
    }  # fmt: skip
    return render(request, "ui/document_template.html", context, status=422 if fault else 200)
