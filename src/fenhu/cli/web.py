"""Reach the web product by its management commands, so that the shell never imports it."""

from __future__ import annotations

import os


def manage(command: str, *words: object, **options: object) -> None:
    """Start Django on the product's settings and run one management command."""
    set_up()
    from django.core.management import call_command

    call_command(command, *words, **options)


def set_up() -> None:
    """Load the web product's settings; safe to call again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenhu.web.settings")
    import django

    django.setup()
