"""One address that tries many names: the limit a name has by itself does not stop it."""

from __future__ import annotations

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

from fenhu.web.proxies import address_of

# An office of a hundred behind one address mistypes less often than this within a quarter of an hour.
MOST_FAILURES = 60


def tries_many_names(request: HttpRequest) -> bool:
    """Return whether too many passwords came wrong from this address of late, whatever the names."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    tried = AccessAttempt.objects.filter(ip_address=address_of(request) or None, attempt_time__gte=since)
    return (tried.aggregate(sum=Sum("failures_since_start"))["sum"] or 0) >= MOST_FAILURES
