"""Balances of older books by file: who was charged and has paid what before fenhu."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fenhu.records import Finding, Payer, Severity
from fenhu.wording import text
from fenhu.worksheets import Column, Faults, Line, Sheet, open_sheets, single_table, values

OPENINGS = Sheet(
    "opening",
    "期初余额",
    (
        Column("code", "楼栋编号", required=True, note=text("as in the register")),
        Column("flat", "户", note=text("unit-storey-room, such as 1-1-101; blank for public payers")),
        Column("payer", "付款方", required=True, note=text("household, owner unit, supplier and so on")),
        Column("owed_yuan", "应收", required=True, note=text("yuan charged in the older books")),
        Column("paid_yuan", "已收", required=True, note=text("yuan received in the older books, 0 if none")),
    ),
)
PAYER_SPELLINGS = {
    "住户": Payer.USER, "用户": Payer.USER, "热用户": Payer.USER,
    "产权单位": Payer.OWNER, "原产权单位": Payer.OWNER,
    "供热单位": Payer.SUPPLIER, "供热企业": Payer.SUPPLIER,
    "大修基金": Payer.REPAIR_FUND, "维修资金": Payer.REPAIR_FUND, "住宅专项维修资金": Payer.REPAIR_FUND,
    "市财政": Payer.CITY, "市级财政": Payer.CITY,
    "区财政": Payer.DISTRICT, "区级财政": Payer.DISTRICT,
    "上级资金": Payer.UPPER, "中央和省级资金": Payer.UPPER,
    **{payer.value: payer for payer in Payer},
}  # fmt: skip
_LONGEST_CODE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningBalance:
    """What one payer owed and had paid of a building's bill; ``flat`` is empty for public payers."""

    code: str
    flat: str
    payer: Payer
    owed_fen: int
    paid_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningReading:
    """The balances in the file's order, and what was found; None where a finding is an error."""

    balances: tuple[OpeningBalance, ...] | None
    findings: tuple[Finding, ...]


def read_openings(path: Path) -> OpeningReading:
    """Return the balances in a workbook (.xlsx) or a CSV file (UTF-8 or GBK), headed as the template.

    Whether building and flat exist is for the caller, who has the register.

    Raises
    ------
    UnreadableFile
        If the file cannot be opened as what it claims to be.
    """
    faults = Faults()
    balances: dict[tuple[str, str, Payer], OpeningBalance] = {}
    for row in single_table(OPENINGS, open_sheets(path), faults):
        balance = _balance(row, faults)
        if balance is None:
            continue
        key = (balance.code, balance.flat, balance.payer)
        if key in balances:
            message = text("This payer of this building or flat stands in the file twice; add the two up")
            faults.add("duplicate-row", row.sheet, message, row=row.number, column=row.head("code"))
        balances[key] = balance
    failed = any(finding.severity is Severity.ERROR for finding in faults.findings)
    return OpeningReading(
        balances=None if failed else tuple(balances.values()), findings=tuple(faults.findings)
    )


def _balance(row: Line, faults: Faults) -> OpeningBalance | None:
    code = values.short_text(row, "code", _LONGEST_CODE, faults, required=True)
    flat = values.short_text(row, "flat", _LONGEST_CODE, faults)
    payer = _payer(row, faults)
    owed = values.money_fen(row, "owed_yuan", faults)
    paid = values.money_fen(row, "paid_yuan", faults)
    if payer is not None and flat is not None and (payer is Payer.USER) != bool(flat):
        _note_flat(row, payer, faults)
        return None
    if code is None or flat is None or payer is None or owed is None or paid is None:
        return None
    return OpeningBalance(code=code, flat=flat, payer=payer, owed_fen=owed, paid_fen=paid)


def _payer(row: Line, faults: Faults) -> Payer | None:
    words = row.words("payer").casefold()
    payer = PAYER_SPELLINGS.get(words)
    if payer is None and "payer" in row.heads:
        message = text(
            "{value} is no payer known here; use one of: {known}",
            value=words[:40] or "—",
            known="、".join(PAYER_SPELLINGS),
        )
        faults.add("unknown-payer", row.sheet, message, row=row.number, column=row.head("payer"))
    return payer


def _note_flat(row: Line, payer: Payer, faults: Faults) -> None:
    message = (
        text("A household's balance needs its flat; fill it in")
        if payer is Payer.USER
        else text("Only households have a flat; leave it blank for a payer of the public part")
    )
    faults.add("flat-and-payer", row.sheet, message, row=row.number, column=row.head("flat"))
