"""Issued papers: made from sample values, read back, rendered and measured on the page."""

import ctypes
import io
import resource
import struct
import zipfile
import zlib
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np
import openpyxl
import pylopdf_fonts_zh_cn
import pypdfium2
import pytest
import segno
from docx import Document
from fontTools import subset
from fontTools.ttLib import TTFont

from fenhu.errors import InputFault, TemplateFault, UnknownItem
from fenhu.papers.issued import (
    KINDS,
    SAMPLE_HEADING,
    BuildingNotice,
    CommendationList,
    CostLine,
    FlatNotice,
    Heading,
    Praised,
    RoomSample,
    Work,
    apart,
    make,
    sample,
)
from fenhu.wording import ENGLISH, Text, speaking

DEMO = replace(SAMPLE_HEADING, demo=True)
PRINTED = [kind for kind, row in KINDS.items() if "pdf" in row.formats]
EDITED = [kind for kind, row in KINDS.items() if "docx" in row.formats]
RED_HEAD = ["scheme", "building_notice", "commendations"]
LETTERS = ["flat_notice", "publication"]
ISSUED = [*RED_HEAD, *LETTERS]
PIXELS_PER_MM = 4.0
SCALE = PIXELS_PER_MM * 25.4 / 72


def made(kind, values=None, heading=SAMPLE_HEADING, **more):
    return make(kind, sample(kind) if values is None else values, heading=heading, **more)


def words(paper):
    """Return the text of each page without blanks."""
    with pypdfium2.PdfDocument(paper) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return ["".join(page.translate({0x2060: None, 0x200B: None}).split()) for page in pages]


def pictures(paper):
    """Return each page as grey values, four pixels a millimetre."""
    with pypdfium2.PdfDocument(paper) as document:
        return [page.render(scale=SCALE, grayscale=True).to_numpy().squeeze() for page in document]


def ink(picture, left_mm, top_mm, right_mm, bottom_mm):
    """Return how many pixels of a rectangle of a page are printed."""
    a, b, c, d = (round(mm * PIXELS_PER_MM) for mm in (left_mm, top_mm, right_mm, bottom_mm))
    return int((picture[b:d, a:c] < 200).sum())


def first_ink_mm(picture, left_mm, top_mm, right_mm, bottom_mm):
    """Return where, in millimetres from the page's top, a rectangle's first printed row is."""
    a, b, c, d = (round(mm * PIXELS_PER_MM) for mm in (left_mm, top_mm, right_mm, bottom_mm))
    rows = np.flatnonzero((picture[b:d, a:c] < 200).any(axis=1))
    return top_mm + rows[0] / PIXELS_PER_MM


def has_code(paper, address, *, size_mm):
    """Return whether a page shows exactly the QR code of an address, module by module."""
    matrix = np.array([list(row) for row in segno.make(address, error="m", micro=False).matrix]) > 0
    quiet = 2
    with pypdfium2.PdfDocument(paper) as document:
        pages = [page.render(scale=2 * SCALE, grayscale=True).to_numpy().squeeze() < 128 for page in document]
    module = size_mm * 2 * PIXELS_PER_MM / (len(matrix) + 2 * quiet)
    at = np.round(np.arange(len(matrix)) * module).astype(int)
    return any(_matches(page, matrix, at) for page in pages)


def _matches(dark, matrix, at):
    """Return whether some place of a page fits: its first row first, then every row."""
    height, width = (edge - at[-1] for edge in dark.shape)
    fits = np.ones((height, width), dtype=bool)
    for column, module in zip(at, matrix[0], strict=True):
        fits &= dark[:height, column : column + width] == module
    return any((dark[np.ix_(top + at, left + at)] == matrix).all() for top, left in np.argwhere(fits))


# What every paper is


def test_every_kind_has_a_sample_of_its_own_values():
    assert all(isinstance(sample(kind), row.values) for kind, row in KINDS.items())
    with pytest.raises(UnknownItem):
        sample("letter")


