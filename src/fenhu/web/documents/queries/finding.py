"""Finding issued papers by number."""

from __future__ import annotations

from typing import Any

from fenhu.web.documents.models import Document
from fenhu.web.hits import Asked, Hit

LEAST_OF_A_NUMBER = 4


def find_documents(user: Any, asked: Asked, most: int) -> tuple[Hit, ...]:
    """Return the issued papers ``user`` may see whose number begins as typed."""
    number = asked.number(LEAST_OF_A_NUMBER)
    if not number:
        return ()
    seen = Document.objects.visible_to(user).filter(number__words__begins=number).select_related("number")
    return tuple(
        Hit(title=one.number.words, place=one.title, page="document", keys=(one.pk,),
            exact=one.number.words.lower() == asked.words)
        for one in seen.order_by("number__words")[:most]
    )  # fmt: skip
