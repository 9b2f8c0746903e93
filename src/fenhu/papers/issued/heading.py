"""What stands on a paper besides its matter: who issues it, its number, its day, where it can be verified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Office, document number and day of a paper; ``verify_url`` is drawn as a QR code beside the number.

    ``number`` is written as it is printed, "阜住建发〔2011〕3号". ``copies_to`` are the offices of 抄送,
    ``printed_by`` the office of 印发 where it is not the issuing one. A paper of the demo city (``demo``)
    bears "演示数据" on every page; a ``draft``, which only a Word file can be, says so there.
    """

    office: str
    number: str = ""
    date: date | None = None
    verify_url: str = ""
    demo: bool = False
    draft: bool = False
    copies_to: tuple[str, ...] = ()
    printed_by: str = ""
