"""Papers for the printer and for the screen: many as one PDF, a page as a picture."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pypdfium2

_A4_PT = (595.276, 841.89)
_PIXELS_A_POINT = 1.4
_PNG, _RGB = b"\x89PNG\r\n\x1a\n", 2
# Where a text is cut to be looked for, and the joiners typesetting puts between signs.
_BETWEEN = re.compile(r"[。；，、：（）]")
_UNSEEN = {0x2060: None, 0x200B: None}


def one_file(files: Iterable[Any]) -> bytes:
    """Return stored PDFs one after another, each beginning on the front of a sheet."""
    whole = pypdfium2.PdfDocument.new()
    for stored in files:
        with stored.open("rb") as file:
            paper = pypdfium2.PdfDocument(file.read())
        whole.import_pages(paper)
        if len(paper) % 2:
            whole.new_page(*_A4_PT)
        paper.close()
    made = BytesIO()
    whole.save(made)
    whole.close()
    return made.getvalue()


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    paper = pypdfium2.PdfDocument(pdf)
    try:
        return len(paper)
    finally:
        paper.close()


def page_png(pdf: bytes, page: int) -> bytes | None:
    """Return a page of a PDF, counted from 0, as a PNG; None where there is no such page."""
    paper = pypdfium2.PdfDocument(pdf)
    try:
        if not 0 <= page < len(paper):
            return None
        drawn = paper[page].render(scale=_PIXELS_A_POINT, rev_byteorder=True).to_numpy()
        return _png(drawn.shape[1], drawn.shape[0], drawn.tobytes())
    finally:
        paper.close()


def missing_words(pdf: bytes, words: str) -> str:
    """Return the first stretch of ``words`` a PDF does not print, empty where it prints them all.

    Between two pages one stretch may be cut in two.
    """
    paper = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in paper]
    finally:
        paper.close()
    printed = "".join("".join(_seen(page) for page in pages).split())
    stretches = [one for one in _BETWEEN.split("".join(words.split())) if one]
    left_out = [one for one in stretches if one not in printed]
    return left_out[0] if len(left_out) >= max(1, len(pages)) else ""


def _seen(words: str) -> str:
    return words.translate(_UNSEEN)


def _png(width: int, height: int, rgb: bytes) -> bytes:
    """Return pixels, three bytes each, as a PNG."""
    line = 3 * width
    lines = b"".join(b"\0" + rgb[at : at + line] for at in range(0, height * line, line))
    head = struct.pack(">IIBBBBB", width, height, 8, _RGB, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 6)), (b"IEND", b""))
    return _PNG + b"".join(
        struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))
        for name, held in parts
    )
