"""The drawings as a PDF: an A3 page a sheet, words that can be found, the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pytest
from tests.design.sheets.examples import HOSTILE, hostile_design, sheets_of

from fenhu.design.sheets import TitleBlock, drawing_set
from fenhu.papers import drawing_set_pdf

A3_POINTS = (420.0 / 25.4 * 72.0, 297.0 / 25.4 * 72.0)


@pytest.fixture(scope="module")
def made() -> bytes:
    return drawing_set_pdf(sheets_of("line"))


@pytest.fixture
def read(made: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(made)
    yield document
    document.close()


def test_every_sheet_is_an_a3_page_true_to_scale(read: pypdfium2.PdfDocument) -> None:
    assert len(read) == len(sheets_of("line"))
    for page in read:
        assert page.get_size() == pytest.approx(A3_POINTS, abs=0.01)


def test_chinese_words_can_be_found_in_it(read: pypdfium2.PdfDocument) -> None:
    for page, sheet in zip(read, sheets_of("line"), strict=True):
        # The reader breaks lines as it guesses the flow of writing; the characters are what counts.
        said = "".join(page.get_textpage().get_text_range().split())
        assert sheet.number in said
        assert "设计" in said
        assert "".join(str(sheet.title).split()) in said


def test_the_same_sheets_give_the_same_bytes(made: bytes) -> None:
    assert drawing_set_pdf(sheets_of("line")) == made


def test_names_that_look_like_markup_are_only_words() -> None:
    sheets = drawing_set(hostile_design(), TitleBlock(building=f"#panic() {HOSTILE}"))
    with pypdfium2.PdfDocument(drawing_set_pdf(sheets)) as document:
        assert len(document) == len(sheets)
        said = "".join(document[0].get_textpage().get_text_range().split())
    assert "#panic()" in said
