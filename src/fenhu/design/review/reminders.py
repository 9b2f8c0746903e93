"""What no calculation can check: what the drawings must show, asked of whoever draws and reviews them."""

from __future__ import annotations

from fenhu.design.review.values import Outcome, Row
from fenhu.design.values import Design
from fenhu.wording import bilingual, text


def reminder(design: Design, row: Row) -> Outcome:
    """Ask for what the drawing must show."""
    return Outcome(
        holds=False,
        required=bilingual(row["ask"], row["ask_en"]),
        found=text("to be checked on the drawings of {building}", building=design.building.code),
    )
