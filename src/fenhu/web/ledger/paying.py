"""Payments, their numbered receipts, refunds, and taking back what was recorded wrongly."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.money.accounts import TransferKind
from fenhu.programme import Role
from fenhu.records import Payer
from fenhu.units import yuan_from_fen
from fenhu.web import clock
from fenhu.web.access.scope import grants_of
from fenhu.web.ledger import purses
from fenhu.web.ledger.keys import AccountKey, bank, owed, stage
from fenhu.web.ledger.models import WAYS, Account, NumberSeries, Receipt, Transfer
from fenhu.web.ledger.posting import Entry, balance_fen, post, reverse
from fenhu.web.registry import queries as registry
from fenhu.wording import text
from fenhu.worksheets import one_line

COLLECTED = (Payer.USER, Payer.OWNER, Payer.SUPPLIER)


@transaction.atomic
def receive(
    actor: Any,
    building: Any,
    *,
    payer: Payer,
    fen: int,
    way: str,
    flat: Any = None,
    on: date | None = None,
    reference: str = "",
) -> Receipt:
    """Return the receipt of a payment to the building's supplier; a household's names its flat.

    The same reference a second time gives the same receipt, whatever blanks were typed around it.

    Raises
    ------
    NotAllowed
        If the building is not the supplier's.
    InputFault
        If the amount, the way or the payer cannot be; if the reference stands for another payment.
    WrongState
        If a purse does not hold so much for this building, or the day's books are closed.
    """
    require_collector(actor, building)
    if payer not in COLLECTED:
        raise InputFault(text("This payer pays by reward, fund or grant; finance releases it"))
    return pay(actor, building, payer=payer, fen=fen, way=way, flat=flat, on=on, reference=reference)


@transaction.atomic
def release_grant(
    actor: Any, building: Any, project: Any, *, fen: int, on: date | None = None, reference: str = ""
) -> Receipt:
    """Return the receipt of project money that finance pays for mains in place.

    Raises
    ------
    NotAllowed
        If the actor is not the finance bureau that answers for the building.
    InputFault
        If the amount cannot be, or is more than project money still owes.
    WrongState
        If the mains are not in place, or the day's books are closed.
    """
    fitting = [grant for grant in grants_of(actor) if grant.role == Role.FINANCE]
    if not registry.visible_buildings(actor).covered_by(fitting).filter(pk=building.pk).exists():
        raise NotAllowed(text("Only the finance bureau that answers for the building releases project money"))
    if project.mains_ready_on is None:
        raise WrongState(text("Project money is released once the mains are in place"))
    owing = balance_fen(owed(building, Payer.UPPER))
    if fen > owing:
        raise InputFault(text("Project money owes {yuan} yuan here", yuan=f"{yuan_from_fen(owing):,.2f}"))
    return pay(actor, building, payer=Payer.UPPER, fen=fen, way="transfer", on=on, reference=reference)


@transaction.atomic
def pay(
    actor: Any,
    building: Any,
    *,
    payer: Payer,
    fen: int,
    way: str,
    flat: Any = None,
    on: date | None = None,
    reference: str = "",
    kind: TransferKind = TransferKind.PAY,
    source: AccountKey | None = None,
) -> Receipt:
    """Return the receipt of a payment, whoever makes it; ``source``: where the money lies, if not new.

    Raises
    ------
    InputFault, WrongState
        As ``receive``.
    """
    office, day, reference = building.supplier, on or clock.today(), one_line(reference)
    _check(fen, way)
    account = owed(building, payer, flat)
    transfer = post(
        actor=actor,
        kind=kind,
        on=day,
        building=building,
        reference=reference,
        key=f"pay/{office.code}/{reference}" if reference else None,
        entries=(
            Entry(source or bank(office), fen),
            Entry(account, -fen),
            *_spent(building, payer, fen),
        ),
    )
    known = Receipt.objects.filter(transfer=transfer).first()
    return known or Receipt.objects.create(
        number=_next_number(office, day.year),
        transfer=transfer,
        office=office,
        amount_fen=fen,
        on_date=day,
        account=Account.objects.get(code=account.code),
        way=way,
    )


@transaction.atomic
def refund(
    actor: Any,
    building: Any,
    *,
    payer: Payer,
    fen: int,
    flat: Any = None,
    on: date | None = None,
    reference: str = "",
) -> Transfer:
    """Return the transfer that gives a payer back what he paid too much.

    Raises
    ------
    NotAllowed
        If the building is not the supplier's.
    InputFault
        If the amount is not above 0.
    WrongState
        If so much was not paid too much; the figure is named.
    """
    require_collector(actor, building)
    account = owed(building, payer, flat)
    too_much = -balance_fen(account)
    reference = one_line(reference)
    _check(fen, WAYS[0])
    if fen > too_much:
        raise WrongState(
            text(
                "{yuan} yuan were paid too much; no more can be refunded",
                yuan=f"{max(too_much, 0) / 100:,.2f}",
            )
        )
    return post(
        actor=actor,
        kind=TransferKind.REFUND,
        on=on,
        building=building,
        reference=reference,
        key=f"refund/{building.supplier.code}/{reference}" if reference else None,
        entries=(
            Entry(account, fen),
            Entry(bank(building.supplier), -fen),
            *_given_back(building, payer, fen),
        ),
    )


@transaction.atomic
def void(actor: Any, receipt: Receipt, *, note: str) -> Transfer:
    """Return the reversal of a payment that was recorded wrongly; its receipt is void from then on.

    Raises
    ------
    NotAllowed
        If the receipt is not of the actor's office.
    InputFault
        If no reason is given.
    WrongState
        If it is void already.
    """
    require_collector(actor, receipt.account.building)
    return reverse(actor=actor, transfer=receipt.transfer, note=note)


def require_collector(actor: Any, building: Any) -> None:
    """Go on only for somebody who collects for this building.

    Raises
    ------
    NotAllowed
        If he does not.
    """
    fitting = [grant for grant in grants_of(actor) if grant.role == Role.HEAT_SUPPLIER]
    if not registry.visible_buildings(actor).covered_by(fitting).filter(pk=building.pk).exists():
        raise NotAllowed(text("Only the building's heat supplier may do that"))


def _check(fen: int, way: str) -> None:
    if fen <= 0:
        raise InputFault(text("A payment is above 0"))
    if way not in WAYS:
        raise InputFault(text("There is no way {way}; there are {known}", way=way, known=", ".join(WAYS)))


def _spent(building: Any, payer: Payer, fen: int) -> list[Entry]:
    """Return what a payment takes from its payer's purse; what was contracted for this building, no more."""
    purse = purses.purse_of_bill(payer, building)
    if purse is None:
        return []
    held = purses.held_fen(purse, purses.CONTRACTED, building)
    if fen > held:
        raise WrongState(
            text(
                "Of this purse {held} yuan are contracted for the building; {asked} yuan are asked",
                held=f"{held / 100:,.2f}",
                asked=f"{fen / 100:,.2f}",
            )
        )
    return [Entry(stage(purse, purses.CONTRACTED), -fen), Entry(stage(purse, purses.SPENT), fen)]


def _given_back(building: Any, payer: Payer, fen: int) -> list[Entry]:
    purse = purses.purse_of_bill(payer, building)
    if purse is None:
        return []
    return [Entry(stage(purse, purses.SPENT), -fen), Entry(stage(purse, purses.FREE), fen)]


def _next_number(office: Any, year: int) -> str:
    series, _ = NumberSeries.objects.get_or_create(office=office, year=year)
    series = NumberSeries.objects.select_for_update().get(pk=series.pk)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{office.code}-{year}-{series.last:06d}"
