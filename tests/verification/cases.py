"""A verification case: what a source says, what the engine says, and how far apart they may be.

``verified`` asserts a case and keeps it; ``python -m tools.verification`` runs the tests of this folder and
writes what was kept to docs/engineering/verification.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest


@dataclass(frozen=True, slots=True)
class Source:
    """Where numbers come from: a heading, and a sentence with the licence and what was done with them."""

    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Case:
    """One number of a source beside the engine's."""

    source: Source
    what: str
    expected: float
    got: float
    tolerance: float
    unit: str


KEPT: list[Case] = []


def verified(
    source: Source, what: str, expected: float, got: float, tolerance: float, unit: str = ""
) -> None:
    """Assert that the engine meets a source's number, and keep both for the page.

    Parameters
    ----------
    source, what : who says so, about what.
    expected, got : the source's number and the engine's.
    tolerance : how far apart they may be, in the same unit.
    unit : the unit; empty for a ratio or a count.
    """
    KEPT.append(Case(source, what, float(expected), float(got), tolerance, unit))
    assert got == pytest.approx(expected, abs=tolerance), what
