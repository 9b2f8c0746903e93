"""What makes a view public: no sign-in asked, and an answer that is never shown longer than it is true."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

import fenhu
from fenhu.web import clock
from fenhu.web.journal.queries import version
from fenhu.web.rules import current_policy

View = Callable[..., HttpResponseBase]


def published(view: View) -> View:
    """Let everybody see ``view``; whoever has it already asks again, and is told in one line if it holds.

    The mark is the journal's: whatever is decided, published or taken back writes an entry, so nothing
    undecided and nothing withdrawn is ever shown from a store.
    """
    conditional = condition(etag_func=_mark, last_modified_func=_changed)(view)

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = conditional(request, *args, **kwargs)
        patch_cache_control(response, no_cache=True)
        patch_vary_headers(response, ("Cookie", "Accept-Language"))
        return response

    return login_not_required(require_safe(shown))


def _mark(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    number, _ = version()
    reader = getattr(request.user, "pk", None)
    parts = (number, clock.today(), get_language(), reader, settings.DEMO, settings.HOTLINE,
             settings.DATA_LICENCE, current_policy().digest, fenhu.__version__)  # fmt: skip
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'


def _changed(request: HttpRequest, *args: Any, **kwargs: Any) -> datetime | None:
    return version()[1]
