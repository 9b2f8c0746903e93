"""Issued papers: read back and looked at, page by page."""

from dataclasses import replace

import pypdfium2
import pytest

from fenhu.papers.issued import KINDS, SAMPLE_HEADING, make, sample
from fenhu.wording import ENGLISH, speaking

DEMO = replace(SAMPLE_HEADING, demo=True)


def words(made):
    with pypdfium2.PdfDocument(made) as document:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def grey(made, number, scale=2.0):
    """Return a page as rows of grey values, ``scale`` pixels a point."""
    with pypdfium2.PdfDocument(made) as document:
        return document[number].render(scale=scale, grayscale=True).to_numpy()[:, :, 0]


def test_a_paper_is_the_same_whatever_language_its_maker_reads():
    with speaking(ENGLISH):
        english = make("building_notice", sample("building_notice"), heading=SAMPLE_HEADING)
    assert english == make("building_notice", sample("building_notice"), heading=SAMPLE_HEADING)
    assert "分户控制供暖改造通知" in words(english)[0]


@pytest.mark.parametrize("kind", [row.kind for row in KINDS.values() if "pdf" in row.formats])
def test_every_paper_is_an_archive_file_with_title_number_and_demo_mark_on_every_page(kind):
    made = make(kind, sample(kind), heading=DEMO)
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in made
    pages = words(made)
    assert all("演示数据" in page for page in pages)
    assert SAMPLE_HEADING.number in "".join(pages)
    assert not any("演示数据" in page for page in words(make(kind, sample(kind), heading=SAMPLE_HEADING)))