@pytest.mark.parametrize("kind", PRINTED)
def test_a_paper_is_an_archive_file_with_its_number_and_the_demo_mark_on_every_page(kind):
    paper = made(kind, heading=DEMO)
    assert b"<pdfaid:part>2</pdfaid:part>" in paper
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in paper
    pages = words(paper)
    assert all("演示数据" in page for page in pages)
    assert SAMPLE_HEADING.number in "".join(pages)
    assert "示例" in pages[0]


@pytest.mark.parametrize("kind", PRINTED)
def test_a_paper_of_a_real_city_bears_no_demo_mark(kind):
    assert not any("演示数据" in page for page in words(made(kind)))


@pytest.mark.parametrize(("kind", "format"), [(k, f) for k, row in KINDS.items() for f in row.formats])
def test_the_same_values_give_the_same_bytes(kind, format):
    assert made(kind, format=format) == made(kind, format=format)


def test_a_paper_is_in_chinese_whatever_its_maker_reads():
    with speaking(ENGLISH):
        english = made("reward_allocation")
    assert english == made("reward_allocation")


def test_it_refuses_an_unknown_kind_format_or_the_values_of_another_kind():
    with pytest.raises(UnknownItem, match="letter"):
        make("letter", sample("contract"), heading=SAMPLE_HEADING)
    with pytest.raises(UnknownItem, match="docx"):
        made("flat_notice", format="docx")
    with pytest.raises(InputFault, match="FlatNotice"):
        made("flat_notice", sample("contract"))


def test_an_undated_unnumbered_paper_is_made_all_the_same():
    (first, *_) = words(make("scheme", sample("scheme"), heading=Heading(office="示例公司")))
    assert "示例公司文件" in first


# GB/T 9704-2012 on the page


@pytest.mark.parametrize("kind", ISSUED)
def test_margins_are_white_and_mirrored_for_binding(kind):
    """28 mm at the binding, 26 at the cut, 37 above, 35 below, but for what the standard puts there."""
    for number, page in enumerate(pictures(made(kind)), start=1):
        inner_right = 28 if number % 2 else 26
        letter_rules = kind in LETTERS and number == 1
        top, bottom = (50, 272) if letter_rules else (36, 263)
        assert ink(page, 0, top, inner_right - 0.5, bottom) == 0
        assert ink(page, 210 - (54 - inner_right) + 0.5, top, 210, bottom) == 0
        if not letter_rules:
            assert ink(page, 0, 0, 210, 36) == 0
            assert ink(page, 0, 276, 210, 297) == 0


def test_the_type_area_holds_22_lines_of_28_characters():
    long = replace(sample("scheme"), narrative=("供" * 28 * 60,), purses=(), cost_rules=(), crews=())
    with pypdfium2.PdfDocument(made("scheme", long)) as document:
        lines = document[2].get_textpage().get_text_range().split("\r\n")
    assert [line for line in lines if "供" in line] == ["供" * 28] * 22


def test_the_red_head_stands_35_mm_down_and_its_line_4_mm_below_the_number():
    page = pictures(made("building_notice"))[0]
    assert first_ink_mm(page, 28, 30, 184, 120) == pytest.approx(37 + 35, abs=2)
    with pypdfium2.PdfDocument(made("building_notice")) as document:
        text = document[0].get_textpage()
        at = text.get_text_range().index(SAMPLE_HEADING.number)
        bottom_mm = 297 - text.get_charbox(at)[1] * 25.4 / 72
    line_mm = next(
        row / PIXELS_PER_MM
        for row in range(round(bottom_mm * PIXELS_PER_MM), page.shape[0])
        if (page[row, 30 * 4 : 180 * 4] < 200).all()
    )
    assert line_mm - bottom_mm == pytest.approx(4, abs=1)


