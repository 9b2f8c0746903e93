"""Builds the cast's city into the database of the environment and says how to sign in to it, as JSON.

Run as a program of its own, beside no server: what it prints is all an attacker from outside needs to know.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime

import django


def main() -> None:
    """Print the addresses, what is posted to them, and everybody's session."""
    django.setup()
    from django.conf import settings

    from fenhu.web.serving import migrate

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    migrate()
    from tests.web.access.walk import City, a_token_of
    from tests.web.cast import everybody

    city = City(everybody())
    sessions = {reader: _session(user) for reader, user in city.people.items()}
    tokens = {reader: a_token_of(user) or "" for reader, user in city.people.items()}
    told = {"objects": city.objects, "posted": city.posted, "sessions": sessions, "tokens": tokens}
    json.dump(told, sys.stdout, default=_plain)


def _session(user: object) -> str:
    """Return the session's cookie of a user, empty for who is not signed in."""
    if user is None:
        return ""
    from django.conf import settings
    from django.test import Client
    from tests.web.access.walk import BACKEND

    client = Client()
    client.force_login(user, backend=BACKEND)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


if __name__ == "__main__":
    main()
