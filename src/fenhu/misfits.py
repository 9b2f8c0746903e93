"""What pydantic finds unfit in a call or a file, said in our words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fenhu.wording import Text, text

_SAID: Mapping[str, Text] = {
    "missing": text("It is missing; add it"),
    "extra_forbidden": text("Nothing is called so here; leave it out or correct its name"),
    "string_pattern_mismatch": text("It holds signs that cannot stand here, or is written another way"),
    "json_invalid": text("It is no JSON"),
}
_BOUNDS: Mapping[str, tuple[str, Text]] = {
    "greater_than_equal": ("ge", text("It must be at least {bound}")),
    "greater_than": ("gt", text("It must be more than {bound}")),
    "less_than_equal": ("le", text("It may be at most {bound}")),
    "less_than": ("lt", text("It must be less than {bound}")),
    "string_too_long": ("max_length", text("It may have at most {bound} signs")),
    "string_too_short": ("min_length", text("It must have at least {bound} signs")),
    "too_long": ("max_length", text("There may be at most {bound} of them; send the others in another call")),
    "too_short": ("min_length", text("There must be at least {bound} of them")),
    "decimal_max_places": ("decimal_places", text("It may have at most {bound} decimals")),
    "enum": ("expected", text("It must be one of: {bound}")),
    "literal_error": ("expected", text("It must be one of: {bound}")),
}
_KINDS: Mapping[str, Text] = {
    "int": text("It must be a whole number"), "float": text("It must be a number"),
    "finite": text("It must be a number"), "decimal": text("It must be a number"),
    "bool": text("It must be true or false"), "string": text("It must be a text"),
    "date": text("It must be a day, such as 2010-11-30"),
    "datetime": text("It must be a time with its zone, such as 2010-11-30T08:00:00+08:00"),
    "timezone": text("It must be a time with its zone, such as 2010-11-30T08:00:00+08:00"),
    "list": text("It must be a list"), "dict": text("It must be an object"),
    "model": text("It must be an object"),
}  # fmt: skip


def misfit_said(fault: Mapping[str, Any]) -> Text:
    """Return what is wrong with one part of what was given.

    Parameters
    ----------
    fault
        One of the errors that pydantic lists.
    """
    kind = fault["type"]
    if kind in _SAID:
        return _SAID[kind]
    if kind in _BOUNDS:
        name, said = _BOUNDS[kind]
        return Text(said.pattern, {"bound": str(fault["ctx"][name])})
    return _KINDS.get(kind.split("_")[0], text("It cannot be used as it is; see the description"))
