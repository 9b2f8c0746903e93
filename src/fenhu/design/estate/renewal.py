"""What it would bring to renew pipes that stay: whether they are the bottleneck, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fenhu import tables
from fenhu.design.estate.designing import EstateDesign, design_estate
from fenhu.design.estate.sizing import holds_limits
from fenhu.design.estate.values import Trench
from fenhu.design.prices import PriceBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """Pipes to lay anew with sizes before and after; ``saved_fen`` over the lifetime, below zero lost."""

    pipes: tuple[tuple[str, int, int], ...]
    cost_fen: int
    saved_fen: int
    required_pa: float


def renewal_of(design: EstateDesign, *, prices: PriceBook | None = None) -> Renewal | None:
    """Return what renewing the narrow pipes that stay would bring; None where none is narrow.

    Narrow is a pipe beyond its limits, and where the pump is too weak one on the way that decides beyond the
    economical loss. That pipes stay is a person's decision, so this is only said.

    Parameters
    ----------
    design : the network with the pipes that stay.
    prices : as ``design_estate`` takes them.
    """
    narrow = _narrow(design)
    if not narrow:
        return None
    new_u_w_m2k = tables.load("estate")["insulation"]["good"]
    estate = design.network.estate
    trenches = tuple(
        replace(trench, dn=0, keep=False, corrosion=0, u_w_m2k=new_u_w_m2k) if trench in narrow else trench
        for trench in estate.trenches
    )
    renewed = design_estate(replace(estate, trenches=trenches), design.network.takers, prices=prices)
    sizes = {pipe.id: pipe for pipe in renewed.pipes}
    return Renewal(
        pipes=tuple((trench.id, trench.dn, sizes[trench.id].size.dn) for trench in narrow),
        cost_fen=sum(sizes[trench.id].fen for trench in narrow),
        saved_fen=design.lifetime_fen - renewed.lifetime_fen,
        required_pa=renewed.pump.required_pa,
    )


def _narrow(design: EstateDesign) -> tuple[Trench, ...]:
    economical = tables.load("estate")["limit"]["economical_most_pa_m"]
    deciding = {pipe.id for pipe in design.main_way} if design.pump.missing_pa else set()
    return tuple(
        pipe.trench for pipe in design.pipes
        if pipe.trench.keep and (
            not holds_limits(pipe.size, pipe.flow_kg_s)
            or (pipe.id in deciding and pipe.specific_loss_pa_m > economical)
        )
    )  # fmt: skip
