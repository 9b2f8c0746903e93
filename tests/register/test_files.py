"""What is no register at all is refused before a row is read, each with its own code."""

from __future__ import annotations

import random
import re
import struct
import zipfile
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest
from tests.register.workbooks import save_folder, save_workbook, sound

from fenhu.errors import UnreadableFile
from fenhu.register import read_register


def _refused(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_register(path)
    return caught.value.code


def _with_parts(source: Path, target: Path, replaced: dict[str, bytes]) -> Path:
    """Copy a workbook with some of its parts replaced or added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in replaced:
                new.writestr(name, old.read(name))
        for name, content in replaced.items():
            new.writestr(name, content)
    return target


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return save_workbook(sound(), tmp_path / "sound.xlsx")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert _refused(tmp_path / "nowhere.xlsx") == "not-found"


def test_an_empty_file_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    path.touch()
    assert _refused(path) == "not-a-workbook"


def test_text_named_xlsx_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    path.write_text("楼栋编号,楼栋名称\n", encoding="utf-8")
    assert _refused(path) == "not-a-workbook"


def test_a_truncated_workbook_is_broken(tmp_path: Path, workbook: Path) -> None:
    path = tmp_path / "half.xlsx"
    path.write_bytes(workbook.read_bytes()[: workbook.stat().st_size // 2])
    assert _refused(path) == "broken-workbook"


def test_a_workbook_with_a_flipped_byte_is_broken(tmp_path: Path, workbook: Path) -> None:
    content = bytearray(workbook.read_bytes())
    with zipfile.ZipFile(workbook) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content[start + 120] ^= 0xFF
    path = tmp_path / "flipped.xlsx"
    path.write_bytes(content)
    assert _refused(path) == "broken-workbook"


def test_a_workbook_with_broken_xml_is_broken(tmp_path: Path, workbook: Path) -> None:
    path = _with_parts(workbook, tmp_path / "xml.xlsx", {"xl/workbook.xml": b"<workbook><sheets>"})
    assert _refused(path) == "broken-workbook"


def test_a_worksheet_with_broken_xml_is_broken(tmp_path: Path, workbook: Path) -> None:
    path = _with_parts(
        workbook, tmp_path / "sheet.xlsx", {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"}
    )
    assert _refused(path) == "broken-workbook"


def test_an_archive_without_a_workbook_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "photos.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.jpg", b"...")
    assert _refused(path) == "not-a-workbook"


def test_a_password_protected_workbook_is_refused(tmp_path: Path, workbook: Path) -> None:
    path = tmp_path / "locked.xlsx"
    with workbook.open("rb") as plain, path.open("wb") as locked:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("secret", locked)
    assert _refused(path) == "password-protected"


def test_an_encrypted_archive_is_refused(tmp_path: Path, workbook: Path) -> None:
    content = bytearray(workbook.read_bytes())
    directory = content.index(b"PK\x01\x02")
    flags = struct.unpack_from("<H", content, directory + 8)[0]
    struct.pack_into("<H", content, directory + 8, flags | 1)
    path = tmp_path / "locked.xlsx"
    path.write_bytes(content)
    assert _refused(path) == "password-protected"


def test_an_old_xls_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "register.xls"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "Workbook".encode("utf-16-le"))
    assert _refused(path) == "old-workbook"


def test_a_workbook_with_macros_is_refused(tmp_path: Path, workbook: Path) -> None:
    path = _with_parts(workbook, tmp_path / "register.xlsm", {"xl/vbaProject.bin": b"macro"})
    assert _refused(path) == "macro-workbook"


def test_a_file_of_200_mb_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.xlsx"
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(200 * 1024**2)
    assert _refused(path) == "too-large"


def test_a_csv_file_of_200_mb_is_refused_without_reading_it(tmp_path: Path) -> None:
    folder = save_folder(sound(), tmp_path / "register")
    with (folder / "flats.csv").open("wb") as stream:
        stream.truncate(200 * 1024**2)
    assert _refused(folder) == "too-large"


def test_a_zip_bomb_is_refused_without_unpacking_it(tmp_path: Path, workbook: Path) -> None:
    bomb = b"<!--" + bytes(64 * 1024**2) + b"-->"
    path = _with_parts(workbook, tmp_path / "bomb.xlsx", {"xl/sharedStrings.xml": bomb})
    assert path.stat().st_size < 1024**2
    assert _refused(path) == "zip-bomb"


def test_a_bomb_that_lies_about_its_size_is_broken(tmp_path: Path, workbook: Path) -> None:
    honest = _with_parts(workbook, tmp_path / "b.xlsx", {"xl/media/x.bin": bytes(30 * 1024**2)})
    content = bytearray(honest.read_bytes())
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/media/x.bin"))
    struct.pack_into("<I", content, entry + 24, 1000)
    path = tmp_path / "liar.xlsx"
    path.write_bytes(content)
    assert _refused(path) == "broken-workbook"


@pytest.mark.parametrize("cell", ["XFD1", "A1048576", "CA7"])
def test_a_cell_far_out_is_refused_before_memory_is_taken(tmp_path: Path, workbook: Path, cell: str) -> None:
    xml = f'<worksheet><sheetData><row r="1"><c r="{cell}"><v>1</v></c></row></sheetData></worksheet>'
    path = _with_parts(workbook, tmp_path / "far.xlsx", {"xl/worksheets/sheet2.xml": xml.encode()})
    assert _refused(path) == "cells-far-out"


def test_two_sheets_of_one_name_are_refused(tmp_path: Path, workbook: Path) -> None:
    with zipfile.ZipFile(workbook) as archive:
        book = archive.read("xl/workbook.xml")
    first, second = re.findall(rb'<sheet name="([^"]+)"', book)[:2]
    path = _with_parts(workbook, tmp_path / "twins.xlsx", {"xl/workbook.xml": book.replace(second, first)})
    assert _refused(path) == "broken-workbook"


HUNGRY = {
    "a cell whose name is in small letters": b'<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
    "a cell without a name": b'<row r="1048576"><c><v>1</v></c></row>',
    "a cell far down at the edge of what is allowed": b'<row r="500000"><c r="BZ500000"><v>1</v></c></row>',
    "faults that are never closed": b"<!--" + b'<c r="A9" t="e">' * 100_000 + b"-->",
}


@pytest.mark.parametrize("rows", HUNGRY.values(), ids=HUNGRY)
def test_a_small_file_that_would_fill_the_memory_or_never_end_ends_its_own_process_only(
    tmp_path: Path, workbook: Path, rows: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fenhu.worksheets.workbook.BASE_S", 2)
    with zipfile.ZipFile(workbook) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    path = _with_parts(
        workbook, tmp_path / "hungry.xlsx",
        {"xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>", rows + b"</sheetData>")},
    )  # fmt: skip
    assert path.stat().st_size < 100_000
    assert _refused(path) == "too-demanding"


def test_a_folder_without_csv_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("nothing here", encoding="utf-8")
    assert _refused(tmp_path) == "no-csv"


def test_any_damage_to_a_workbook_ends_in_a_refusal_or_a_reading(tmp_path: Path, workbook: Path) -> None:
    content = workbook.read_bytes()
    rng = random.Random(1)
    path = tmp_path / "damaged.xlsx"
    for _ in range(150):
        damaged = bytearray(content)
        for _ in range(rng.randrange(1, 6)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        path.write_bytes(damaged)
        try:
            reading = read_register(path)
        except UnreadableFile:
            continue
        assert (reading.register is None) == any(f.severity == "error" for f in reading.findings)


def test_the_refusal_says_what_to_do(tmp_path: Path, workbook: Path) -> None:
    path = _with_parts(workbook, tmp_path / "register.xlsm", {"xl/vbaProject.bin": b"macro"})
    with pytest.raises(UnreadableFile) as caught:
        read_register(path)
    assert caught.value.message.in_language("en") == (
        "register.xlsm contains macros, and files with macros are not accepted; "
        "save it as .xlsx without macros"
    )
