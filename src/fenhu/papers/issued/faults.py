"""What is said when a template cannot be used."""

from __future__ import annotations

from collections.abc import Iterable

from fenhu.errors import TemplateFault
from fenhu.wording import Text, text


def template_fault(*, file: str, line: int | None, said: Text | str) -> TemplateFault:
    """Return the fault of a template: where, what, and the two ways out."""
    message = (
        text("Template {file}, line {line}: {said}", file=file, line=line, said=said)
        if line
        else text("Template {file}: {said}", file=file, said=said)
    )
    return TemplateFault(
        text(
            "{message}. Correct it there, or take the file out of the template folder to use the one that "
            "comes with the product.",
            message=message,
        ),
        file=file, line=line,
    )  # fmt: skip


def no_such_field(field: str, fields: Iterable[str]) -> Text:
    """Return that the paper has no such field, and which it has."""
    return text("there is no field {field}; the paper has: {fields}", field=field, fields=", ".join(fields))
