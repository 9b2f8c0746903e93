"""Readings by workbook, CSV, a gateway's messages and its M-Bus frames become one kind of record."""

from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from fenhu.errors import InputFault, UnreadableFile
from fenhu.money.metering import ReadingRecord, read_readings, reading_of_json, reading_of_mbus
from fenhu.papers import readings_template_xlsx

H7 = ReadingRecord(meter="H7", day=date(2010, 11, 30), energy_kwh=Decimal("1234.5"))


def mbus(*records, number="00000007"):
    """Return a long frame of the standard: 68 L L 68, control, address, CI, header, records, sum, 16."""
    ident = bytes.fromhex(number)[::-1]
    body = bytes([0x08, 0x01, 0x72]) + ident + bytes.fromhex("96150104 00000000".replace(" ", ""))
    body += b"".join(bytes.fromhex(one) for one in records)
    return bytes([0x68, len(body), len(body), 0x68]) + body + bytes([sum(body) % 256, 0x16])


def written(tmp_path, name, content, encoding="utf-8"):
    path = tmp_path / name
    path.write_text(content, encoding=encoding)
    return path


def records(path):
    reading = read_readings(path)
    assert reading.rows is not None, [str(one.message) for one in reading.findings]
    return [record for _, record in reading.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_csv_file_is_read(tmp_path, encoding):
    content = "表号,抄表日期,读数(kWh)\nH7,2010-11-30,1234.5\n"
    assert records(written(tmp_path, "r.csv", content, encoding)) == [H7]


def test_a_workbook_is_read(tmp_path):
    book = Workbook()
    book.active.append(["表号", "抄表日期", "读数"])
    book.active.append(["H7", date(2010, 11, 30), 1234.5])
    book.save(tmp_path / "r.xlsx")
    assert records(tmp_path / "r.xlsx") == [H7]


def test_the_template_names_the_meters_and_is_read_back_once_filled_in(tmp_path):
    readings_template_xlsx(tmp_path / "r.xlsx", ["H7", "=H8"])
    book = load_workbook(tmp_path / "r.xlsx")
    sheet = book.worksheets[0]
    assert [sheet["A3"].value, sheet["A3"].data_type] == ["=H8", "s"]
    sheet["B2"], sheet["C2"] = date(2010, 11, 30), 1234.5
    sheet.delete_rows(3)
    book.save(tmp_path / "r.xlsx")
    assert records(tmp_path / "r.xlsx") == [H7]


def test_a_gateways_messages_are_read_a_line_each(tmp_path):
    line = '{"meter": "H7", "time": "2010-11-30T23:50:00+08:00", "energy": 1234.5}\n'
    assert records(written(tmp_path, "r.jsonl", line + "\n" + line)) == [H7, H7]


def test_gigajoules_become_kilowatt_hours():
    # 3.6 GJ are 1,000 kWh.
    message = '{"meter": "H7", "time": "2010-11-30T08:00:00Z", "energy": 3.6, "unit": "GJ"}'
    assert reading_of_json(message).energy_kwh == 1000


def test_an_mbus_frame_names_its_meter_and_its_energy():
    # DIF 0C: eight BCD digits; VIF 06: energy in kWh, VIF 0F: in 10 MJ·10 = 10⁷ J.
    frame = mbus("0C0678563400")
    found = reading_of_mbus(frame, date(2010, 11, 30))
    assert found == ReadingRecord(meter="00000007", day=date(2010, 11, 30), energy_kwh=Decimal(345678))


def test_an_mbus_counter_in_gigajoule_is_converted():
    # VIF 0F is 10⁷ J: 360 of them are 3.6 GJ, 1,000 kWh.
    assert reading_of_mbus(mbus("0C0F60030000"), date(2010, 11, 30)).energy_kwh == 1000


def test_frames_in_hexadecimal_are_read_with_their_day(tmp_path):
    path = written(tmp_path, "r.hex", f"2010-11-30 {mbus('0C0678563400').hex(' ')}\n")
    assert [one.energy_kwh for one in records(path)] == [345678]


def test_a_counter_of_a_past_day_is_not_what_the_meter_shows():
    with pytest.raises(InputFault) as fault:
        reading_of_mbus(mbus("4C0678563400"), date(2010, 11, 30))  # storage number 1
    assert "no energy counter" in fault.value.message.pattern


@pytest.mark.parametrize("frame", [b"", b"\x68", mbus("0C0678563400")[:-2], mbus("0C0678")[:-1] + b"\x00"])
def test_a_broken_frame_is_refused(frame):
    with pytest.raises(InputFault):
        reading_of_mbus(frame, date(2010, 11, 30))


@pytest.mark.parametrize(
    "message",
    [
        "", "[]", "{", '{"meter": 7, "time": "2010-11-30", "energy": 1}',
        '{"meter": "H7", "energy": 1}', '{"meter": "H7", "time": "2010-11-30", "energy": "1"}',
        '{"meter": "H7", "time": "2010-11-30", "energy": -1}',
        '{"meter": "H7", "time": "2010-11-30", "energy": NaN}',
        '{"meter": "H7", "time": "2010-11-30", "energy": 1, "unit": "kcal"}',
    ],
)  # fmt: skip
def test_a_message_that_is_none_is_refused(message):
    with pytest.raises(InputFault):
        reading_of_json(message)


def test_every_fault_has_its_row_and_nothing_is_taken(tmp_path):
    reading = read_readings(
        written(
            tmp_path,
            "r.csv",
            "表号,抄表日期,读数\nH7,2010-11-30,1\n,2010-11-30,1\nH7,gestern,1\nH7,2010-12-01,-1\n",
        )
    )
    assert reading.rows is None
    assert [(one.code, one.row, one.column) for one in reading.findings] == [
        ("empty", 3, "表号"), ("not-a-day", 4, "抄表日期"), ("not-a-number", 5, "读数"),
    ]  # fmt: skip


def test_a_line_that_is_no_message_is_found_by_its_number(tmp_path):
    line = '{"meter": "H7", "time": "2010-11-30T23:50:00+08:00", "energy": 1234.5}\n'
    reading = read_readings(written(tmp_path, "r.jsonl", line + "hello\n"))
    assert reading.rows is None
    assert [one.row for one in reading.findings] == [2]


def test_a_log_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(UnreadableFile):
        read_readings(path)
