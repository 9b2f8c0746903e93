"""Papers and a photograph for the synthetic city: real files that say what they are."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from django.core.files import File
from PIL import Image, ImageDraw

from fenhu.papers.typesetting import typeset

_PAGE = """
#set page(paper: "a4", margin: 24mm)
#set text(size: data.points * 1pt)
#set par(leading: 0.9em)
#align(center, text(size: 1.8em, weight: "bold", data.title))
#v(8mm)
#for one in data.parts [
  #text(weight: "bold", fill: rgb("#1d4e89"), one.head) \\
  #one.said
  #v(5mm)
]
#v(1fr)
#align(center, text(size: 10pt, fill: gray, data.note))
"""
_WALL, _GLASS, _SCALE, _RED = "#d9d2c5", "#ffffff", "#444444", "#c0281c"


def a_sheet(name: str, words: str) -> File:
    """Return a PDF of one page with a line of ASCII words."""
    drawn = f"BT /F1 16 Tf 60 760 Td ({words}) Tj ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(body))
    return File(BytesIO(body + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + tail), name=name)


def a_leaflet(name: str, title: str, parts: Sequence[tuple[str, str]], points: int) -> File:
    """Return a page of paragraphs with their headings, in letters of so many points."""
    told = [{"head": head, "said": said} for head, said in parts]
    page = typeset(
        _PAGE, {"title": title, "parts": told, "points": points, "note": "演示数据：本市为合成城市"}
    )
    return File(BytesIO(page), name=name)


def a_photograph() -> BytesIO:
    """Return a picture of a thermometer that shows some 16 degrees."""
    image = Image.new("RGB", (600, 800), _WALL)
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((220, 80, 380, 720), 40, fill=_GLASS, outline=_SCALE, width=4)
    for degree in range(31):
        y = 600 - 16 * degree
        pen.line((250, y, 270 if degree % 5 else 285, y), fill=_SCALE, width=3)
        if degree % 10 == 0:
            pen.text((228, y - 8), str(degree), fill=_SCALE)
    pen.rectangle((295, 600 - 16 * 16 - 6, 311, 640), fill=_RED)
    pen.ellipse((275, 620, 331, 676), fill=_RED)
    file = BytesIO()
    image.save(file, "JPEG", quality=85)
    file.seek(0)
    return file
