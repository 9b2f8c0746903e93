"""Lookups the database answers from an index on both SQLite and PostgreSQL."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import CharField
from django.db.models.lookups import StartsWith

_WILD = re.compile(r"([*?\[])")


@CharField.register_lookup
class Begins(StartsWith):
    """``column__begins``: LIKE on PostgreSQL, GLOB on SQLite: what each reads an index for."""

    lookup_name = "begins"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Compare as ``startswith`` does."""
        self.lookup_name = "startswith"
        return self.as_sql(compiler, connection)

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Compare by GLOB, upper and lower case told apart."""
        column, params = self.process_lhs(compiler, connection)
        begun = _WILD.sub(r"[\1]", str(self.rhs))
        return f"{column} GLOB %s", [*params, f"{begun}*"]
