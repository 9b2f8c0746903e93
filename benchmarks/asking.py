"""How pages ask a database: queries, their time, and how they read the tables named; JSON rows.

``python benchmarks/asking.py USER TABLES PAGE…``, TABLES a JSON list; on PostgreSQL.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import django


def main() -> None:
    """Print one JSON row a page."""
    django.setup()
    logging.disable(logging.INFO)
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    name, large, *pages = sys.argv[1:]
    client = Client()
    client.force_login(
        get_user_model().objects.get(username=name), "django.contrib.auth.backends.ModelBackend"
    )
    rows = [_row(client, page, frozenset(json.loads(large))) for page in pages]
    sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")


def _row(client: Any, page: str, large: frozenset[str]) -> list[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    times = [float(one["time"]) * 1000 for one in asked.captured_queries]
    read = sorted({one for query in asked.captured_queries for one in _reads(query["sql"], large)})
    return [f"`{page}`", str(len(times)), f"{sum(times):.0f}", f"{max(times):.0f}", "; ".join(read) or "none"]


def _reads(sql: str, large: frozenset[str]) -> Iterator[str]:
    from django.db import connection

    if not sql.startswith("SELECT"):
        return
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        waiting = [cursor.fetchone()[0][0]["Plan"]]
    while waiting:
        node = waiting.pop()
        below = node.get("Plans", ())
        if node["Node Type"] == "Limit":  # whether there is any row at all reads one
            below = [one for one in below if one["Node Type"] != "Seq Scan" or "Filter" in one]
        waiting += below
        if node.get("Relation Name") in large:
            yield f"{node['Node Type']} {node['Relation Name']}"


if __name__ == "__main__":
    main()
