"""The bound of a large instance by counted work: prices first, then whole-numbered blocks at these prices."""

from __future__ import annotations

from collections.abc import Callable

from fenhu.planning.model.blocks import cut_into_blocks, lower_by_blocks
from fenhu.planning.model.formulation import Model
from fenhu.planning.model.prices import Deal, Stop, descend, free, market_of
from fenhu.planning.model.tightening import tightened
from fenhu.planning.task.instance import Instance
from fenhu.planning.task.purses import Purses

FIRST_STEPS, FIRST_STRIDE = 150, 0.1
LATER_STEPS, LATER_STRIDE = 500, 0.05
BLOCK_COLUMNS_PER_EFFORT = 250


class Bounding:
    """A bound no plan can pass, falling with the work done."""

    def __init__(self, instance: Instance, model: Model, purses: Purses) -> None:
        self._market = market_of(instance, tightened(model, instance, purses))
        self._deal: Deal = free(self._market)
        self.bound = self._deal.bound

    def go_on(self, effort: int, stop: Stop, seconds: Callable[[], float]) -> None:
        """Lower the bound, blocks by ``effort``, until done or stopped; ``seconds`` are the brake."""
        for steps, stride in ((FIRST_STEPS, FIRST_STRIDE), (LATER_STEPS, LATER_STRIDE)):
            self._deal = descend(self._market, self._deal, steps, stride, self._lower, stop)
        if stop():
            return
        blocks = cut_into_blocks(self._market, self._deal)
        columns = BLOCK_COLUMNS_PER_EFFORT * effort
        lower_by_blocks(blocks, self._deal.bound, columns, self._lower, stop, seconds)

    def _lower(self, bound: float) -> None:
        self.bound = min(self.bound, bound)
