"""The portal's pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_safe

from fenhu.web import clock
from fenhu.web.ledger import queries as ledger
from fenhu.web.portal import explaining, open_data, pictures, queries
from fenhu.web.portal.publishing import published
from fenhu.web.portal.queries import Sieve
from fenhu.web.rules import current_policy

LONGEST_WORDS = 80


@published
def front(request: HttpRequest) -> HttpResponse:
    """Show the search field, the sentence of the year, and how far the city is."""
    view = queries.front_view()
    return render(request, "portal/front.html", {
        "view": view, "by_year": pictures.by_year(view), "by_district": pictures.by_district(view),
        "by_supplier": pictures.by_supplier(view),
    })  # fmt: skip


@published
def search(request: HttpRequest) -> HttpResponse:
    """Show the buildings that fit what was typed, or whom to call."""
    view = queries.search_view(request.GET.get("q", "")[:LONGEST_WORDS])
    return render(request, "portal/search.html", {"view": view, "hotline": settings.HOTLINE})


@published
def building(request: HttpRequest, code: str) -> HttpResponse:
    """Show one building: its way, who leads and who answers, how it was accepted, what it was paid."""
    view = queries.building_view(code)
    contacts = [one for one in queries.contacts() if one.supplier == view.row.supplier]
    return render(request, "portal/building.html", {
        "view": view, "contact": contacts[0] if contacts else None, "hotline": settings.HOTLINE,
        "document": current_policy().document,
    })  # fmt: skip


@published
def picture(request: HttpRequest, code: str) -> HttpResponse:
    """Send a building from the front, as a picture of its own that a slow line may fetch later."""
    return HttpResponse(pictures.building_svg(code), content_type="image/svg+xml")


@published
def plan(request: HttpRequest, year: int) -> HttpResponse:
    """Show the approved plan of a year."""
    return render(request, "portal/plan.html", {
        "view": queries.plan_view(year, sieve_of(request), page_of(request)),
    })  # fmt: skip


@published
def acceptance(request: HttpRequest) -> HttpResponse:
    """Show the accepted buildings and their results."""
    return render(request, "portal/acceptance.html", {
        "view": queries.acceptance_page(sieve_of(request), page_of(request)),
    })  # fmt: skip


@published
def rewards(request: HttpRequest) -> HttpResponse:
    """Show the reward allocations that were published."""
    rows = ledger.published_rewards()
    return render(request, "portal/rewards.html", {
        "rows": rows, "buildings": sum(one.buildings for one in rows),
        "total_fen": sum(one.total_fen for one in rows),
    })  # fmt: skip


@published
def reward(request: HttpRequest, reward_id: int) -> HttpResponse:
    """Show a reward allocation that was published, building by building."""
    found = ledger.published_reward(reward_id, page=page_of(request))
    if found is None:
        raise Http404
    return render(request, "portal/reward.html", {"view": found})


@published
def commendations(request: HttpRequest) -> HttpResponse:
    """Show who was commended, as far as the policy lets it be published."""
    return render(request, "portal/commendations.html", {"view": queries.praise_view(page_of(request))})


@published
def bulletins(request: HttpRequest) -> HttpResponse:
    """Show the bulletins the city made public."""
    return render(request, "portal/bulletins.html", {"rows": queries.bulletin_list()})


@published
def bulletin(request: HttpRequest, bulletin_id: int) -> HttpResponse:
    """Show one bulletin as it was on its day."""
    return render(request, "portal/bulletin.html", {"view": queries.bulletin_told(bulletin_id)})


@published
def policy(request: HttpRequest) -> HttpResponse:
    """Answer residents' questions from the policy's data."""
    rules = current_policy()
    questions = explaining.explained(rules, clock.today())
    assumed = sum(answer.reason is not None for one in questions for answer in one.answers)
    return render(
        request, "portal/policy.html", {"policy": rules, "questions": questions, "assumed": assumed}
    )


@published
def campaign(request: HttpRequest) -> HttpResponse:
    """Show the published material and activities."""
    return render(request, "portal/campaign.html", {"view": queries.campaign_view()})


@published
def data(request: HttpRequest) -> HttpResponse:
    """Describe the open data: files, columns, licence."""
    return render(request, "portal/data.html", {
        "files": open_data.files(), "licence": settings.DATA_LICENCE,
    })  # fmt: skip


@login_not_required
@require_safe
def language(request: HttpRequest) -> HttpResponse:
    """Speak the language asked for from now on and go back to the page; a link, so that pages stay plain."""
    back = request.GET.get("next", "/")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back)
    asked = request.GET.get("to", "")
    if asked in dict(settings.LANGUAGES) and check_for_language(asked):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, asked, samesite="Lax", secure=settings.HTTPS)
    return response


def sieve_of(request: HttpRequest) -> Sieve:
    """Return what a list is narrowed by, as the address says."""
    return Sieve(district=request.GET.get("district", ""), supplier=request.GET.get("supplier", ""))


def page_of(request: HttpRequest) -> int:
    """Return the page of a list that the address asks for."""
    asked = request.GET.get("page", "")
    return int(asked) if asked.isdecimal() and len(asked) < 7 else 1
