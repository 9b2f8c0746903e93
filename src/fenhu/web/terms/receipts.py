"""Receipts as papers, for the office's desk and the flat's page alike."""

from __future__ import annotations

from collections.abc import Mapping

from fenhu import papers
from fenhu.web.ledger.queries import ReceiptView
from fenhu.web.rules import current_policy
from fenhu.wording import Text, text

PAY_WAYS: Mapping[str, Text] = {
    "bank": text("by bank"),
    "counter": text("at the counter"),
    "cash": text("in cash"),
    "online": text("online"),
    "transfer": text("by transfer"),
}


def receipt_paper(view: ReceiptView) -> bytes:
    """Return a receipt as a PDF, with the clauses its payer pays by."""
    payer = str(papers.payer_name(view.payer))
    clauses = {rule.clause for rule in current_policy().cost_shares if rule.payer == view.payer.value}
    return papers.receipt_pdf(papers.ReceiptPaper(
        number=view.number, payer=f"{payer} {view.payer_name}".strip(), building=view.building,
        flat=view.flat_id, amount_fen=view.amount_fen, issued_by=view.office, issued_on=view.on_date,
        purpose=str(text("conversion to per-household heating")), contract_number=view.contract_number,
        clause="、".join(sorted(clauses)), way=str(PAY_WAYS[view.way]), reference=view.reference,
        void_on=view.voided_on, void_reason=view.void_reason, synthetic=view.synthetic,
    ))  # fmt: skip
