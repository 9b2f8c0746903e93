"""The planner's section of docs/benchmarks.md, from what ``planning.py`` measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

CASES = ("tiny", "fuxin", "large", "again", "asked", "peers", "library")
HEADING = "Planning"
TINY_OPTIMUM, TINY_S = 27_450.885, 5.0
FUXIN = {"10": 690_000.0, "60": 705_000.0}
FUXIN_BOUND, FUXIN_BOUND_KNOWN = 745_000.0, 749_355.0
LARGE_OVER_GREEDY, MOST_MOVED, MOST_LOSS = 1.05, 50, 0.001
PLAIN_S, SOLVED_S = 0.1, 5.0
ABOUT = """Objectives and bounds are the weighted sums of the instances. fuxin1k has 1,000 buildings, five
years and 30 suppliers; the large instance is made by `planning_city.py`, like it but of 10,000 buildings and
ten years. The planner searches in one thread and bounds in another; seconds end it here, otherwise counted
work does. Peers get the instance, both cores, the ranking to begin from and as many seconds; one judge
looks at all plans. Measured on {machine}. Meanwhile others kept {busy:.1f} cores busy{judged}."""

Row = Callable[..., str]
Found = Mapping[str, Any]


def rows(found: Found, row: Row) -> list[str]:
    """Return the rows about what was to be reached."""
    return [
        *_tiny(found["tiny"], row), *_fuxin(found["fuxin"], row), *_large(found["large"], row),
        *_again(found["again"], row), *_asked(found["asked"], row),
    ]  # fmt: skip


def _tiny(one: Found, row: Row) -> list[str]:
    proven = one["status"] == "optimal" and abs(one["objective"] - TINY_OPTIMUM) < 1e-2
    taken = f"{one['seconds']:.1f} s, of a processor {one['processor_s']:.1f} s"
    said = f"{one['objective']:,.3f}, {one['status']}, {taken}"
    reach = f"{TINY_OPTIMUM:,.3f} proven in ≤ {TINY_S:g} s"
    return [row("tiny60, a process from start to plan", said, reach, proven and one["seconds"] <= TINY_S)]


def _fuxin(found: Found, row: Row) -> list[str]:
    plans = [
        row(f"fuxin1k, plan in {limit} s", f"{found[limit]['objective']:,.0f}", f"≥ {least:,.0f}",
            found[limit]["objective"] >= least)
        for limit, least in FUXIN.items()
    ]  # fmt: skip
    long = found["60"]
    said = f"{long['bound']:,.0f}, gap {100 * long['gap']:.1f} %"
    reach = f"≤ {FUXIN_BOUND:,.0f} (known before: {FUXIN_BOUND_KNOWN:,.0f})"
    short = f"{found['10']['bound']:,.0f}, gap {100 * found['10']['gap']:.1f} %"
    return [
        *plans, row("fuxin1k, own bound in 10 s", short),
        row("fuxin1k, own bound in 60 s", said, reach, long["bound"] <= FUXIN_BOUND),
    ]  # fmt: skip


def _large(one: Found, row: Row) -> list[str]:
    ratio = one["objective"] / one["greedy"]
    reach = f"ratio ≥ {LARGE_OVER_GREEDY:g}"
    return [
        row("10,000 × 10, the model built", f"{one['model_s']:.1f} s"),
        row(f"10,000 × 10, plan in {one['seconds']:.0f} s over the best greedy",
            f"{one['objective']:,.0f}, ratio {ratio:.3f}", reach, ratio >= LARGE_OVER_GREEDY),
        row("10,000 × 10, own bound", f"{one['bound']:,.0f}, gap {100 * one['gap']:.1f} %", "a valid bound"),
    ]  # fmt: skip


def _again(one: Found, row: Row) -> list[str]:
    met = one["moved"] <= MOST_MOVED and one["loss"] <= MOST_LOSS
    said = f"{one['moved']} others move, loss {100 * one['loss']:.2f} %, {one['seconds']:.0f} s"
    reach = f"≤ {MOST_MOVED} for ≤ {100 * MOST_LOSS:.1f} %"
    free = f"{one['moved_free']} others move"
    return [
        row("fuxin1k again: 10 drop out, the repair fund has 10 % less", said, reach, met),
        row("the same, planned freely", free),
    ]


def _asked(one: Found, row: Row) -> list[str]:
    return [
        row(f"why a building has no year, slowest of {one['buildings']}", f"{1000 * one['plain_s']:.0f} ms",
            f"≤ {PLAIN_S:g} s", one["plain_s"] <= PLAIN_S),
        row("the same with plans solved again", f"{one['solved_s']:.1f} s", f"≤ {SOLVED_S:g} s",
            one["solved_s"] <= SOLVED_S),
    ]  # fmt: skip


def peer_rows(found: Found) -> list[str]:
    """Return the table of peers on fuxin1k: worth, ratio to the planner's, bound."""
    ours = found["fenhu"]["objective"]
    lines = [
        ("ranking, best score first", {"objective": found["ranking"]}),
        ("best greedy (ranking or by cluster)", {"objective": found["greedy"]}),
        ("HiGHS alone", found["highs"]), ("CP-SAT, two workers", found["cpsat"]), ("fenhu", found["fenhu"]),
    ]  # fmt: skip
    head = [
        f"| fuxin1k, {found['seconds']:.0f} s each | reached | of fenhu's | bound |",
        "|---|---:|---:|---:|",
    ]
    return head + [
        f"| {name} | {one['objective']:,.0f} | {one['objective'] / ours:.3f} | "
        f"{_number(one.get('bound'))} |"
        for name, one in lines
    ]  # fmt: skip


def library_rows(found: Found) -> list[str]:
    """Return the table of published problems."""
    words = {"mknap1": "multi-dimensional knapsacks", "gap1": "generalised assignment"}
    head = ["| OR-Library | proven to the published optimum | seconds in all |", "|---|---:|---:|"]
    return head + [
        f"| {name}, {words[name]} | {one['reached']} of {one['problems']} | {one['seconds']:.1f} |"
        for name, one in found["sets"].items()
    ]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"
