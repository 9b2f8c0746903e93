"""Whether a system passed its hydraulic test, by the code's limits for its kind of pipe (clause 四（三）)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fenhu import tables
from fenhu.wording import Text, bilingual, text

_PIPES: Mapping[str, Mapping[str, Any]] = tables.load("pressure_tests")["pipe"]
# The kinds of pipe the code tells apart.
PIPES: Mapping[str, Text] = {code: bilingual(row["name"], row["name_en"]) for code, row in _PIPES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class PressureTest:
    """What was measured at the top of the system; the ``then`` values are those of the second part.

    Plastic pipe is held a second time at more than its working pressure; of the others only leaks are looked
    for, so their second part has no time and no drop.
    """

    working_mpa: Decimal
    test_mpa: Decimal
    minutes: int
    drop_mpa: Decimal
    then_minutes: int | None = None
    then_drop_mpa: Decimal | None = None
    leaks: bool = False


def held_twice(pipe: str) -> bool:
    """Return whether this kind of pipe is held a second time under pressure."""
    return "then_minutes" in _PIPES[pipe]


def pressure_faults(pipe: str, test: PressureTest) -> tuple[Text, ...]:
    """Return what the test missed, nothing where it passed.

    Parameters
    ----------
    pipe : a kind of ``PIPES``.

    Examples
    --------
    >>> held = PressureTest(working_mpa=Decimal("0.3"), test_mpa=Decimal("0.4"), minutes=10,
    ...                     drop_mpa=Decimal("0.02"))
    >>> pressure_faults("steel", held)
    ()

    References
    ----------
    GB 50242-2002 8.6.1, as ``tables/pressure_tests.toml`` holds it with its marks of trust.
    """
    return tuple(_faults(_PIPES[pipe], test))


def _faults(row: Mapping[str, Any], test: PressureTest) -> Iterator[Text]:
    least = max(test.working_mpa + row["pressure"]["above_working_mpa"], row["pressure"]["least_mpa"])
    if test.test_mpa < least:
        yield text("Tested at {value} MPa; at least {least} MPa", value=str(test.test_mpa), least=str(least))
    yield from _held(test.minutes, test.drop_mpa, row["minutes"], row["drop_most_mpa"])
    if "then_minutes" in row:
        drop = test.then_drop_mpa if test.then_drop_mpa is not None else row["then_drop_most_mpa"]
        yield from _held(test.then_minutes or 0, drop, row["then_minutes"], row["then_drop_most_mpa"])
    if test.leaks:
        yield text("It leaked")


def _held(minutes: int, drop_mpa: Decimal, least: int, most: Decimal) -> Iterator[Text]:
    if minutes < least:
        yield text("Held for {minutes} minutes; at least {least}", minutes=minutes, least=least)
    if drop_mpa > most:
        yield text("Dropped by {drop} MPa; at most {most} MPa", drop=str(drop_mpa), most=str(most))
