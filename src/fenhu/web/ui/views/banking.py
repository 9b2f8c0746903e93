"""Statements of banks and counters, measured quantities, and the payments that wait to be assigned."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fenhu import papers
from fenhu.errors import UnknownItem
from fenhu.programme import Role
from fenhu.records import Payer, Severity
from fenhu.web.access.gates import for_roles, has_role
from fenhu.web.ledger import queries, services
from fenhu.web.ui import money_papers
from fenhu.web.ui.forms import read
from fenhu.web.ui.money_forms import AssignForm, FileForm, NoteForm
from fenhu.web.ui.navigation import COLLECTORS
from fenhu.web.ui.views.money import attachment
from fenhu.web.uploads import MOST_NAME, SUFFIXES, Kind, judge
from fenhu.wording import text

# How a file is called whose own name says nothing.
USUAL = {Kind.TEXT: ".csv", Kind.WORKBOOK: ".xlsx"}


@for_roles(*COLLECTORS)
def bank(request: HttpRequest) -> HttpResponse:
    """Show the statements taken in, and the payments that wait."""
    return _show(request)


@for_roles(*COLLECTORS)
def bank_template(request: HttpRequest) -> FileResponse:
    """Send the template of a statement."""
    content = money_papers.template(papers.statement_template_xlsx)
    return attachment(content, f"{text('Payments')}.xlsx")


@require_POST
@for_roles(Role.HEAT_SUPPLIER)
def bank_take(request: HttpRequest) -> HttpResponse:
    """Take a statement in, all of it; with a fault, none of it."""
    with uploaded(request) as (path, name):
        taken = services.take_in(request.user, path, name=name)
    if taken.file is None:
        return _show(request, findings=taken.findings, status=422)
    messages.success(request, str(text(
        "{matched} payments are booked, {unmatched} wait to be assigned, {known} were booked before",
        matched=taken.matched, unmatched=taken.unmatched, known=taken.known,
    )))  # fmt: skip
    return redirect("bank")


@require_POST
@for_roles(Role.HEAT_SUPPLIER)
def bank_line(request: HttpRequest, line_id: int, verb: str) -> HttpResponse:
    """Assign a waiting payment to whom it is for, or give it back."""
    line = queries.bank_line_for(request.user, line_id)
    if verb == "assign":
        asked = read(AssignForm(request.POST))
        project = queries.project_for_money(request.user, asked["building"])
        made = services.assign(
            request.user, line, project.building, payer=Payer(asked["payer"]),
            flat=queries.flat_of(project.building, asked["flat"]),
        )  # fmt: skip
        messages.success(request, str(text("Receipt {number} is written", number=made.number)))
    elif verb == "return":
        services.give_back(request.user, line, note=read(NoteForm(request.POST))["note"])
        messages.success(request, str(text("The payment is given back")))
    else:
        raise UnknownItem(text("There is nothing called {verb} to do with a payment", verb=verb))
    return redirect("bank")


@for_roles(*COLLECTORS)
def opening_template(request: HttpRequest) -> FileResponse:
    """Send the template of balances of older books."""
    content = money_papers.template(papers.opening_template_xlsx)
    return attachment(content, f"{text('Balances of older books')}.xlsx")


@require_POST
@for_roles(Role.HEAT_SUPPLIER)
def opening_take(request: HttpRequest) -> HttpResponse:
    """Bring balances of older books in, all of a file or none of it."""
    with uploaded(request) as (path, _):
        count, findings = services.bring_in(request.user, path)
    if any(one.severity is Severity.ERROR for one in findings):
        return _show(request, opening_findings=findings, status=422)
    messages.success(request, str(text("{count} balances are brought in", count=count)))
    return redirect("bank")


@for_roles(Role.HEAT_SUPPLIER)
def measured_template(request: HttpRequest, code: str) -> FileResponse:
    """Send a building's contract bill with an empty column for what was measured."""
    bill = queries.bill_for(request.user, code)
    lines = queries.contracted_lines(bill)
    content = money_papers.template(
        lambda path: papers.measured_template_xlsx(lines, path, synthetic=bill.building.synthetic)
    )
    return attachment(content, f"{code}-{text('measured quantities')}.xlsx")


@require_POST
@for_roles(Role.HEAT_SUPPLIER)
def measured_take(request: HttpRequest, code: str) -> HttpResponse:
    """Settle a building's bill by a filled-in template."""
    project = queries.project_for_money(request.user, code)
    with uploaded(request) as (path, _):
        found = services.settle_by_file(request.user, project, path)
    if found:
        return render(request, "ui/measured_faults.html", {"code": code, "findings": found}, status=422)
    messages.success(request, str(text("The bill is settled by what was built")))
    return redirect("building-money", code=code)


@contextmanager
def uploaded(request: HttpRequest) -> Iterator[tuple[Path, str]]:
    """Yield where an uploaded file lies while it is read, and what it was called."""
    upload = read(FileForm(request.POST, request.FILES))["file"]
    kind = judge(upload, (Kind.WORKBOOK, Kind.TEXT), most_bytes=settings.MAX_UPLOAD_BYTES)
    with tempfile.TemporaryDirectory() as folder:
        suffix = Path(upload.name).suffix.lower()
        path = Path(folder) / f"upload{suffix if suffix in SUFFIXES else USUAL[kind]}"
        path.write_bytes(b"".join(upload.chunks()))
        yield path, upload.name[-MOST_NAME:]


def _show(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "desk": queries.bank_desk(request.user), "collected": services.COLLECTED,
        "may_take": has_role(request.user, Role.HEAT_SUPPLIER), **more,
    }  # fmt: skip
    return render(request, "ui/bank.html", context, status=status)
