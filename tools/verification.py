"""Write docs/engineering/verification.md: every verification case with what its source and the engine say.

python -m tools.verification

The cases are those that the tests in tests/verification assert; this runs the tests that have any and
writes down what they kept.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from itertools import groupby
from pathlib import Path
from types import ModuleType

from tests.verification import cases
from tests.verification.cases import Case, Source

from fenhu import __version__

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "engineering" / "verification.md"
MODULES = (
    "test_pipe_cooling", "test_openmodelica_networks", "test_en442_radiator", "test_gravity", "test_heping",
    "test_rooms", "test_unheated_flat", "test_heat_load",
)  # fmt: skip
HEAD = """# Verification

What others published or what can be worked out by hand, beside what fenhu {version} says. Every row is an
assertion of a test in `tests/verification`, whose comments carry the arithmetic; `make verification` runs
them and writes this page, and a test fails when it is stale. Tolerances are in the unit of their row.
Laws without a single number (mass, energy, mirror images, walls, pressure) are tested on random buildings
in `tests/verification/test_laws.py` and `tests/heat/test_random_networks.py`. Where the model itself ends
is told under [limits](../engineers/heat.md#limits).
"""


def recorded() -> list[Case]:
    """Run the tests that assert cases, and return the cases in the order of the page."""
    begin = len(cases.KEPT)
    for name in MODULES:
        for test in _tests(import_module(f"tests.verification.{name}")):
            for values in _examples(test):
                test(**values)
    return cases.KEPT[begin:]


def _tests(module: ModuleType) -> Iterator[Callable[..., None]]:
    for name, value in vars(module).items():
        if name.startswith("test_"):
            yield value


def _examples(test: Callable[..., None]) -> Iterator[dict[str, object]]:
    """Return the arguments of every run pytest would make of a test."""
    marks = [mark for mark in getattr(test, "pytestmark", []) if mark.name == "parametrize"]
    if not marks:
        yield {}
        return
    [mark] = marks
    names, rows = mark.args
    for row in rows:
        yield {names: row} if isinstance(names, str) else dict(zip(names, row, strict=True))


def page() -> str:
    """Return the page as it must be."""
    parts = [HEAD.format(version=__version__)]
    found = recorded()
    order = list(dict.fromkeys(case.source for case in found))
    found.sort(key=lambda case: order.index(case.source))
    for source, of_source in groupby(found, key=lambda case: case.source):
        parts.append(_table(source, list(of_source)))
    figures = import_module("tests.verification.test_unheated_flat").figures()
    rows = "".join(f"| {what} | {value} |\n" for what, value in figures)
    parts.append(f"What follows for the allowance, computed by fenhu:\n\n| | |\n|---|---|\n{rows}")
    return "\n".join(parts)


def _table(source: Source, found: Sequence[Case]) -> str:
    lines = [
        f"## {source.title}\n",
        f"{source.about}\n",
        "| case | source | fenhu | difference | tolerance |",
    ]
    lines.append("|---|---:|---:|---:|---:|")
    return "\n".join([*lines, *(_row(case) for case in found), ""])


def _row(case: Case) -> str:
    """Write a case with as many decimals as its tolerance has, and one more."""
    decimals = max(0, 1 - math.floor(math.log10(case.tolerance))) if case.tolerance else 0
    got = round(case.got, decimals)
    difference = round(got - case.expected, decimals) + 0.0
    unit = f" {case.unit}" if case.unit else ""
    return (
        f"| {case.what} | {case.expected:.10g}{unit} | {got:.{decimals}f}{unit} "
        f"| {difference:+.{decimals}f} | {case.tolerance:.2g} |"
    )


def main() -> None:
    """Write the page."""
    text = page()
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(text, encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(cases.KEPT)} cases")


if __name__ == "__main__":
    main()
