"""The order sheet: buildings that exist, and no circle among them."""

from __future__ import annotations

from fenhu.register.faults import Findings
from fenhu.register.keys import check_unique
from fenhu.register.rows import Rows
from fenhu.wording import text


def check_order(buildings: Rows, order: Rows, findings: Findings) -> None:
    """Check that every pair names two different known buildings and that the pairs form no circle."""
    check_unique(order, lambda pair: (pair.before, pair.after), "after", "duplicate-row", findings)
    mentioned = buildings.mentioned("code")
    after: dict[str, list[tuple[str, int]]] = {}
    for number, pair in order.numbered():
        for attribute, code in (("before", pair.before), ("after", pair.after)):
            if code not in mentioned:
                message = text(
                    "No building has the code {code}; correct it, or add the building to sheet {sheet}",
                    code=code,
                    sheet=buildings.name,
                )
                order.note(findings, "unknown-building", number, attribute, message)
        if pair.before == pair.after:
            message = text("Building {code} cannot come before itself; delete the row", code=pair.before)
            order.note(findings, "order-self", number, "after", message)
        else:
            after.setdefault(pair.before, []).append((pair.after, number))
    for circle, number in circles(after):
        message = text(
            "The order runs in a circle: {circle}; delete one of its rows, for example this one",
            circle=" → ".join(circle),
        )
        order.note(findings, "order-cycle", number, "after", message)


def circles(after: dict[str, list[tuple[str, int]]]) -> list[tuple[list[str], int]]:
    """Return one circle for every edge that closes one: the codes along it and the row of that edge.

    Depth-first with an explicit stack; an edge back to a building still on the path closes a circle.
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
