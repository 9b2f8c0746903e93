"""Rows that cannot be used, as the verbs find them and as a call is answered."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from fenhu.records import Finding, Severity
from fenhu.web.api.faults import FaultyRows, RowFault


def refuse(findings: Sequence[Finding]) -> None:
    """Go on only where nothing was found that stops a call.

    Raises
    ------
    FaultyRows
        If something was.
    """
    faults = [
        RowFault(row=one.row, field=one.column or "", code=one.code, message=one.message)
        for one in findings
        if one.severity is Severity.ERROR
    ]
    if faults:
        raise FaultyRows(faults)


def digest_of(request: HttpRequest) -> str:
    """Return the SHA-256 of what was sent."""
    return hashlib.sha256(request.body).hexdigest()


def sender_of(request: HttpRequest) -> str:
    """Return the name under which a call's rows are listed."""
    token: Any = request.auth  # type: ignore[attr-defined]
    return f"API · {token.name}"
