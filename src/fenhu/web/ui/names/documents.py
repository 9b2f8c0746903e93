"""Issued papers and their templates."""

from __future__ import annotations

from collections.abc import Mapping

from fenhu.wording import Text, text

DOCUMENT_STATES: Mapping[str, Text] = {
    "valid": text("valid"),
    "replaced": text("replaced by another"),
    "withdrawn": text("withdrawn"),
}
EVENTS: Mapping[str, Text] = {
    "document.issued": text("Paper issued"),
    "document.replaced": text("Paper replaced by a new one"),
    "document.withdrawn": text("Paper withdrawn"),
    "document.numbering": text("Numbering of papers changed"),
    "template.uploaded": text("Template uploaded"),
    "template.in_force": text("Template put in force"),
}
