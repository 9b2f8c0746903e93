"""Everything a study assumed, in one list: the policy's open values, prices, money, and the simulation's."""

from __future__ import annotations

from fenhu import design, papers
from fenhu.study.chain import Study
from fenhu.wording import Text, text


def assumptions(study: Study) -> tuple[papers.NamedAssumption, ...]:
    """Return everything that was assumed: by the policy, for prices, for money, and for the simulation."""
    named = [
        papers.NamedAssumption(key=one.key, value=str(one.value), reason=one.reason, clause=one.clause)
        for one in study.policy.assumptions()
    ]
    named += _priced(study)
    named += [_named(one.key, one.value, one.reason) for one in study.task.assumed]
    return tuple(named) + _simulated(study)


def _priced(study: Study) -> list[papers.NamedAssumption]:
    """Return what the prices are worth, and which buildings were estimated because they have no design."""
    named = []
    book = study.book
    if book is not None:
        warned = next(
            (price.label for price in book.prices.values() if price.label.pattern), text("own prices")
        )
        named.append(
            papers.NamedAssumption(key="price_book", value=f"{book.year} {book.digest}", reason=warned)
        )
    faults = {code: one.not_designed for code, one in study.priced.items() if one.not_designed}
    if book is None or faults:
        named.append(papers.NamedAssumption(key="unit_estimates", value="", reason=design.price_label()))
    return named + [
        papers.NamedAssumption(
            key="unit_estimates",
            value=code,
            reason=text("Priced by unit estimates, for it could not be designed: {why}", why=why),
        )
        for code, why in faults.items()
    ]


def _simulated(study: Study) -> tuple[papers.NamedAssumption, ...]:
    """Return what the simulation assumed, each key once with how many buildings it concerns."""
    counts: dict[str, int] = {}
    reasons: dict[str, Text] = {}
    for heat in study.diagnosed.heats.values():
        for one in heat.assumed:
            counts[one.key] = counts.get(one.key, 0) + 1
            reasons.setdefault(one.key, one.reason)
    return tuple(
        papers.NamedAssumption(
            key=key, value=str(text("{count} buildings", count=count)), reason=reasons[key]
        )
        for key, count in sorted(counts.items())
    )


def _named(key: str, value: object, reason: Text) -> papers.NamedAssumption:
    return papers.NamedAssumption(key=key, value=str(value), reason=reason)
