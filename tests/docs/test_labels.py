"""What the manual quotes from a page is what the page says, in both languages."""

import re
from pathlib import Path

import pytest
from tools.catalogue import CATALOGUE, read_catalogue

DOCS = Path(__file__).parents[2] / "docs"
QUOTED = {
    "en": re.compile(r"(?<![*\w])\*([^*\n]{2,60})\*(?!\*)"),
    "zh": re.compile(r"“([^”\n]{2,60})”"),
}
PAGES = {
    "en": sorted(DOCS.glob("clerks/*.md")),
    "zh": sorted(DOCS.glob("zh/clerks/*.md")),
}
# Words with an example or a figure in them, and words of a file or a person rather than of a page.
OTHERS = {
    "converged", "likely", "gates", "ledger", "大约", "改造前 → 改造后", "多 30 万元……", "2单元 **室",
    "320平方米", "供热面积（㎡）",
}  # fmt: skip


def said(language):
    """Return everything the pages say in a language, as one text."""
    words = []
    for message in read_catalogue(CATALOGUE):
        found = message.id if language == "en" else message.string
        words += found if isinstance(found, (list, tuple)) else [found]
    return "\n".join(filter(None, words)).casefold()


@pytest.mark.parametrize("language", PAGES)
def test_a_label_the_manual_quotes_stands_on_a_page(language):
    known = said(language)
    quoted = {
        (page.name, label)
        for page in PAGES[language]
        for whole in QUOTED[language].findall(page.read_text(encoding="utf-8"))
        if whole not in OTHERS
        for label in re.split(r" [→›] |\s*…+\s*", whole.rstrip(".:,"))
    }
    assert len(quoted) > 80
    assert sorted(one for one in quoted if one[1].casefold() not in known) == []
