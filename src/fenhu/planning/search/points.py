"""A plan as a point of the model and back: every column's value, and the years a point stands for."""

from __future__ import annotations

import numpy as np

from fenhu.planning.model.formulation import FEN_PER_UNIT, Model
from fenhu.planning.model.rows import NO_COLUMN
from fenhu.planning.search.kernel import State, Task
from fenhu.planning.task.instance import NO_YEAR, FloatArray, Instance, IntArray


def point_of(instance: Instance, model: Model, task: Task, state: State) -> FloatArray:
    """Return the model's columns at the plan of ``state``."""
    b, year_of = instance.buildings, state.year_of
    values = np.zeros(model.matrix.shape[1])
    planned = np.flatnonzero(year_of != NO_YEAR)
    values[model.x[planned, year_of[planned]]] = 1.0
    active = state.inside > 0
    values[model.works[active]] = 1.0
    used = active.any(axis=1)
    values[model.mains[used, active[used].argmax(axis=1)]] = 1.0
    visited = (state.inside_house > 0) & (model.inner != NO_COLUMN)
    values[model.inner[visited]] = 1.0
    values[model.upper] = _grants(instance, task, state)
    np.add.at(values, model.planned_flats[b.district[planned], year_of[planned]], b.flats[planned])
    for row, column in zip(model.policy, model.missing, strict=True):
        values[column] = row.missing(year_of)
    return values


def years_of_point(model: Model, values: FloatArray) -> IntArray:
    """Return the year of every building at a whole-numbered point of the model."""
    chosen = np.where(model.x != NO_COLUMN, values[model.x], 0.0) > 0.5
    return np.where(chosen.any(axis=1), chosen.argmax(axis=1), NO_YEAR).astype(np.int64)


def _grants(instance: Instance, task: Task, state: State) -> FloatArray:
    """Return each cluster's upper-level money by year: a supplier's is dealt to its mains in their order."""
    left = np.diff(state.granted, axis=1, prepend=0) if task.upper_carries else state.granted.copy()
    grants = np.zeros(state.inside.shape)
    for cluster in np.flatnonzero(state.inside.any(axis=1)):
        year = int((state.inside[cluster] > 0).argmax())
        supplier = instance.clusters.supplier[cluster]
        part = min(left[supplier, year], task.upper_cap[cluster])
        left[supplier, year] -= part
        grants[cluster, year] = part / FEN_PER_UNIT
    return grants
