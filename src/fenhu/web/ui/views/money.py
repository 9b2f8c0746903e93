"""Money: the desk, purses, statements, receipts, arrears, and the money of one building."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fenhu.errors import UnknownItem
from fenhu.programme import Role
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.access.gates import for_roles
from fenhu.web.ledger import queries, services
from fenhu.web.rules import current_policy, programme_year
from fenhu.web.terms.receipts import receipt_paper
from fenhu.web.ui import money_papers, money_pictures
from fenhu.web.ui.forms import read
from fenhu.web.ui.money_forms import BudgetForm, CloseForm, NoteForm, PaymentForm, QuantityForm, ReleaseForm
from fenhu.web.ui.navigation import MONEY_READERS
from fenhu.web.works import queries as works_queries
from fenhu.wording import Text, text


@for_roles(*MONEY_READERS)
def money(request: HttpRequest) -> HttpResponse:
    """Show what is owed and paid by whom, and what the purses of a year still hold."""
    desk = queries.money_desk(request.user, _year(request))
    return render(request, "ui/money.html", {"desk": desk, "picture": money_pictures.who_paid(desk.payers)})


@for_roles(*MONEY_READERS)
def purse(request: HttpRequest, purse_id: int) -> HttpResponse:
    """Show a purse with its movements."""
    view = queries.purse_view(request.user, purse_id)
    ends = current_policy().calendar.completion_deadline(view.row.year)
    picture = money_pictures.purse_year(view, clock.today(), ends)
    return render(request, "ui/purse.html", {"view": view, "picture": picture})


@require_POST
@for_roles(*MONEY_READERS)
def purse_act(request: HttpRequest, purse_id: int, verb: str) -> HttpResponse:
    """Enter a purse's budget, or let what is left of a past year lapse."""
    found = queries.purse_for_office(request.user, purse_id)
    if verb == "budget":
        services.set_budget(request.user, found, amount_fen=read(BudgetForm(request.POST))["yuan"])
        messages.success(request, str(text("The budget is entered")))
    elif verb == "lapse":
        fen = services.let_lapse(request.user, found)
        messages.success(request, str(text("{yuan} yuan lapsed", yuan=f"{fen / 100:,.2f}")))
    else:
        raise UnknownItem(text("There is nothing called {verb} to do with a purse", verb=verb))
    return redirect("purse", purse_id=purse_id)


@for_roles(*MONEY_READERS, Role.HOUSEHOLD)
def statement(request: HttpRequest, account_id: int) -> HttpResponse:
    """Show one page of an account, the newest unless the address names another."""
    page = request.GET.get("page", "")
    found = queries.statement(request.user, account_id, int(page) if page.isdecimal() else None)
    return render(request, "ui/statement.html", {"found": found})


@for_roles(*MONEY_READERS, Role.HOUSEHOLD)
def statement_export(request: HttpRequest, account_id: int, kind: str) -> FileResponse:
    """Send the whole of an account as a workbook or a PDF."""
    rows = queries.statement_rows(request.user, account_id)
    found = queries.statement(request.user, account_id)
    content = money_papers.statement(found, rows, pdf=kind == "pdf")
    return attachment(content, f"{text('Statement')}-{account_id}.{kind}")


@for_roles(*MONEY_READERS, Role.HOUSEHOLD)
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Show a receipt, ready to print."""
    return render(request, "ui/receipt.html", {"view": queries.receipt_view(request.user, number)})


@for_roles(*MONEY_READERS, Role.HOUSEHOLD)
def receipt_pdf(request: HttpRequest, number: str) -> FileResponse:
    """Send a receipt as a paper."""
    view = queries.receipt_view(request.user, number)
    return attachment(receipt_paper(view), f"{number}.pdf")


@require_POST
@for_roles(Role.HEAT_SUPPLIER)
def receipt_void(request: HttpRequest, number: str) -> HttpResponse:
    """Take back a payment that was recorded wrongly."""
    found = queries.receipt_for(request.user, number)
    services.void(request.user, found, note=read(NoteForm(request.POST))["note"])
    messages.success(request, str(text("The payment is taken back; the receipt is void")))
    return redirect("receipt", number=number)


@for_roles(*MONEY_READERS)
def collected(request: HttpRequest) -> HttpResponse:
    """Show a year's statement: of all suppliers, of one, or of one building."""
    return render(request, "ui/collected.html", {"found": _collected(request)})


@for_roles(*MONEY_READERS)
def collected_export(request: HttpRequest, kind: str) -> FileResponse:
    """Send a year's statement as a workbook or a PDF."""
    found = _collected(request)
    content = money_papers.collected(found, pdf=kind == "pdf")
    return attachment(content, f"{text('Statement')}-{found.code or found.supplier}{found.year}.{kind}")


