"""What a household agrees to and signs: versioned texts, filled with what is known of its flat.

Whoever changes a sentence raises its version; what was declared keeps the words that were read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fenhu.papers import issued
from fenhu.policy import Policy
from fenhu.web.terms.contracts import contracts_of
from fenhu.web.works.queries import HomeView
from fenhu.wording import CHINESE, Text, current_language, speaking, text

CONSENT_VERSION, CONTRACT_VERSION = "consent-1", "contract-2"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadText:
    """A text as a household reads it, in the language it reads."""

    version: str
    title: Text
    paragraphs: tuple[Text, ...]

    @property
    def read_in(self) -> str:
        """The language it is read in."""
        return current_language()

    @property
    def whole(self) -> str:
        """The text letter by letter, a line a paragraph."""
        return "\n".join(one.in_language(self.read_in) for one in (self.title, *self.paragraphs))

    @property
    def digest(self) -> str:
        """What binds a declaration to the text."""
        return issued.digest_of(self.whole)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadContract:
    """The contract as a household reads it: the articles its paper prints, in Chinese whoever reads."""

    version: str
    articles: tuple[issued.Article, ...]
    whole: str

    @property
    def read_in(self) -> str:
        """The language it is read in."""
        return CHINESE

    @property
    def digest(self) -> str:
        """What binds a signature to the text."""
        return issued.digest_of(self.whole)


def contract_text(work: Any) -> ReadContract:
    """Return the contract a flat (``works.FlatWork``) is offered, as things stand."""
    with speaking(CHINESE):
        [contract] = contracts_of([work])
    return ReadContract(version=CONTRACT_VERSION, articles=contract.articles, whole=contract.whole_text())
