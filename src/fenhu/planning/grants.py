"""The search's plan as a point of the model: who gets how much upper-level money, and every column's value."""

from __future__ import annotations

import numpy as np

from fenhu.planning.formulation import FEN_PER_UNIT, Model
from fenhu.planning.instance import FloatArray, Instance
from fenhu.planning.kernel import State, Task
from fenhu.planning.neighbourhood import values_of_plan


def point_of(instance: Instance, model: Model, task: Task, state: State) -> FloatArray:
    """Return the model's columns at the plan of ``state``."""
    return values_of_plan(instance, model, state.year_of, _grants(instance, task, state))


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
