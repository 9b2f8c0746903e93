"""The estate file: a substation, the trenches of its network and the buildings, every fault named by key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from fenhu import tables
from fenhu.building.assume import Assumptions
from fenhu.design.estate.inlets import valve_sizes
from fenhu.design.estate.sizing import network_sizes
from fenhu.design.estate.values import BuildingFile, Estate, Substation, Taker, Trench
from fenhu.errors import InputFault, UnknownItem
from fenhu.heat import Item, pump_curve
from fenhu.records import SystemForm
from fenhu.wording import text
from fenhu.worksheets import read_toml

_KEYS = ("name", "ground_c", "outdoor_c", "nodes", "substation", "pipe", "building")
_SUBSTATION = (
    "node", "supply_c", "fall_k", "loss_kpa", "pump_curve", "head_kpa", "regulated", "least_flow_m3_h",
)  # fmt: skip
_PIPE = ("id", "from", "to", "length_m", "dn", "keep", "corrosion", "insulation")
_BUILDING = ("id", "node", "file", "form", "load_w", "flow_m3_h", "needed_kpa", "dn")
_W_PER_KGK_S = 3600.0


def read_estate(path: Path) -> Estate:
    """Return the estate an ``ESTATE.toml`` describes; what is missing is assumed by name.

    Raises
    ------
    UnreadableFile
        If there is no such file or it is no TOML.
    InputFault
        Naming the key: unknown, missing, impossible; a node nobody knows, a building nothing feeds, a loop.

    References
    ----------
    docs/engineers/estate.md
    """
    path = Path(path)
    return parse_estate(read_toml(path), path.stem, path.parent, file=str(path))


def parse_estate(data: dict[str, object], name: str, folder: Path = Path(), *, file: str = "") -> Estate:
    """Return the estate of an estate file's content; building files are looked for beside ``folder``.

    Faults call it ``file``, or by its name.
    """
    top = Item(file or name, data)
    top.only(_KEYS)
    assumptions, usual = Assumptions(), tables.load("estate")["usual"]
    substation = _substation(top.child("substation"), assumptions)
    trenches = _trenches(top, assumptions)
    nodes = _nodes(top, trenches, substation)
    buildings = tuple(
        _building(item, nodes, substation, folder, assumptions) for item in top.items("building")
    )
    if not buildings:
        raise InputFault(
            text("{where}: {key} is missing.", where=top.where, key="building"), code="missing-key"
        )
    outdoor_c = assumptions.or_assume(
        "outdoor_c", _optional(top, "outdoor_c", -60.0, 10.0),
        tables.load("climate")["station"]["阜新"]["heating_c"],
        text("heating design temperature of Fuxin (GB 50736-2012)"),
    )  # fmt: skip
    ground_c = assumptions.or_assume(
        "ground_c", _optional(top, "ground_c", -20.0, 30.0), usual["ground_c"],
        text("not given; usual of an estate's network"),
    )  # fmt: skip
    return Estate(
        name=top.word("name") if top.has("name") else name, substation=substation,
        trenches=_as_tree(top, trenches, substation.node, buildings), buildings=buildings,
        ground_c=ground_c, outdoor_c=outdoor_c, assumed=assumptions.made(),
    )  # fmt: skip


def _optional(item: Item, key: str, low: float, high: float) -> float | None:
    return item.number(key, at_least=low, at_most=high) if item.has(key) else None


def _substation(item: Item, assumptions: Assumptions) -> Substation:
    item.only(_SUBSTATION)
    usual, reason = tables.load("estate")["usual"], text("not given; usual of an estate's network")
    supply_c = assumptions.or_assume(
        "substation.supply_c", _optional(item, "supply_c", 30.0, 130.0), usual["supply_c"], reason
    )
    fall_k = assumptions.or_assume(
        "substation.fall_k", _optional(item, "fall_k", 3.0, 60.0), usual["fall_k"], reason
    )
    if supply_c - fall_k <= usual["room_c"]:
        raise item.wrong("fall_k", fall_k, text("water that comes back warmer than the rooms"))
    loss_kpa = assumptions.or_assume(
        "substation.loss_kpa", _optional(item, "loss_kpa", 0.0, 500.0), usual["station_loss_kpa"], reason
    )
    head = _head(item)
    largest_m3_h = head[-1][0] if head else 0.0
    least_m3_h = _optional(item, "least_flow_m3_h", 0.0, 1.0e5)
    if least_m3_h is None and not item.flag("regulated"):
        least_m3_h = tables.load("estate")["pump"]["least_flow_ratio"] * largest_m3_h
    return Substation(
        node=item.word("node"), supply_c=supply_c, return_c=supply_c - fall_k, loss_pa=1000.0 * loss_kpa,
        head=head, regulated=item.flag("regulated"), least_flow_m3_h=least_m3_h or 0.0,
    )  # fmt: skip


def _head(item: Item) -> tuple[tuple[float, float], ...]:
    if item.has("pump_curve") and item.has("head_kpa"):
        raise InputFault(text("{where}: give either pump_curve or head_kpa.", where=item.where))
    if item.has("head_kpa"):
        return ((0.0, 1000.0 * item.number("head_kpa", above=0.0, at_most=2000.0)),)
    if not item.has("pump_curve"):
        return ()
    points = pump_curve(item, "pump_curve")
    if points[0][0] < 0.0 or points[-1][1] < 0.0:
        raise item.wrong("pump_curve", item.values["pump_curve"], text("no flow and no head below zero"))
    return tuple(points)


def _trenches(top: Item, assumptions: Assumptions) -> list[Trench]:
    table = tables.load("estate")
    known = tuple(size.dn for size in network_sizes())
    found = []
    for item in top.items("pipe"):
        item.only(_PIPE)
        dn = _size(item, known) if item.has("dn") else 0
        keep = item.flag("keep")
        if keep and not dn:
            raise InputFault(
                text("{where}: a pipe that stays needs its size; give dn.", where=item.where),
                code="missing-key",
            )
        insulation = item.word("insulation", tuple(_insulation())) if item.has("insulation") else None
        kept = table["usual"]["kept_corrosion"] if keep else 0
        if keep and not item.has("corrosion"):
            assumptions.note(f"{item.where}: corrosion", kept, text("not given; usual of a pipe that stays"))
        found.append(
            Trench(
                id=item.word("id"), start=item.word("from"), end=item.word("to"),
                length_m=item.number("length_m", above=0.0, at_most=20_000.0), dn=dn, keep=keep,
                corrosion=item.whole("corrosion", kept, at_most=3),
                u_w_m2k=_insulation()[insulation or ("old" if keep else "good")],
            )
        )  # fmt: skip
    return found


def _insulation() -> dict[str, float]:
    row = tables.load("estate")["insulation"]
    return {key: value for key, value in row.items() if isinstance(value, float)}


def _size(item: Item, known: Sequence[int], key: str = "dn") -> int:
    size = item.whole(key)
    if size not in known:
        sizes = ", ".join(map(str, known))
        raise item.wrong(key, size, text("a size of the network's pipes: {sizes}", sizes=sizes))
    return size


def _nodes(top: Item, trenches: Sequence[Trench], substation: Substation) -> set[str]:
    """Return the nodes there are; where the file lists them, every end of a pipe must be listed."""
    ends = {trench.start for trench in trenches} | {trench.end for trench in trenches}
    if not top.has("nodes"):
        nodes = ends | ({substation.node} if not trenches else set())
    else:
        listed = top.values["nodes"]
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            raise top.wrong("nodes", listed, text("a list of names"))
        nodes = set(listed)
    for trench in trenches:
        for key, node in (("from", trench.start), ("to", trench.end)):
            if node not in nodes:
                raise _unknown(f"pipe {trench.id!r}", key, node, nodes)
        if trench.start == trench.end:
            raise InputFault(
                text("pipe {id} leads from {node} to itself.", id=repr(trench.id), node=repr(trench.end)),
                code="loop",
            )
    if substation.node not in nodes:
        raise _unknown("substation", "node", substation.node, nodes)
    return nodes


def _unknown(where: str, key: str, node: str, nodes: set[str]) -> UnknownItem:
    return UnknownItem(
        text("{where}: {key} names node {node}, which is not known; nodes are {known}.",
             where=where, key=key, node=repr(node), known=", ".join(sorted(nodes))),
        code="unknown-node",
    )  # fmt: skip


def _building(
    item: Item, nodes: set[str], substation: Substation, folder: Path, assumptions: Assumptions
) -> Taker | BuildingFile:
    item.only(_BUILDING)
    name, node = item.word("id"), item.word("node")
    if node not in nodes:
        raise _unknown(item.where, "node", node, nodes)
    dn = _size(item, valve_sizes("balancing")) if item.has("dn") else 0
    if item.has("file"):
        for key in ("load_w", "flow_m3_h", "needed_kpa"):
            if item.has(key):
                raise InputFault(
                    text("{where}: {key} follows from the design of {file}; give one or the other.",
                         where=item.where, key=key, file=item.word("file"))
                )  # fmt: skip
        form = SystemForm(item.word("form", tuple(SystemForm))) if item.has("form") else None
        return BuildingFile(id=name, node=node, path=folder / item.word("file"), form=form, dn=dn)
    if item.has("form"):
        raise InputFault(
            text("{where}: {key} needs a building file; give file.", where=item.where, key="form")
        )
    return _taker(item, name, node, dn, substation, assumptions)


def _taker(
    item: Item, name: str, node: str, dn: int, substation: Substation, assumptions: Assumptions
) -> Taker:
    capacity = tables.load("pipes")["sizing"]["reference_heat_capacity_j_kgk"]
    density = tables.load("pipes")["sizing"]["reference_density_kg_m3"]
    per_kg_s = capacity * (substation.supply_c - substation.return_c)
    load_w = _optional(item, "load_w", 1.0, 1.0e8)
    flow_m3_h = _optional(item, "flow_m3_h", 1.0e-3, 1.0e4)
    if load_w is None and flow_m3_h is None:
        raise InputFault(
            text("{where}: give a building's file, its load_w or its flow_m3_h.", where=item.where),
            code="missing-key",
        )
    flow_kg_s = flow_m3_h * density / _W_PER_KGK_S if flow_m3_h is not None else (load_w or 0.0) / per_kg_s
    needed_kpa = assumptions.or_assume(
        f"{item.where}: needed_kpa", _optional(item, "needed_kpa", 0.5, 500.0),
        tables.load("estate")["usual"]["needed_kpa"], text("not given; usual of a converted building"),
    )  # fmt: skip
    return Taker(
        id=name, node=node, load_w=load_w if load_w is not None else flow_kg_s * per_kg_s,
        flow_kg_s=flow_kg_s, needed_pa=1000.0 * needed_kpa, dn=dn,
    )  # fmt: skip


def _as_tree(
    top: Item, trenches: Sequence[Trench], root: str, buildings: Sequence[Taker | BuildingFile]
) -> tuple[Trench, ...]:
    """Return the trenches turned away from the substation, the nearer first; refuse loops and islands."""
    left, reached, ordered = list(trenches), [root], []
    for node in reached:
        for trench in [one for one in left if node in (one.start, one.end)]:
            left.remove(trench)
            far = trench.end if trench.start == node else trench.start
            if far in reached:
                raise InputFault(
                    text("{where}: pipe {id} closes a loop at node {node}. Networks are computed as they "
                         "run, without loops: leave out the pipe that is shut off.",
                         where=top.where, id=repr(trench.id), node=repr(far)),
                    code="loop",
                )  # fmt: skip
            reached.append(far)
            ordered.append(_turned(trench, node, far))
    for building in buildings:
        if building.node not in reached:
            raise InputFault(
                text("building {id} is fed from nowhere: no pipe joins its node {node} to substation {root}.",
                     id=repr(building.id), node=repr(building.node), root=repr(root)),
                code="dangling-id",
            )  # fmt: skip
    if left:
        raise InputFault(
            text("pipe {id} hangs in the air: nothing joins it to substation {root}.",
                 id=repr(left[0].id), root=repr(root)),
            code="dangling-id",
        )  # fmt: skip
    return _with_takers(ordered, buildings)


def _turned(trench: Trench, start: str, end: str) -> Trench:
    return Trench(
        id=trench.id, start=start, end=end, length_m=trench.length_m, dn=trench.dn, keep=trench.keep,
        corrosion=trench.corrosion, u_w_m2k=trench.u_w_m2k,
    )  # fmt: skip


def _with_takers(ordered: Sequence[Trench], buildings: Sequence[Taker | BuildingFile]) -> tuple[Trench, ...]:
    """Refuse pipes that lead to no building: they would carry no water."""
    used = Counter(building.node for building in buildings)
    for trench in reversed(ordered):
        if not used[trench.end]:
            raise InputFault(
                text("pipe {id} leads to no building; leave it out, or say what hangs on {node}.",
                     id=repr(trench.id), node=repr(trench.end)),
                code="leads-nowhere",
            )  # fmt: skip
        used[trench.start] += used[trench.end]
    return tuple(ordered)
