"""Files made to do harm, each small on the wire."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import xlsxwriter

MIB = 1024 * 1024


def a_workbook(cell="A1"):
    """A harmless workbook with one cell."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.add_worksheet("楼栋").write_string(0, 0, cell)
    return held.getvalue()


def with_part(name, content=b"x", book=None):
    """A workbook with one more part."""
    held = io.BytesIO(a_workbook() if book is None else book)
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return held.getvalue()


def a_hungry_workbook():
    """A workbook of a few kB with one cell so far out that the rectangle around it takes 500 GB."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(a_workbook())) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            far = b'<row r="1048576"><c r="xfd1048576"><v>1</v></c></row></sheetData>'
            new.writestr(name, old.read(name).replace(b"</sheetData>", far))
    return held.getvalue()


def with_entities():
    """A workbook whose strings would unfold to a thousand million laughs."""
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "lol">{lines}]><sst>&l9;</sst>'
    return with_part("xl/more.xml", xml)


def packed(parts):
    """A zip of parts by name."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return held.getvalue()


def zeros(mib):
    """Zeros that pack a thousandfold."""
    return b"\0" * (mib * MIB)


def a_huge_picture(width=60_000, height=60_000):
    """A PNG of some hundred bytes that says it has 3,600 million pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


def a_pdf(more=b""):
    """A PDF of one empty page, with ``more`` among its objects."""
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog" + more + b">>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


# A hundred million rows of nothing, macros, links out, programs, files in files, and what only pretends.
WORKBOOKS = {
    "bomb.xlsx": with_part("xl/worksheets/sheet9.xml", zeros(40)),
    "parts.xlsx": packed([("[Content_Types].xml", ""), *((f"xl/{n}.xml", "") for n in range(2_100))]),
    "macros.xlsx": with_part("xl/vbaProject.bin"),
    "macros.xlsm": with_part("xl/vbaProject.bin"),
    "old_macros.xlsx": with_part("xl/macrosheets/sheet1.xml", "<m/>"),
    "program.xlsx": with_part("xl/embeddings/oleObject1.bin", b"MZ"),
    "control.xlsx": with_part("xl/activeX/activeX1.xml", "<x/>"),
    "dde.xlsx": with_part("xl/externalLinks/externalLink1.xml", "<externalLink><ddeLink/></externalLink>"),
    "query.xlsx": with_part("xl/connections.xml", "<connections/>"),
    "entities.xlsx": with_entities(),
    "nested.xlsx": with_part("xl/media/inner.zip", packed([("a", "b")])),
    "upwards.xlsx": with_part("../../etc/cron.d/x"),
    "cut.xlsx": a_workbook()[:200],
    "text.xlsx": b"code,name\n",
    "picture.xlsx": a_huge_picture(),
    "old.xlsx": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
    "empty.xlsx": b"",
}
TABLES = {
    "bomb.zip": packed([("buildings.csv", zeros(40))]),
    "nested.zip": packed([("inner.zip", packed([("a.csv", "b")]))]),
    "upwards.zip": packed([("../../buildings.csv", "code")]),
    "rooted.zip": packed([("/etc/buildings.csv", "code")]),
    "windows.zip": packed([("..\\..\\buildings.csv", "code")]),
    "parts.zip": packed([(f"{n}.csv", "") for n in range(2_100)]),
    "workbook.zip": a_workbook(),
}
PAPERS = {
    "bomb.png": a_huge_picture(), "page.pdf": b"<html><script>alert(1)</script></html>",
    "script.pdf": a_pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
    "numbered.pdf": a_pdf(b"/OpenAction<</S/Java#53cript/J#53(app.alert(1))>>"),
    "launch.pdf": a_pdf(b"/OpenAction<</S/Launch/F(cmd.exe)>>"), "inside.pdf": a_pdf(b"/EmbeddedFile 2 0 R"),
    "photo.pdf": a_huge_picture(9, 9), "cut.jpg": b"\xff\xd8\xff\xe0rest",
    "program.png": b"MZ\x90\0", "workbook.pdf": a_workbook(), "empty.pdf": b"",
}  # fmt: skip
