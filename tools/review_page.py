"""Write docs/engineers/review.md and its Chinese twin from the table of checks."""

from __future__ import annotations

from pathlib import Path

from fenhu.design.review import review_page
from fenhu.wording import CHINESE, ENGLISH

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {ENGLISH: DOCS / "engineers" / "review.md", CHINESE: DOCS / "zh" / "engineers" / "review.md"}


def main() -> None:
    """Write the pages."""
    for language, page in PAGES.items():
        page.write_text(review_page(language), encoding="utf-8")


if __name__ == "__main__":
    main()
