"""Start Django for the commands that use the web product's database."""

from __future__ import annotations

import os


def set_up() -> None:
    """Load the web product's settings; safe to call again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenhu.web.settings")
    import django

    django.setup()
