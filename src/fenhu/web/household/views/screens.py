"""The screens of a flat's page, one action each: what each shows, and what it does with what is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers

from fenhu.errors import FenhuError
from fenhu.web import clock
from fenhu.web.asked import read
from fenhu.web.documents import queries as documents
from fenhu.web.household import services
from fenhu.web.household.doors import Door
from fenhu.web.household.entering import DIGITS
from fenhu.web.household.forms import AnswerForm, ComplaintForm, DigitsForm, RoomForm, SignForm
from fenhu.web.household.pages import FlatPage, flat_page
from fenhu.web.household.pictures import pictures_of
from fenhu.web.household.views.photos import sent
from fenhu.wording import Text, text

Act = Callable[[HttpRequest, Door], Text]


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: its template, what it does with what is sent, whether it asks for proof."""

    template: str
    act: Act | None = None
    own: bool = False


def _answer(request: HttpRequest, door: Door) -> Text:
    asked = read(AnswerForm(request.POST))
    services.answer(door, **asked)
    if asked["agrees"]:
        return text("Thank you. You agreed; your answer is kept with the text you read")
    return text("Your answer is kept. You may change it until your contract is signed")


def _sign(request: HttpRequest, door: Door) -> Text:
    services.sign(door, **read(SignForm(request.POST)))
    return text("Signed. Your heat supplier gives the contract its number; you will find it here")


def _complain(request: HttpRequest, door: Door) -> Text:
    asked = read(ComplaintForm(request.POST, request.FILES))
    photo = asked["photo"]
    services.complain(
        door, title=asked["title"], account=asked["account"], photo=photo.file if photo else None,
    )  # fmt: skip
    return text("Your complaint is with your heat supplier. The answer will stand here")


def _report(request: HttpRequest, door: Door) -> Text:
    report = services.report_room(door, **read(RoomForm(request.POST)))
    if report.state == "waiting":
        return text("Thank you. That is cold: your heat supplier sees it and answers here")
    return text("Thank you. Your heat supplier sees it")


SCREENS: Mapping[str, Screen] = {
    "flat": Screen("household/loop.html"),
    "report": Screen("household/report.html", _report, own=True),
    "money": Screen("household/money.html"),
    "bills": Screen("household/bills.html"),
    "consent": Screen("household/consent.html", _answer, own=True),
    "contract": Screen("household/contract.html", _sign, own=True),
    "complaint": Screen("household/complaint.html", _complain, own=True),
    "papers": Screen("household/my_papers.html", own=True),
    "people": Screen("household/people.html"),
}


def show_home(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the first screen of a flat's page."""
    return _shown(request, door, "household/home.html")


def show(request: HttpRequest, door: Door, name: str) -> HttpResponse:
    """Show one screen of a flat's page, or do what is sent to it.

    Raises
    ------
    django.http.Http404
        If there is no such screen.
    """
    screen = SCREENS.get(name)
    if screen is None:
        raise Http404
    if screen.own and not door.proved:
        return _digits(request, door, name)
    if request.method != "POST" or screen.act is None:
        return _shown(request, door, screen.template, name)
    try:
        said = screen.act(request, door)
    except FenhuError as fault:
        return _shown(request, door, screen.template, name, fault=fault, status=422)
    messages.success(request, str(said))
    return redirect(door.at(name))


def photo(door: Door, photo_id: int) -> FileResponse:
    """Send one of the flat's own photographs.

    Raises
    ------
    django.http.Http404
        If it is not the flat's, or the household has not proved itself.
    """
    own = {one.pk: one for one in flat_page(door).photos}
    if photo_id not in own:
        raise Http404
    return sent(own[photo_id])


def _digits(request: HttpRequest, door: Door, name: str) -> HttpResponse:
    """Ask for the last four digits, and let the household in."""
    tried = None
    if request.method == "POST" and "digits" in request.POST:
        assert door.link is not None
        tried = services.try_digits(door.link, read(DigitsForm(request.POST))["digits"])
        if tried is services.Tried.RIGHT:
            response = redirect(door.at(name))
            door.let_in(response)
            return response
    status = 200 if tried is None else 422
    return _shown(request, door, "household/digits.html", name, tried=tried, digits=DIGITS, status=status)


def _shown(
    request: HttpRequest, door: Door, template: str, name: str = "", *, status: int = 200, **more: object
) -> HttpResponse:
    page = flat_page(door)
    response = render(request, template, {
        "door": door, "page": page, "home": page.home, "screen": name, "today": clock.today(),
        "at": {one: door.at(one) for one in SCREENS}, "home_at": door.at(), "asked": request.POST,
        "pictures": pictures_of(page), "read": _digest_of(page, name),
        "papers": documents.papers_of_flat(door.flat) if door.proved else (), **more,
    }, status=status)  # fmt: skip
    if door.link is not None and door.proved:
        door.let_in(response)
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response


def _digest_of(page: FlatPage, name: str) -> str:
    """Return what binds an answer to the text that is on the screen."""
    shown = {"consent": page.consent, "contract": page.contract}.get(name)
    return shown.digest if shown else ""
