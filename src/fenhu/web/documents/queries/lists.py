"""Lists of issued papers: narrowed, counted, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from fenhu.web.documents.kinds import KINDS
from fenhu.web.documents.models import Document
from fenhu.web.documents.queries.rows import VALID, WITH, DocumentRow, in_state, row_of
from fenhu.web.paging import placed
from fenhu.wording import Text

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFilter:
    """What a list of papers is narrowed by; empty: not at all."""

    kind: str = ""
    state: str = ""
    year: int | None = None
    search: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """One page of papers, the newest first; ``states`` counts all that match but for their state."""

    rows: tuple[DocumentRow, ...]
    states: Mapping[str, int]
    total: int
    page: int
    pages: int


def document_page(user: Any, asked: DocumentFilter, *, page: int = 1) -> DocumentPage:
    """Return one page of the papers ``user`` may see."""
    seen = _narrowed(Document.objects.visible_to(user), asked)
    states = _states(seen)
    matching = in_state(seen, asked.state)
    total = states.get(asked.state, 0) if asked.state else sum(states.values())
    page, pages = placed(page, total, PAGE_SIZE)
    shown = _read(matching)[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return DocumentPage(
        rows=tuple(row_of(one) for one in shown), states=states, total=total, page=page, pages=pages
    )


def document_rows(user: Any, asked: DocumentFilter) -> tuple[DocumentRow, ...]:
    """Return all the papers ``user`` may see, narrowed as the list on screen."""
    seen = _narrowed(Document.objects.visible_to(user), asked)
    return tuple(row_of(one) for one in _read(in_state(seen, asked.state)))


def documents_after(
    user: Any, *, after: int, limit: int, asked: Mapping[str, Any]
) -> tuple[DocumentRow, ...]:
    """Return papers ``user`` may see, in the order they were issued, beginning after one; none is counted."""
    seen = Document.objects.visible_to(user).filter(pk__gt=after, **asked)
    return tuple(row_of(one) for one in seen.select_related(*WITH).order_by("pk")[:limit])


def document_choices(user: Any) -> tuple[tuple[tuple[str, Text], ...], tuple[int, ...]]:
    """Return the kinds and years of the papers ``user`` may see."""
    seen = Document.objects.visible_to(user).order_by()
    kinds = set(seen.values_list("number__kind", flat=True).distinct())
    years = sorted(set(seen.values_list("number__year", flat=True).distinct()), reverse=True)
    return tuple((kind, row.name) for kind, row in KINDS.items() if kind in kinds), tuple(years)


def _narrowed(seen: Any, asked: DocumentFilter) -> Any:
    if asked.kind:
        seen = seen.filter(number__kind=asked.kind)
    if asked.year is not None:
        seen = seen.filter(number__year=asked.year)
    for word in asked.search.split():
        seen = seen.filter(
            Q(number__words__icontains=word) | Q(title__icontains=word) | Q(building__search__icontains=word)
        )
    return seen


def _states(seen: Any) -> dict[str, int]:
    counted = seen.order_by().values_list("ending__state").annotate(count=Count("pk"))
    return {state or VALID: count for state, count in counted}


def _read(documents: Any) -> Any:
    return documents.select_related(*WITH).order_by("-issued_on", "-pk")
