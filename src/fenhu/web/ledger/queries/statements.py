"""Statements of accounts, page by page, and receipts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from fenhu.money.accounts import ACCOUNT_NAMES, TRANSFER_NAMES, AccountKind, TransferKind
from fenhu.programme import Role
from fenhu.records import Payer
from fenhu.web.access.privacy import SEES_PERSONS, masked_name
from fenhu.web.access.scope import get_visible, grants_of
from fenhu.web.ledger.models import Account, Posting, Receipt, Transfer
from fenhu.web.ledger.names import purse_name
from fenhu.web.paging import placed
from fenhu.web.registry.queries import full_name
from fenhu.wording import Text

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """One posting as the account's holder reads it; debits are positive."""

    on_date: date
    kind: Text
    reference: str
    note: str
    receipt: str
    amount_fen: int
    balance_fen: int
    reversed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One page of an account, oldest first, with what stood before it and after it."""

    account_id: int
    kind: Text
    holder: Text | str
    building: str
    code: str
    flat_id: str
    payer: Payer | None
    opening_fen: int
    rows: tuple[StatementRow, ...]
    closing_fen: int
    balance_fen: int
    charged_fen: int
    page: int
    pages: int
    total: int
    office: str
    synthetic: bool

    @property
    def paid_fen(self) -> int:
        """Return what was paid of what was charged."""
        return self.charged_fen - self.balance_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptView:
    """A receipt as it is printed."""

    number: str
    office: str
    payer: Payer
    payer_name: str
    building: str
    code: str
    flat_id: str
    contract_number: str
    amount_fen: int
    on_date: date
    way: str
    reference: str
    voided_on: date | None
    void_reason: str
    may_void: bool
    synthetic: bool


def account_for(user: Any, account_id: int) -> Account:
    """Return the account ``user`` may see."""
    rows = Account.objects.select_related("building__supplier", "flat", "office", "purse")
    return get_visible(rows, user, pk=account_id)


def statement(user: Any, account_id: int, page: int | None = None) -> Statement:
    """Return one page of an account's statement, the newest page where none is named."""
    account = account_for(user, account_id)
    postings = Posting.objects.filter(account=account).order_by("pk")
    total = postings.count()
    number, pages = placed(total if page is None else page, total, PAGE_SIZE)
    start = (number - 1) * PAGE_SIZE
    shown = list(
        postings.select_related("transfer", "transfer__receipt", "transfer__reversed_by")[
            start : start + PAGE_SIZE
        ]
    )
    opening = shown[0].balance_fen - shown[0].amount_fen if shown else 0
    return Statement(
        account_id=account.pk,
        kind=ACCOUNT_NAMES[AccountKind(account.kind)],
        holder=_holder(account),
        building=full_name(account.building.estate, account.building.name) if account.building else "",
        code=account.building.code if account.building else "",
        flat_id=account.flat.flat_id if account.flat else "",
        payer=Payer(account.payer) if account.payer else None,
        opening_fen=opening,
        rows=tuple(_statement_row(one) for one in shown),
        closing_fen=shown[-1].balance_fen if shown else 0,
        balance_fen=account.balance_fen,
        charged_fen=account.charged_fen,
        page=number,
        pages=pages,
        total=total,
        office=account.building.supplier.name if account.building else "",
        synthetic=account.building.synthetic if account.building else False,
    )


def statement_rows(user: Any, account_id: int) -> Iterator[StatementRow]:
    """Yield every posting of an account the user may see, oldest first."""
    postings = Posting.objects.filter(account=account_for(user, account_id)).order_by("pk")
    rows = postings.select_related("transfer", "transfer__receipt", "transfer__reversed_by")
    for posting in rows.iterator(chunk_size=2000):
        yield _statement_row(posting)


def receipt_for(user: Any, number: str) -> Receipt:
    """Return the receipt ``user`` may see."""
    return get_visible(_receipts(), user, number=number)


def _receipts() -> Any:
    return Receipt.objects.select_related(
        "transfer", "office", "account__building__owner", "account__building__supplier", "account__flat"
    )


def receipt_view(user: Any, number: str) -> ReceiptView:
    """Return a receipt the user may see, as it is printed."""
    receipt = receipt_for(user, number)
    collects = any(
        grant.role == Role.HEAT_SUPPLIER and grant.organisation_id == receipt.office_id
        for grant in grants_of(user)
    )
    return _receipt_view(receipt, collects=collects, clear=_sees_persons(user))


def home_receipt(flat: Any, number: str) -> ReceiptView | None:
    """Return a receipt of a flat's own account, as its household reads it; None where it has none such."""
    own = _receipts().filter(account__flat=flat, number=number).first()
    return _receipt_view(own, collects=False, clear=True) if own is not None else None


def _receipt_view(receipt: Receipt, *, collects: bool, clear: bool) -> ReceiptView:
    account, building = receipt.account, receipt.account.building
    assert building is not None
    undone = Transfer.objects.filter(reverses=receipt.transfer).first()
    return ReceiptView(
        number=receipt.number,
        office=receipt.office.name,
        payer=Payer(account.payer),
        payer_name=_payer_name(account, clear=clear),
        building=full_name(building.estate, building.name),
        code=building.code,
        flat_id=account.flat.flat_id if account.flat else "",
        contract_number=_contract_number(account),
        amount_fen=receipt.amount_fen,
        on_date=receipt.on_date,
        way=receipt.way,
        reference=receipt.transfer.reference,
        voided_on=undone.on_date if undone else None,
        void_reason=undone.note if undone else "",
        may_void=collects and undone is None,
        synthetic=building.synthetic,
    )


def _statement_row(posting: Posting) -> StatementRow:
    transfer = posting.transfer
    receipt = getattr(transfer, "receipt", None)
    return StatementRow(
        on_date=transfer.on_date,
        kind=TRANSFER_NAMES[TransferKind(transfer.kind)],
        reference=transfer.reference,
        note=transfer.note,
        receipt=receipt.number if receipt else "",
        amount_fen=posting.amount_fen,
        balance_fen=posting.balance_fen,
        reversed=getattr(transfer, "reversed_by", None) is not None,
    )


def _holder(account: Account) -> Text | str:
    if account.purse is not None:
        return purse_name(account.purse)
    return account.office.name if account.office else ""


def _payer_name(account: Account, *, clear: bool) -> str:
    if account.flat is not None:
        name = account.flat.owner_name
        return name if clear else masked_name(name)
    owner = account.building.owner if account.building else None
    if account.payer == Payer.OWNER and owner is not None:
        return owner.name
    return account.building.supplier.name if account.building and account.payer == Payer.SUPPLIER else ""


def _contract_number(account: Account) -> str:
    if account.flat is None:
        return ""
    signed = account.flat.works.filter(contract_on__isnull=False).order_by("-pk").first()
    return signed.contract_number if signed else ""


def _sees_persons(user: Any) -> bool:
    return any(grant.role in SEES_PERSONS for grant in grants_of(user))
