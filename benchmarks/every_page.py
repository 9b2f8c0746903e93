"""Open every kind of page as every office and print the slow ones: milliseconds, queries, the slowest query.

Pages are found as a person finds them, by the links of the pages before; a few of each kind.
On a built demo city: FENHU_DEMO=1 DJANGO_SETTINGS_MODULE=fenhu.web.settings python benchmarks/every_page.py
"""

from __future__ import annotations

import re
import sys
from collections import Counter, deque
from time import perf_counter

import django

EACH, SLOW_MS = 2, 100.0
LINK = re.compile(rb"""(?:href|hx-get|src)="(/[^"#]*)""")
# They change something, or leave.
LEFT = ("/logout", "/static", "/i18n")


def main() -> None:
    """Print a table of slow pages, office by office."""
    django.setup()
    from django.conf import settings

    from fenhu.programme import Role

    settings.ALLOWED_HOSTS = ["testserver"]
    named = sys.argv[1:] or [role.value for role in Role]
    sys.stdout.write(
        "| office | page | ms | queries | in queries, ms | kB |\n|---|---|---:|---:|---:|---:|\n"
    )
    for role in named:
        _walk(role)


def _walk(role: str) -> None:
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import Resolver404, resolve

    client = Client()
    client.force_login(
        get_user_model().objects.get(username=role), "django.contrib.auth.backends.ModelBackend"
    )
    waiting, seen, opened = deque(["/"]), {"/"}, Counter[str]()
    while waiting:
        address = waiting.popleft()
        try:
            kind = resolve(address.partition("?")[0]).view_name
        except Resolver404:
            continue
        kind += "?" * ("?" in address)
        if opened[kind] >= EACH:
            continue
        opened[kind] += 1
        row, body = _opened(client, address, kind)
        if row:
            sys.stdout.write("| " + " | ".join((role, *row)) + " |\n")
            sys.stdout.flush()
        for found in LINK.findall(body):
            link = found.decode().replace("&amp;", "&")
            if link not in seen and not link.startswith(LEFT):
                seen.add(link)
                waiting.append(link)


def _opened(client: object, address: str, kind: str) -> tuple[tuple[str, ...] | None, bytes]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    taken: list[float] = []
    while not taken or (len(taken) == 1 and taken[0] < 2000):
        with CaptureQueriesContext(connection) as asked:
            began = perf_counter()
            answer = client.get(address)  # type: ignore[attr-defined]
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            taken.append((perf_counter() - began) * 1000)
    queries = sum(float(one["time"]) for one in asked.captured_queries) * 1000
    told = (f"{kind} `{address[:70]}` {answer.status_code}", f"{min(taken):.0f}",
            str(len(asked.captured_queries)), f"{queries:.0f}", f"{len(body) / 1000:.0f}")  # fmt: skip
    slow = min(taken) > SLOW_MS or answer.status_code >= 500
    return (told if slow else None), body if answer.get("Content-Type", "").startswith("text/html") else b""


if __name__ == "__main__":
    main()
