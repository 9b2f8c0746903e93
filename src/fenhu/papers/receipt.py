"""收款收据: the numbered receipt of one payment, half a sheet, with its amount in capital numerals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fenhu.drawing import yuan
from fenhu.papers.capitals import capital_yuan
from fenhu.papers.typesetting import typeset
from fenhu.papers.words import DEMO_DATA
from fenhu.wording import Text, text

_PAGE = """
#set document(title: data.title, date: none)
#set page(paper: "a5", flipped: true, margin: (x: 13mm, y: 9mm),
  foreground: if data.void != "" [
    #place(center + horizon, rotate(-18deg, text(size: 58pt, fill: rgb("#b3261e99"), data.void)))])
#set text(size: 9.5pt)
#align(center, text(size: 17pt, weight: "bold", data.title))
#v(-2mm)
#grid(columns: (1fr, auto), data.mark, [#data.number_head #text(weight: "bold", data.number)])
#table(columns: (32mm, 1fr, 26mm, 1fr), stroke: 0.6pt, inset: 2.1mm, align: left + horizon,
  ..data.rows.map(row => if row.len() == 2 { (row.at(0), table.cell(colspan: 3, row.at(1))) } else { row })
    .flatten())
#if data.void_note != "" { block(text(fill: rgb("#b3261e"), data.void_note)) }
#v(1fr)
#grid(columns: (1.4fr, 1fr, 1fr), column-gutter: 4mm, ..data.signatures)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPaper:
    """One payment as its receipt tells it; with ``void_on`` the receipt was taken back."""

    number: str
    payer: str
    building: str
    amount_fen: int
    purpose: str
    issued_by: str
    issued_on: date
    flat: str = ""
    contract_number: str = ""
    clause: str = ""
    way: str = ""
    reference: str = ""
    void_on: date | None = None
    void_reason: str = ""
    synthetic: bool = False


def receipt_pdf(receipt: ReceiptPaper) -> bytes:
    """Return the receipt as a PDF of one A5 page, void marked across where it was taken back."""
    void = receipt.void_on is not None
    place = " ".join(part for part in (receipt.building, receipt.flat) if part)
    rows: list[tuple[Text | str, ...]] = [
        (text("Received from"), receipt.payer),
        (text("Building and flat"), place),
        (text("Contract number"), receipt.contract_number or "—"),
        (text("Amount"), f"¥ {yuan(receipt.amount_fen)}"),
        (text("In capitals"), capital_yuan(receipt.amount_fen)),
        (text("For"), receipt.purpose),
        (text("Basis"), receipt.clause or "—"),
        (text("Way of payment"), receipt.way or "—", text("Reference"), receipt.reference or "—"),
    ]
    note = text("Void since {day}: {reason}", day=receipt.void_on, reason=receipt.void_reason or "—")
    return typeset(
        _PAGE,
        {
            "title": str(text("Receipt of payment")),
            "mark": str(DEMO_DATA) if receipt.synthetic else "",
            "number_head": str(text("Receipt No.")),
            "number": receipt.number,
            "rows": [[str(cell) for cell in row] for row in rows],
            "void": str(text("VOID")) if void else "",
            "void_note": str(note) if void else "",
            "signatures": [
                str(text("Received by (seal): {office}", office=receipt.issued_by)),
                str(text("Cashier: {blank}", blank="__________")),
                str(text("Date: {day}", day=receipt.issued_on)),
            ],
        },
    )
