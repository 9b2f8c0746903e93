"""The body of a call as JSON means it, before anything in it is judged."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser


class Bodies(Parser):
    """Reads 5.0 as the whole number it is: to JSON the two are one."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return what was sent."""
        return json.loads(request.body, parse_float=_number)


def _number(words: str) -> float:
    number = float(words)
    return int(number) if number.is_integer() else number
