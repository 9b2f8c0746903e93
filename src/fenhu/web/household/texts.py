"""What a household agrees to and signs: versioned texts, filled with what is known of its flat.

Whoever changes a sentence raises its version; what was declared keeps the words that were read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from fenhu.policy import Policy
from fenhu.policy.paying import EVENT_NAMES
from fenhu.records import Payer
from fenhu.units import yuan_from_fen
from fenhu.web.ledger.queries import HomeMoney
from fenhu.web.works.queries import HomeView
from fenhu.wording import Text, text

CONSENT_VERSION, CONTRACT_VERSION = "consent-1", "contract-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadText:
    """A text as a household reads it, in the language it reads."""

    version: str
    title: Text
    paragraphs: tuple[Text, ...]

    def words(self, language: str) -> str:
        """Return the text letter by letter, a line a paragraph."""
        return "\n".join(one.in_language(language) for one in (self.title, *self.paragraphs))

    def digest(self, language: str) -> str:
        """Return what binds a declaration to the text."""
        return sha256(self.words(language).encode()).hexdigest()


def consent_text(home: HomeView, policy: Policy) -> ReadText:
    """Return what a household is asked to agree to."""
    return ReadText(
        version=CONSENT_VERSION,
        title=text("Consent to the conversion to per-household heating"),
        paragraphs=(
            text(
                "Building {building}, flat {flat}. The building is converted to per-household heating in"
                " {year} by {document}.",
                building=home.building,
                flat=home.flat_id,
                year=str(home.year),
                document=policy.document,
            ),
            text(
                "Two risers are laid in the stairwell. My flat gets a loop of its own with a lock valve, a"
                " filter, a place for a heat meter, and a thermostatic valve at every radiator."
            ),
            text(
                "For the works my flat must be entered; {supplier} tells me the day beforehand.",
                supplier=home.supplier,
            ),
            text("What I pay stands in a contract of its own. This consent alone costs me nothing."),
            text("I can change my answer until my contract is signed; every answer is kept with its day."),
        ),
    )


def contract_text(home: HomeView, money: HomeMoney, policy: Policy) -> ReadText:
    """Return the contract a household is offered, with the sums of its building's contract bill."""
    return ReadText(
        version=CONTRACT_VERSION,
        title=text("Contract on the conversion to per-household heating"),
        paragraphs=(
            text(
                "Party A: {supplier}. Party B: the heat user of flat {flat}, {building}.",
                supplier=home.supplier,
                flat=home.flat_id,
                building=home.building,
            ),
            text(
                "1. Party A converts the heating of the flat to a loop of its own by {document}: lock"
                " valve, filter, place of a heat meter, a thermostatic valve at every radiator.",
                document=policy.document,
            ),
            text(
                "2. Party B pays {yuan} yuan in all: {parts}.",
                yuan=_yuan(money.total_fen),
                parts=_parts(money, policy),
            ),
            text(
                "3. What is built less than was reckoned is not charged; the works are settled by what was"
                " measured, at the prices of this contract."
            ),
            text("4. The works are done by {day}.", day=home.deadline.isoformat() if home.deadline else "—"),
            text(
                "5. Party B lets the works be done in the flat on the agreed days and prepares it by the"
                " supplier's timetable."
            ),
            text(
                "6. Only what passes acceptance goes into use. Defects are mended free of charge for"
                " {lasts}.",
                lasts=policy.warranty.said(),
            ),
            text(
                "7. The contract binds once both parties have signed. Party A gives it its number; Party B"
                " finds it on this page."
            ),
        ),
    )


def _parts(money: HomeMoney, policy: Policy) -> Text:
    """Return in which parts the household pays, as the policy sets them."""
    rules = policy.instalments_of(Payer.USER)
    if not rules:
        return text("{yuan} yuan with the contract", yuan=_yuan(money.total_fen))
    return _joined([
        text("{yuan} yuan within {days} days of {event}", yuan=_yuan(part.fen), days=rule.within_days,
             event=EVENT_NAMES[rule.event])
        for part, rule in zip(money.parts, rules, strict=True)
    ])  # fmt: skip


def _joined(said: Sequence[Text]) -> Text:
    first, *rest = said
    for one in rest:
        first = text("{these}; {this}", these=first, this=one)
    return first


def _yuan(fen: int) -> str:
    return f"{yuan_from_fen(fen):,.2f}"
