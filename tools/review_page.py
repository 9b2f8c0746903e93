"""Write docs/engineers/review.md from the table of checks: python -m tools.review_page."""

from __future__ import annotations

from pathlib import Path

from fenhu.design.review import review_page

PAGE = Path(__file__).parents[1] / "docs" / "engineers" / "review.md"


def main() -> None:
    """Write the page."""
    PAGE.write_text(review_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
