"""The portal's files: open data, the plan as a workbook, campaign material, and what robots may read."""

from __future__ import annotations

from io import BytesIO

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from fenhu.web.handing_out import handed_out
from fenhu.web.portal import open_data, queries
from fenhu.web.portal.plan_sheet import write_plan
from fenhu.web.portal.publishing import published
from fenhu.web.portal.views.pages import sieve_of
from fenhu.web.works.queries import published_bulletins, published_material
from fenhu.wording import text

# Everybody may read the portal; its searches and every address behind a sign-in are nothing to list.
_ROBOTS = """User-agent: *
Disallow: /public/search/
Allow: /$
Allow: /public/
Allow: /rewards/*/published/
Allow: /static/
Disallow: /
"""
_ROBOTS_OF_THE_DEMO = "User-agent: *\nDisallow: /\n"


@published
def data_file(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """Send one file of open data in pieces."""
    found = next((one for one in open_data.files() if one.name == name), None)
    if found is None:
        raise Http404
    return _streamed(found)


@published
def plan_csv(request: HttpRequest, year: int) -> StreamingHttpResponse:
    """Send the plan of a year as it is narrowed on the page."""
    return _streamed(open_data.plan_file(_known(year), sieve_of(request)))


@published
def plan_xlsx(request: HttpRequest, year: int) -> FileResponse:
    """Send the plan of a year as it is narrowed on the page, as a workbook."""
    file = BytesIO()
    title = text("Approved plan of {year}", year=str(_known(year)))
    write_plan(
        file, title=str(title), rows=queries.plan_rows(year, sieve_of(request)), synthetic=settings.DEMO
    )
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{title}.xlsx")


@published
def material(request: HttpRequest, material_id: int) -> FileResponse:
    """Hand out a published piece of the campaign's library."""
    found = published_material().filter(pk=material_id).first()
    if found is None:
        raise Http404
    return handed_out(found.file, title=found.title, media_type=found.media_type)


@published
def bulletin_paper(request: HttpRequest, bulletin_id: int) -> FileResponse:
    """Hand out a published bulletin as the PDF of its day."""
    view = queries.bulletin_told(bulletin_id)
    found = published_bulletins().get(pk=bulletin_id)
    return handed_out(found.paper, title=f"{view.title} {view.row.said}", media_type="application/pdf")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what a search engine may list; of an invented city nothing."""
    return HttpResponse(_ROBOTS_OF_THE_DEMO if settings.DEMO else _ROBOTS, content_type="text/plain")


def _known(year: int) -> int:
    if year not in queries.plan_years():
        raise Http404
    return year


def _streamed(file: open_data.DataFile) -> StreamingHttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return StreamingHttpResponse(file.written(), content_type=file.media_type, headers=disposition)
