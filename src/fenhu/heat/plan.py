"""Topologies, compiled once: adjacency, elimination order and pattern, shared by networks of one shape."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

import numpy as np

from fenhu.heat.elimination import Ints, eliminate
from fenhu.heat.network import Topology

_KEPT_SHAPES = 256
_shapes: OrderedDict[bytes, Topology] = OrderedDict()
_lock = Lock()


def topology(joins: Ints, fixed: np.ndarray, rooms: int, walls: Ints) -> Topology:
    """Return the topology of a network, from memory if one of the same shape was seen lately.

    Parameters
    ----------
    joins : links × (start, end, kind, room, thermostat's room, check valve).
    fixed : whether each node's pressure is fixed.
    rooms : number of rooms.
    walls : walls × (room, room).
    """
    shape = b"|".join((joins.tobytes(), fixed.tobytes(), str(rooms).encode(), walls.tobytes()))
    with _lock:
        known = _shapes.get(shape)
        if known is not None:
            _shapes.move_to_end(shape)
            return known
    made = _topology(joins, fixed, rooms, walls)
    with _lock:
        _shapes[shape] = made
        if len(_shapes) > _KEPT_SHAPES:
            _shapes.popitem(last=False)
    return made


def _topology(joins: Ints, fixed: np.ndarray, rooms: int, walls: Ints) -> Topology:
    start, end = joins[:, 0].copy(), joins[:, 1].copy()
    unknown = np.flatnonzero(~fixed)
    number = np.full(len(fixed), -1, dtype=np.int64)
    number[unknown] = np.arange(len(unknown))
    inner = np.flatnonzero((number[start] >= 0) & (number[end] >= 0))
    pressures, position, slot = eliminate(len(unknown), number[start[inner]], number[end[inner]])
    pressure_at = np.full(len(fixed), -1, dtype=np.int64)
    pressure_at[unknown] = position
    pressure_slot = np.full(len(joins), -1, dtype=np.int64)
    pressure_slot[inner] = slot
    room_pattern, room_at, wall_slot = eliminate(rooms, walls[:, 0].copy(), walls[:, 1].copy())
    touch_start, touch_link = _adjacency(start, end, len(fixed))
    return Topology(
        np.column_stack((joins, pressure_slot)), touch_start, touch_link, pressure_at, pressures, room_at,
        np.column_stack((walls, wall_slot)), room_pattern,
    )  # fmt: skip


def _adjacency(start: Ints, end: Ints, nodes: int) -> tuple[Ints, Ints]:
    """Return, by node, the links that touch it (a link from a node to itself twice)."""
    ends = np.concatenate((start, end))
    links = np.concatenate((np.arange(len(start)), np.arange(len(end))))
    order = np.argsort(ends, kind="stable")
    counts = np.bincount(ends, minlength=nodes)
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64), links[order].astype(np.int64)