def test_page_numbers_stand_between_dashes_right_on_odd_left_on_even_pages():
    paper = made("building_notice")
    for number, (page, said) in enumerate(zip(pictures(paper), words(paper), strict=True), start=1):
        assert f"—{number}—" in said
        right, left = ink(page, 150, 264, 184, 276), ink(page, 26, 264, 60, 276)
        assert (right > 0, left > 0) == (number % 2 == 1, number % 2 == 0)


def test_the_day_ends_four_characters_from_the_right_and_the_office_stands_centred_above_it():
    with pypdfium2.PdfDocument(made("publication")) as document:
        page = document[0].get_textpage()
        text = page.get_text_range()
        day = text.rindex("2011年4月30日")
        office = text.rindex(SAMPLE_HEADING.office, 0, day)
        boxes = {
            name: (page.get_charbox(at)[0], page.get_charbox(at + length - 1)[2])
            for name, at, length in (("day", day, 10), ("office", office, len(SAMPLE_HEADING.office)))
        }
    right_mm = 184 - boxes["day"][1] * 25.4 / 72
    assert right_mm == pytest.approx(4 * 156 / 28, abs=1)
    centres = [sum(box) / 2 * 25.4 / 72 for box in boxes.values()]
    assert centres[0] == pytest.approx(centres[1], abs=1)


def test_headings_are_numbered_in_four_levels(tmp_path):
    (tmp_path / "building_notice.typ").write_text(
        '#import "gb9704.typ": *\n#show: issued.with(title: [题])\n'
        "= 甲\n== 乙\n=== 丙\n==== 丁\n= 戊\n== 己\n",
        encoding="utf-8",
    )
    said = "".join(words(made("building_notice", folder=tmp_path)))
    for heading in ("一、甲", "（一）乙", "1.丙", "（1）丁", "二、戊", "（一）己"):
        assert heading in said


def test_a_long_office_name_stays_within_its_line():
    heading = replace(
        SAMPLE_HEADING, office="示例自治区示例自治州住房和城乡建设局城市供热分户改造工作领导小组办公室"
    )
    page = pictures(made("building_notice", heading=heading))[0]
    assert ink(page, 0, 40, 27.5, 263) == ink(page, 184.5, 40, 210, 263) == 0


# The codes


@pytest.mark.parametrize("kind", PRINTED)
def test_a_paper_shows_the_code_of_its_verification_page_and_its_address(kind):
    paper = made(kind)
    size_mm = 18 if kind in ISSUED else 17
    assert has_code(paper, SAMPLE_HEADING.verify_url, size_mm=size_mm)
    assert SAMPLE_HEADING.verify_url in "".join(words(paper))


def test_a_flats_notice_shows_the_code_of_its_own_page_and_never_its_address_in_words():
    values = sample("flat_notice")
    paper = made("flat_notice")
    assert has_code(paper, values.page_url, size_mm=26)
    assert values.page_url not in "".join(words(paper))


def test_without_an_address_there_is_no_code():
    paper = made("flat_notice", replace(sample("flat_notice"), page_url=""), replace(DEMO, verify_url=""))
    assert "扫码" not in "".join(words(paper))


# What single papers say


def test_c3_1_a_flats_notice_names_flat_days_amount_rule_and_phones():
    said = "".join(words(made("flat_notice")))
    for one in (
        "分户控制供暖改造通知", "1-302室示例住户", "2011年6月2日", "1,080.50", "壹仟零捌拾元伍角", "二（五）",
        "0000-0000001", "0000-0000002", "0000-0000000", "回执",
    ):  # fmt: skip
        assert one in said


def test_a_flats_notice_is_one_sheet_and_a_slip():
    assert len(words(made("flat_notice"))) == 3


def test_quantities_and_temperatures_are_written_as_one_says_them():
    values = replace(
        sample("flat_notice"),
        before_c=Decimal("14.30"),
        works=(Work(what="锁闭阀", quantity=Decimal("1.00")),),
    )
    said = "".join(words(made("flat_notice", values)))
    assert "由14.3℃变为20.3℃" in said
    assert "锁闭阀1" in said
    assert "锁闭阀1.00" not in said


