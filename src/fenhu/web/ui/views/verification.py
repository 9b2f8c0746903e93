"""Anybody verifies an issued paper by its code: no login, nothing written, nothing personal."""

from __future__ import annotations

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fenhu.web.documents import queries
from fenhu.web.ui.document_forms import CompareForm, VerifyForm
from fenhu.web.ui.slowing_down import WITHIN_S, asked_too_often, missed

MOST_BYTES = 50 * 1024 * 1024
_HEX = frozenset("0123456789abcdef")


@login_not_required
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for the number and the code of a paper, and lead to what is known of it."""
    if request.method != "POST":
        return render(request, "ui/verify_ask.html", {})
    form = VerifyForm(request.POST)
    number, code = request.POST.get("number", "")[:80], request.POST.get("code", "")[:40]
    found = queries.public_document_of(number, code) if form.is_valid() else None
    if found is None:
        context = {"number": number, "code": code, "wrong": True}
        return _unknown(request, render(request, "ui/verify_ask.html", context, status=422))
    return redirect("verification", code=found.verify_code)


@login_not_required
def verification(request: HttpRequest, code: str) -> HttpResponse:
    """Show whether the paper with a code is valid; compare what somebody holds with it, keeping nothing."""
    found = queries.public_document(code)
    if found is None:
        return _unknown(request, render(request, "ui/verify_unknown.html", {}, status=404))
    held = _digest_of(request) if request.method == "POST" else None
    context = {
        "found": found, "compared": held is not None, "same": held == found.digest, "unreadable": held == "",
    }  # fmt: skip
    return render(request, "ui/verify.html", context, status=422 if held == "" else 200)


def _digest_of(request: HttpRequest) -> str:
    """Return the digest of what was sent, empty where nothing that can be compared was."""
    form = CompareForm(request.POST, request.FILES)
    if not form.is_valid():
        return ""
    file = form.cleaned_data["file"]
    if file is None:
        typed = "".join(form.cleaned_data["digest"].split()).lower()
        return typed if len(typed) == 64 and set(typed) <= _HEX else ""
    if not file.size or file.size > MOST_BYTES:
        return ""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _unknown(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Return the answer to an unknown code; to the one who sent too many, that he has to wait."""
    if not asked_too_often(request):
        missed(request)
        return answer
    slow = render(request, "ui/verify_slow.html", {}, status=429)
    slow["Retry-After"] = str(WITHIN_S)
    return slow
