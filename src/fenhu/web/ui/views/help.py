"""The documentation within the product: where every question mark leads."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from fenhu.web.ui.manual import HOME, manual_page


@login_not_required
def help_page(request: HttpRequest, name: str = HOME) -> HttpResponse:
    """Show a page of the documentation in the reader's language."""
    language = get_language() or ""
    return render(request, "ui/help.html", {"page": manual_page(name, language), "language": language})