def test_sections_are_numbered_without_a_gap_where_one_is_missing():
    values = replace(sample("briefing"), sizes=(), materials=())
    said = "".join(words(made("briefing", values)))
    for one in ("一、主要工程量", "二、交底内容", "三、参加人员签到"):
        assert one in said


def test_several_reasons_are_numbered():
    lines = tuple(
        CostLine(item=item, amount_fen=100, assumed=True, reason=reason)
        for item, reason in (("甲", "无价"), ("乙", "无量"), ("丙", "无价"))
    )
    said = "".join(words(made("flat_notice", replace(sample("flat_notice"), costs=lines))))
    assert said.count("1.00＊①") == 2
    assert "＊②暂定：无量。" in said


def test_an_assumed_amount_bears_a_star_and_its_reason():
    said = "".join(words(made("flat_notice")))
    assert "430.20＊" in said
    assert "＊暂定：示例价，需按当地造价信息替换。" in said
    settled = replace(sample("flat_notice"), costs=(CostLine(item="管材", amount_fen=100),))
    assert "＊" not in "".join(words(made("flat_notice", settled)))


def test_c3_2_a_scheme_adds_up_its_buildings_and_its_money():
    said = "".join(words(made("scheme")))
    # 48 + 36 flats, 4320.50 + 3240.00 m², 90 000 + 60 000 yuan.
    for one in ("2栋、84户", "7,560.50平方米", "150,000.00", "壹拾伍万元整", "楼栋明细表"):
        assert one in said


def test_c3_4_an_open_round_leaves_the_conclusion_to_be_ticked():
    values = sample("acceptance")
    assert "验收合格，同意交付使用。" in "".join(words(made("acceptance", values)))
    said = "".join(words(made("acceptance", replace(values, passed=None))))
    assert "□验收合格" in said
    failed = "".join(words(made("acceptance", replace(values, passed=False))))
    assert "整改后重新验收。" in failed
    assert "同意交付使用" not in failed


def test_a_contract_signed_on_a_screen_shows_the_signature():
    stroke = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40">'
        '<path d="M5 20 L95 20" stroke="#000" stroke-width="6" fill="none"/></svg>'
    )
    values = sample("contract")
    signed = replace(values, signature_svg=stroke, signed_on=date(2011, 5, 2))
    before, after = (pictures(made("contract", one))[-1] for one in (values, signed))
    assert ink(after, 110, 20, 190, 280) > ink(before, 110, 20, 190, 280) + 200
    assert "2011年5月2日" in "".join(words(made("contract", signed)))


# Hard cases


@pytest.mark.parametrize("kind", PRINTED)
def test_values_that_are_not_known_leave_blanks(kind):
    assert words(made(kind, heading=Heading(office="")))


def test_a_notice_of_which_only_the_least_is_known_is_made():
    least = BuildingNotice(building="甲楼", year=2011, flats=0, area_m2=Decimal(0))
    flat = FlatNotice(whole=least, flat="1", owner_name="", area_m2=Decimal(0))
    assert "甲楼" in words(made("building_notice", least))[0]
    assert "甲楼" in words(made("flat_notice", flat))[0]


def test_words_stay_words_and_never_markup():
    hostile = '#set page(width: 1mm) *x* $y$ @z <b> "quoted" \\'
    said = "".join(words(made("building_notice", replace(sample("building_notice"), building=hostile))))
    assert "#setpage(width:1mm)*x*$y$@z<b>" in said


def test_rare_characters_are_printed_and_those_no_typeface_has_are_named():
    values = replace(sample("flat_notice"), owner_name="㐂䶮𠮷")
    said = "".join(words(made("flat_notice", values)))
    assert "㐂䶮〓" in said
    assert "〓为字库所缺的字（U+20BB7）" in said


LONG_NAME = "买买提·艾山江·阿卜杜热合曼㐂𠮷" + "某某房屋开发建设有限责任公司第一分公司家属区" * 2
NAMED = {"owner_name", "name", "building", "supplier", "contractor", "office", "person", "technician"}


