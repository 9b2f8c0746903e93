"""The order sheet: buildings that exist, and no circle among them."""

from __future__ import annotations

from fenhu.register.faults import Findings
from fenhu.register.rows import Rows
from fenhu.wording import text


def check_order(buildings: Rows, order: Rows, findings: Findings) -> None:
    """Check that every pair names two different known buildings and that the pairs form no circle."""
    after: dict[str, list[tuple[str, int]]] = {}
    for number, pair in zip(order.numbers, order.records, strict=True):
        for attribute, code in (("before", pair.before), ("after", pair.after)):
            if code not in buildings.mentioned:
                findings.add("unknown-building", order.name, text(
                    "No building has the code {code}; correct it, or add the building to sheet {sheet}",
                    code=code, sheet=buildings.name,
                ), row=number, column=order.column(attribute))  # fmt: skip
        if pair.before == pair.after:
            findings.add("order-self", order.name, text(
                "Building {code} cannot come before itself; delete the row", code=pair.before
            ), row=number, column=order.column("after"))  # fmt: skip
        else:
            after.setdefault(pair.before, []).append((pair.after, number))
    for circle, number in circles(after):
        findings.add("order-cycle", order.name, text(
            "The order runs in a circle: {circle}; delete one of its rows, for example this one",
            circle=" → ".join(circle),
        ), row=number, column=order.column("after"))  # fmt: skip


def circles(after: dict[str, list[tuple[str, int]]]) -> list[tuple[list[str], int]]:
    """Return one circle per edge that closes one, as the codes along it and the row of that edge.

    Depth-first, with an explicit stack: an edge back to a building still on the path closes a circle.
    """
    done: set[str] = set()
    found: list[tuple[list[str], int]] = []
    for start in after:
        path: list[str] = []
        stack: list[tuple[str, int, int]] = [(start, 0, 0)] if start not in done else []
        while stack:
            code, number, depth = stack.pop()
            done.update(path[depth:])
            del path[depth:]
            if code in path:
                found.append(([*path[path.index(code) :], code], number))
            elif code not in done:
                path.append(code)
                stack.extend((later, row, depth + 1) for later, row in after.get(code, ()))
        done.update(path)
    return found
