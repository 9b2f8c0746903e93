"""Made-up values of every kind of paper, all named 示例, to see a template by before anything real exists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from fenhu.errors import UnknownItem
from fenhu.papers.issued.samples import notices, works, yearly
from fenhu.papers.issued.samples.parts import SAMPLE_HEADING
from fenhu.wording import text

__all__ = ["SAMPLE_HEADING", "sample"]

_SAMPLES: Mapping[str, Callable[[], object]] = MappingProxyType(
    {
        "scheme": yearly.scheme,
        "schedule": yearly.schedule,
        "building_notice": notices.building_notice,
        "flat_notice": notices.flat_notice,
        "contract": works.contract,
        "briefing": works.briefing,
        "publication": yearly.publication,
        "acceptance": works.acceptance,
        "reward_allocation": yearly.reward_allocation,
        "commendations": yearly.commendations,
    }
)


def sample(kind: str) -> object:
    """Return sample values of a kind of paper.

    Raises
    ------
    UnknownItem
        If there is no such kind.
    """
    made = _SAMPLES.get(kind)
    if made is None:
        raise UnknownItem(
            text("There is no paper {kind}; there are: {kinds}", kind=kind, kinds=", ".join(_SAMPLES))
        )
    return made()