def renamed(value):
    """Return values with every name in them long, with a point between its parts and rare characters."""
    if isinstance(value, tuple):
        return tuple(renamed(one) for one in value)
    if not is_dataclass(value) or isinstance(value, Text):
        return value
    held = {one.name: getattr(value, one.name) for one in fields(value)}
    return replace(value, **{
        name: LONG_NAME if name in NAMED and isinstance(one, str) and one else renamed(one)
        for name, one in held.items()
    })  # fmt: skip


@pytest.mark.parametrize("kind", PRINTED)
def test_every_paper_prints_long_names_and_rare_characters_within_its_edges(kind):
    paper = made(kind, renamed(sample(kind)))
    said = "".join(words(paper))
    assert "买买提·艾山江·阿卜杜热合曼㐂〓" in said
    assert "U+20BB7" in said
    for page in pictures(paper):
        height, width = (side / PIXELS_PER_MM for side in page.shape)
        assert ink(page, 0, 0, 12, height) == ink(page, width - 12, 0, width, height) == 0


def test_long_names_stay_within_the_margins():
    long = "阜新市海州区某某房屋开发建设有限责任公司第一分公司家属区" * 3
    values = replace(
        sample("flat_notice"),
        owner_name=long,
        whole=replace(sample("building_notice"), building=long, payment_place=long, complaint_office=long),
    )
    for number, page in enumerate(pictures(made("flat_notice", values)), start=1):
        inner = 28 if number % 2 else 26
        assert ink(page, 0, 50, inner - 0.5, 272) == 0
        assert ink(page, 210 - (54 - inner) + 0.5, 50, 210, 272) == 0


def test_two_hundred_rows_go_over_pages_each_with_its_head():
    rows = tuple(
        Praised(name=f"住户{n}甲", building=f"示例小区{n}号楼", flat="1-101", amount_fen=100)
        for n in range(200)
    )
    values = CommendationList(year=2011, to="各单位", rows=rows)
    pages = words(made("commendations", values))
    held = [page for page in pages if "示例小区" in page]
    assert len(held) > 4
    assert all("姓名或单位" in page for page in held)
    assert "200.00" in held[-1]
    said = "".join(pages)
    assert all(f"住户{n}甲" in said for n in range(200))


def test_two_hundred_measured_rooms_repeat_their_head():
    rooms = tuple(RoomSample(flat=f"{n}", measured_c=Decimal("19.5"), passed=True) for n in range(200))
    pages = words(made("acceptance", replace(sample("acceptance"), rooms=rooms)))
    assert sum("改造前（计算值）" in page for page in pages) >= 4


# Templates an office changes


def test_an_offices_template_of_the_same_name_wins(tmp_path):
    (tmp_path / "contract.typ").write_text(
        '#import "form.typ": *\n#show: form.with(title: [本市合同])\n甲方：#data.supplier', encoding="utf-8"
    )
    said = "".join(words(made("contract", folder=tmp_path)))
    assert "本市合同" in said
    assert "第一条" not in said
    assert "分户控制供暖改造通知" in words(made("building_notice", folder=tmp_path))[0]


def test_an_office_may_change_the_layout_alone(tmp_path):
    (tmp_path / "form.typ").write_text(
        '#import "paper.typ": *\n#let section(body) = heading(body)\n#let rows-of(..x) = []\n'
        "#let form(title: none, body) = { [本市版式：]; title }\n",
        encoding="utf-8",
    )
    assert "本市版式" in words(made("contract", folder=tmp_path))[0]


