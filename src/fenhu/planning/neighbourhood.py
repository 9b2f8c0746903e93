"""A part of the plan solved exactly: a few suppliers' buildings free, everything else kept.

The others' use is taken off the limits; what is left of the shared purses may be used to the fen.
"""

from __future__ import annotations

import numpy as np

from fenhu.planning.formulation import NO_COLUMN, Model
from fenhu.planning.highs import Cancelled, Program, solve_program
from fenhu.planning.instance import NO_YEAR, BoolArray, FloatArray, Instance, IntArray


def values_of_plan(instance: Instance, model: Model, year_of: IntArray, granted: FloatArray) -> FloatArray:
    """Return the model's columns at a plan.

    Parameters
    ----------
    granted : upper-level money a cluster and year, in the model's unit.
    """
    values = np.zeros(model.matrix.shape[1])
    planned = np.flatnonzero(year_of != NO_YEAR)
    values[model.x[planned, year_of[planned]]] = 1.0
    active = np.zeros(model.works.shape, dtype=bool)
    active[instance.buildings.cluster[planned], year_of[planned]] = True
    values[model.works[active]] = 1.0
    used = active.any(axis=1)
    values[model.mains[used, active[used].argmax(axis=1)]] = 1.0
    values[model.upper] = granted
    for row, column in zip(model.policy, model.missing, strict=True):
        values[column] = row.missing(year_of)
    b = instance.buildings
    np.add.at(values, model.planned_flats[b.district[planned], year_of[planned]], b.flats[planned])
    return values


def free_columns(instance: Instance, model: Model, buildings: BoolArray) -> BoolArray:
    """Return which columns are free when ``buildings`` are: theirs, their clusters', all grants and shortfalls."""
    free = np.zeros(model.matrix.shape[1], dtype=bool)
    clusters = np.unique(instance.buildings.cluster[buildings])
    for block in (model.x[buildings], model.works[clusters], model.mains[clusters]):
        free[block[block != NO_COLUMN]] = True
    free[model.upper] = True
    free[model.missing] = True
    free[model.planned_flats] = True
    return free


def improve(
    model: Model,
    cost: FloatArray,
    values: FloatArray,
    free: BoolArray,
    *,
    nodes: int,
    gap: float,
    seconds: float,
    cancelled: Cancelled,
) -> IntArray | None:
    """Return the years of all buildings after the free part is solved anew, None if nothing was found."""
    matrix = model.matrix[:, free].tocsr()
    kept = model.matrix[:, ~free] @ values[~free]
    rows = np.flatnonzero(np.diff(matrix.indptr))
    used = kept[rows]
    program = Program(
        matrix=matrix[rows].tocsc(),
        row_lower=model.row_lower[rows] - used,
        row_upper=model.row_upper[rows] - used,
        lower=model.lower[free], upper=model.upper_bound[free], cost=cost[free], whole=model.whole[free],
    )  # fmt: skip
    answer = solve_program(program, start=values[free], nodes=nodes, gap=gap, seconds=seconds, cancelled=cancelled)
    if answer.values is None:
        return None
    changed = values.copy()
    changed[free] = answer.values
    return years_of_values(model, changed)


def years_of_values(model: Model, values: FloatArray) -> IntArray:
    """Return the year of every building at a whole-numbered point of the model."""
    chosen = np.where(model.x != NO_COLUMN, values[model.x], 0.0) > 0.5
    return np.where(chosen.any(axis=1), chosen.argmax(axis=1), NO_YEAR).astype(np.int64)
