"""The small things several papers are made of: a basis, a contact, who pays what, a stretch of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A document a paper stands on, with its number and the clause that is meant."""

    name: str
    number: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person who answers: in which role, for which office, and at which phone."""

    role: str
    name: str
    phone: str
    office: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRule:
    """Who pays one kind of cost, by which clause; ``assumed`` where the city's document leaves it open."""

    item: str
    payer: str
    said: str = ""
    clause: str = ""
    assumed: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """One amount with its rule; quantity and unit where the amount was measured or estimated."""

    item: str
    amount_fen: int
    payer: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    clause: str = ""
    assumed: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is built, and how much of it."""

    what: str
    quantity: Decimal | None = None
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A part of the works with its first and last day."""

    what: str
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """Who is liable in which case, by which clause."""

    case: str
    liable: str
    clause: str = ""


def sum_fen(lines: tuple[CostLine, ...]) -> int:
    """Return what the lines come to."""
    return sum(line.amount_fen for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A material by name and specification, with what proves it."""

    name: str
    specification: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    certificate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """A part of a payment: when it falls due, in words, and the amount."""

    when: str
    amount_fen: int
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party that signs: whether it agrees (None before it signed), who signed and when."""

    name: str
    person: str = ""
    agrees: bool | None = None
    signed_on: date | None = None
    note: str = ""