@pytest.mark.parametrize(
    ("template", "line", "said"),
    [
        ('#import "gb9704.typ": *\n\n#data.no_such', 3, "no_such"),
        ("#let x = (\n", 1, "unclosed"),
        ("第一行\n#foo", 2, "foo"),
        ('#read("/etc/passwd")', 1, "not found"),
        ("#while true { }", 1, "always true"),
    ],
)
def test_a_faulty_template_is_told_by_file_and_line(tmp_path, template, line, said):
    (tmp_path / "building_notice.typ").write_text(template, encoding="utf-8")
    with pytest.raises(TemplateFault, match=said) as told:
        made("building_notice", folder=tmp_path)
    assert (told.value.file, told.value.line) == ("building_notice.typ", line)
    assert "building_notice.typ" in str(told.value)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("#for i in range(9999) { for j in range(9999) { for k in range(9999) { let x = i } } }", "seconds"),
        ("#let a = range(10)\n#let n = 0\n#while n < 60 { a = a + a; n += 1 }", "512 MB"),
        ("#let f(n) = f(n + 1)\n#f(0)", "depth"),
    ],
)
def test_a_template_that_loops_or_eats_memory_is_refused_and_harms_nobody(
    tmp_path, monkeypatch, template, said
):
    monkeypatch.setattr(apart, "SECONDS", 2)
    (tmp_path / "briefing.typ").write_text(template, encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with speaking(ENGLISH), pytest.raises(TemplateFault, match=said) as told:
        made("briefing", folder=tmp_path)
    assert told.value.file == "briefing.typ"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000
    assert made("briefing")


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret.txt", "link.txt", "@preview/example:0.1.0"])
def test_a_template_reads_nothing_outside_its_folder(tmp_path, path):
    held, secret = tmp_path / "held", tmp_path / "secret.txt"
    held.mkdir()
    secret.write_text("geheim")
    opens = f'#import "{path}": *' if path.startswith("@") else f'#read("{path}")'
    (held / "briefing.typ").write_text(opens, encoding="utf-8")
    with pytest.raises(TemplateFault):
        made("briefing", folder=held)


def test_a_template_sees_neither_the_servers_secrets_nor_its_network(tmp_path):
    given = apart._environment(tmp_path)
    assert set(given) <= {
        "PATH", "HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "RUST_BACKTRACE", "http_proxy", "https_proxy",
        "HTTPS_PROXY", "ALL_PROXY",
    }  # fmt: skip


def test_set_apart_a_paper_has_the_bytes_it_has_here(tmp_path):
    assert made("briefing", folder=tmp_path) == made("briefing")


def test_an_unknown_field_is_told_with_the_fields_there_are(tmp_path):
    (tmp_path / "scheme.typ").write_text('#import "gb9704.typ": *\n#data.no_such', encoding="utf-8")
    with pytest.raises(TemplateFault, match="total_capital"):
        made("scheme", folder=tmp_path)


def test_a_template_in_another_encoding_is_a_fault(tmp_path):
    (tmp_path / "scheme.typ").write_bytes("改造方案".encode("gbk"))
    with pytest.raises(TemplateFault) as told:
        made("scheme", folder=tmp_path)
    assert told.value.file == "scheme.typ"


def test_a_template_shows_pictures_of_its_folder_and_of_no_other(tmp_path):
    held, outside = tmp_path / "held", tmp_path / "outside.png"
    held.mkdir()
    with pypdfium2.PdfDocument(made("publication")) as document:
        bitmap = document[0].render(scale=0.2)
    for place in (outside, held / "logo.png"):
        place.write_bytes(png(bitmap.to_numpy()))
    template = held / "publication.typ"
    head = '#import "form.typ": *\n#show: form.with(title: [题])\n'
    template.write_text(head + '#image("logo.png", width: 50mm, alt: "标志")', encoding="utf-8")
    assert ink(pictures(made("publication", folder=held))[0], 30, 60, 90, 140) > 100
    template.write_text(head + '#image("../outside.png", alt: "")', encoding="utf-8")
    with pytest.raises(TemplateFault, match=r"publication\.typ"):
        made("publication", folder=held)


def png(pixels):
    """Return grey or coloured pixels as a PNG."""
    grey = pixels.reshape(*pixels.shape[:2], -1)[:, :, 0]
    rows = b"".join(b"\0" + row.tobytes() for row in grey)
    size = struct.pack(">IIBBBBB", grey.shape[1], grey.shape[0], 8, 0, 0, 0, 0)
    parts = ((b"IHDR", size), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_typefaces_an_office_puts_beside_its_templates_are_used(tmp_path):
    plain = font_names(made("building_notice"))
    assert plain == {"NotoSerifSC-Regular", "NotoSansSC-Regular"}
    (tmp_path / "fonts").mkdir()
    rename_font(pylopdf_fonts_zh_cn.serif_path(), tmp_path / "fonts" / "fang.otf", "FangSong", "分户根据改造")
    assert font_names(made("building_notice", folder=tmp_path)) == plain | {"FangSong"}


def font_names(paper):
    with pypdfium2.PdfDocument(paper) as document:
        page = document[0].get_textpage()
        return {font_name(page, at) for at in range(page.count_chars())} - {""}


def font_name(page, at):
    held = ctypes.create_string_buffer(200)
    pypdfium2.raw.FPDFText_GetFontInfo(page.raw, at, held, 200, None)
    return held.value.decode().partition("+")[2]


def rename_font(source, target, name, letters):
    with TTFont(source) as font:
        subsetter = subset.Subsetter()
        subsetter.populate(text=letters)
        subsetter.subset(font)
        for record in font["name"].names:
            if record.nameID in (1, 3, 4, 6, 16):
                record.string = name
        font["CFF "].cff.fontNames = [name]
        font.save(target)


# Word files


@pytest.mark.parametrize("kind", EDITED)
def test_a_word_file_says_what_the_paper_says(kind):
    document = Document(io.BytesIO(made(kind, heading=DEMO, format="docx")))
    said = "".join(one.text for one in document.paragraphs)
    said += "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "{{" not in said
    assert "{%" not in said
    assert SAMPLE_HEADING.number in said
    assert SAMPLE_HEADING.verify_url in said
    assert len(document.inline_shapes) == 1
    assert any("演示数据" in one.text for one in document.sections[0].header.paragraphs)


def test_a_word_file_keeps_every_row_and_every_character():
    values = replace(sample("contract"), owner_name="㐂𠮷 <&>")
    document = Document(io.BytesIO(made("contract", values, format="docx")))
    assert any("㐂𠮷 <&>" in one.text for one in document.paragraphs)
    costs = next(one for one in document.tables if one.rows[0].cells[0].text == "项目")
    assert [row.cells[3].text for row in costs.rows] == ["金额（元）", "650.30", "430.20＊", "1,080.50"]


@pytest.mark.parametrize("content", ["{{ no_such }}", "{% if %}", "{{ 1 / 0 }}", None])
def test_a_faulty_word_template_is_told_by_its_file(tmp_path, content):
    path = tmp_path / "contract.docx"
    if content is None:
        path.write_bytes(b"no word file")
    else:
        document = Document()
        document.add_paragraph(content)
        document.save(path)
    with pytest.raises(TemplateFault, match=r"contract\.docx") as told:
        made("contract", format="docx", folder=tmp_path)
    assert told.value.file == "contract.docx"


def test_a_word_template_reaches_nothing_but_its_values(tmp_path):
    document = Document()
    document.add_paragraph("{{ heading.__class__.__mro__ }}")
    document.save(tmp_path / "contract.docx")
    with pytest.raises(TemplateFault):
        made("contract", format="docx", folder=tmp_path)


# Workbooks


def test_schedule_and_allocation_are_workbooks_marked_in_the_demo():
    for kind in ("schedule", "reward_allocation"):
        book = openpyxl.load_workbook(io.BytesIO(made(kind, heading=DEMO, format="xlsx")))
        assert "演示数据" in str(book.worksheets[0]["A1"].value)
    assert zipfile.is_zipfile(io.BytesIO(made("schedule", format="xlsx")))