def _collected(request: HttpRequest) -> queries.Collected:
    asked = {key: request.GET.get(key, "") for key in ("supplier", "code")}
    return queries.collected(request.user, _year(request), **asked)


@for_roles(*MONEY_READERS)
def arrears(request: HttpRequest) -> HttpResponse:
    """Show who is late."""
    asked = _arrears_asked(request)
    found = queries.arrears_page(request.user, payer=asked["payer"], district=asked["district"])
    return render(request, "ui/arrears.html", {
        "found": found, **asked, "picture": money_pictures.where_overdue(found), "payers": list(Payer),
        "districts": queries.districts_of_money(request.user),
    })  # fmt: skip


@for_roles(*MONEY_READERS)
def arrears_export(request: HttpRequest) -> FileResponse:
    """Send everybody who is late as a workbook."""
    asked = _arrears_asked(request)
    found = queries.arrears_page(request.user, payer=asked["payer"], district=asked["district"], limit=None)
    return attachment(money_papers.arrears(found.rows, synthetic=settings.DEMO), f"{text('Arrears')}.xlsx")


@require_POST
@for_roles(Role.FINANCE)
def close_books(request: HttpRequest) -> HttpResponse:
    """Close the books up to a day, or open them again down to it."""
    until = read(CloseForm(request.POST))["until"]
    services.lock_books(request.user, until)
    messages.success(request, str(text("The books are closed up to {day}", day=until.isoformat())))
    return redirect("money")


@for_roles(*MONEY_READERS)
def building_money(request: HttpRequest, code: str) -> HttpResponse:
    """Show the money of a building: its bill, who owes and has paid what."""
    view = queries.building_money(request.user, code)
    context: dict[str, Any] = {"view": view, "ways": services.WAYS, "collected": services.COLLECTED}
    if view.bill is not None:
        lines, shares = queries.bill_of(view.bill)
        groups = works_queries.bill_groups(lines, shares)
        context |= {
            "groups": groups,
            "picture": money_pictures.who_pays(groups, code),
            "cost_fen": sum(line.cost_fen for line in lines),
            "contracted": queries.contracted_quantities(view.bill),
        }
    return render(request, "ui/building_money.html", context)


@require_POST
@for_roles(Role.HEAT_SUPPLIER, Role.FINANCE)
def building_money_act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Do something with the money of a building."""
    if verb not in VERBS:
        raise UnknownItem(text("There is nothing called {verb} to do with a building's money", verb=verb))
    messages.success(request, str(VERBS[verb](request, code)))
    return redirect("building-money", code=code)


def _pay(request: HttpRequest, code: str) -> Text:
    asked = read(PaymentForm(request.POST))
    project = queries.project_for_money(request.user, code)
    made = services.receive(
        request.user, project.building, payer=Payer(asked["payer"]), fen=asked["yuan"], way=asked["way"],
        flat=queries.flat_of(project.building, asked["flat"]), on=asked["on"], reference=asked["reference"],
    )  # fmt: skip
    return text("Receipt {number} is written", number=made.number)


def _refund(request: HttpRequest, code: str) -> Text:
    asked = read(PaymentForm(request.POST))
    project = queries.project_for_money(request.user, code)
    services.refund(
        request.user, project.building, payer=Payer(asked["payer"]), fen=asked["yuan"], on=asked["on"],
        flat=queries.flat_of(project.building, asked["flat"]), reference=asked["reference"],
    )  # fmt: skip
    return text("The refund is recorded")


def _release(request: HttpRequest, code: str) -> Text:
    asked = read(ReleaseForm(request.POST))
    project = queries.project_for_money(request.user, code)
    made = services.release_grant(
        request.user,
        project.building,
        project,
        fen=asked["yuan"],
        on=asked["on"],
        reference=asked["reference"],
    )
    return text("Receipt {number} is written", number=made.number)


def _settle(request: HttpRequest, code: str) -> Text:
    asked = read(QuantityForm(request.POST))
    project = queries.project_for_money(request.user, code)
    services.settle(request.user, project, {asked["line"]: asked["quantity"]})
    return text("Line {line} is settled by what was built", line=asked["line"])


def _bill(request: HttpRequest, code: str) -> Text:
    services.bill_now(request.user, queries.project_for_money(request.user, code))
    return text("The bill is drawn up")


VERBS: Mapping[str, Callable[[HttpRequest, str], Text]] = {
    "pay": _pay, "refund": _refund, "settle": _settle, "bill": _bill, "release": _release,
}  # fmt: skip


def attachment(content: bytes, name: str) -> FileResponse:
    """Return a file to download; its kind follows from its name."""
    return FileResponse(BytesIO(content), as_attachment=True, filename=name)


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 else programme_year(clock.today())


def _arrears_asked(request: HttpRequest) -> dict[str, str]:
    payer = request.GET.get("payer", "")
    return {"payer": payer if payer in list(Payer) else "", "district": request.GET.get("district", "")}
