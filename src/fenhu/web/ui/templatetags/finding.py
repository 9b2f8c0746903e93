"""Where things that were found are shown."""

from __future__ import annotations

from django import template

from fenhu.web.ui import finding

register = template.Library()
register.filter("found_at", finding.address)
