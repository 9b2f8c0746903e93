"""Long lists a page at a time."""

from __future__ import annotations


def placed(page: int, total: int, size: int) -> tuple[int, int]:
    """Return the page nearest to ``page`` (the first is 1), and how many ``total`` rows take, at least 1."""
    pages = max(1, -(-total // size))
    return min(max(1, page), pages), pages
