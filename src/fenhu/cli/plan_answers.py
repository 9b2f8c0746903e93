"""What ``fenhu plan`` says on stderr about shortfalls and about single buildings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fenhu import planning
from fenhu.cli.console import tell
from fenhu.wording import Text, text

MOST_MOVES = 10


def tell_helps(helps: Iterable[planning.Help]) -> None:
    """Say for every shortfall what contradicts it, then the ways out, cheapest first."""
    for one in helps:
        tell(one.sentence)
        for way in one.ways:
            tell(text("  Way out: {sentence}", sentence=way.sentence))


def tell_whys(instance: planning.Instance, whys: Mapping[str, planning.Why]) -> None:
    """Say all there is to say about the buildings asked for."""
    for code, answer in whys.items():
        tell(_headline(instance, code, answer))
        for sentence in answer.sentences:
            tell(text("  {sentence}", sentence=sentence))
        if answer.sooner is not None and answer.sooner.reached:
            for move in planning.moves_said(instance, answer.sooner.moved[:MOST_MOVES]):
                tell(text("    {sentence}", sentence=move))


def _headline(instance: planning.Instance, code: str, answer: planning.Why) -> Text:
    if answer.year == planning.NO_YEAR:
        return text("{code}: not planned.", code=code)
    return text("{code}: planned in {year}.", code=code, year=instance.year_label(answer.year))
