"""The design of a building's conversion, from its loads to the proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fenhu import tables
from fenhu.building import Building, Mains
from fenhu.design.balance import Settled
from fenhu.design.basis import Basis, basis_of
from fenhu.design.catalogue import Size
from fenhu.design.changes import NO_CHANGES, Changes
from fenhu.design.choices import sizes_for
from fenhu.design.drafting import devices_of, flats_of_design, risers_of_design, segments_of
from fenhu.design.fitting import radiator_design, standing_radiators, water_through
from fenhu.design.forms import scheme_of
from fenhu.design.inlet import inlet_of, metered_loss_pa
from fenhu.design.lifetime import Weights, pumping_fen_pa
from fenhu.design.lines import inflow_ratio
from fenhu.design.load import heat_loads
from fenhu.design.presetting import Presetter
from fenhu.design.prices import PriceBook, price_book
from fenhu.design.proof import Built, prove
from fenhu.design.sizing import Sized, size_scheme
from fenhu.design.tree import End, Joint, Pipe, Riser, Scheme
from fenhu.design.values import Design, HeatLoads, LifetimeCost, Proof, RadiatorDesign
from fenhu.errors import Infeasible
from fenhu.records import SystemForm
from fenhu.wording import Text, text


def design_building(
    building: Building,
    form: SystemForm = SystemForm.HOUSEHOLD_DOUBLE,
    *,
    changes: Changes = NO_CHANGES,
    loads: HeatLoads | None = None,
    prices: PriceBook | None = None,
    proved: bool = True,
) -> Design:
    """Return the conversion of a building as fenhu designs it, sized, balanced and proved.

    Parameters
    ----------
    building : the building as it stands.
    form : the form to convert to.
    changes : what a person has decided; everything else is chosen.
    loads : the heat loads, if they are known already.
    prices : what pipes and valves cost; the demo book of the programme's first year if not given.
    proved : whether the designed system is simulated; a stock is priced without.

    Raises
    ------
    InputFault
        If fenhu does not design this form, or a change names a size, a kind or a setting that is not made.
    Infeasible
        If no sizes of the catalogue carry the flows.
    fenhu.errors.NotConverged
        If the designed network does not settle.
    """
    basis = basis_of(building, form, heat_loads(building) if loads is None else loads, changes)
    weights = Weights(prices or price_book(tables.load("design")["lifetime"]["price_year"]))
    candidates = [
        _sized(basis, scheme_of(basis, mains, changes), changes, weights)
        for mains in ((changes.mains,) if changes.mains else tuple(Mains))
    ]
    best = min(candidates, key=lambda one: (one.aim == len(_aims()), one.sized.total_fen))
    return _drawn_up(basis, best, changes, weights, proved=proved)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sized scheme, and how evenly its ways could be asked to share the water (smaller is better)."""

    scheme: Scheme
    sized: Sized
    aim: int


def _aims() -> tuple[float, ...]:
    """Return the imbalances to size for, from the goal to the limit less what settings leave."""
    row = tables.load("design")["balance"]
    goal, limit = row["goal_ratio"], row["limit_ratio"] - row["setting_ratio"]
    return (goal, *(goal + (limit - goal) * n / 4 for n in range(1, 4)), limit)


def _sized(basis: Basis, scheme: Scheme, changes: Changes, weights: Weights) -> _Candidate:
    """Return the scheme sized for the best balance the inlet allows; for the limit, if it allows none."""
    row, aims = tables.load("design")["balance"], _aims()
    kept = (1.0 - row["setting_ratio"]) / (1.0 + row["spare_ratio"])
    offered_pa = kept * basis.building.inlet_pa - _inlet_devices_pa(scheme, changes)
    found = {n: _size(basis, scheme, changes, weights, aim, offered_pa) for n, aim in enumerate(aims)}
    possible = {n: sized for n, sized in found.items() if sized is not None}
    if possible:
        worth_fen = (1.0 + row["worth_ratio"]) * min(sized.total_fen for sized in possible.values())
        n = next(n for n, sized in possible.items() if sized.total_fen <= worth_fen)
        return _Candidate(scheme, possible[n], n)
    sized = _least_pressure(basis, scheme, changes, weights, max(offered_pa, _LEAST_PA))
    if sized is not None:
        return _Candidate(scheme, sized, len(aims))
    raise Infeasible(
        text("No pipes of the catalogue carry the design flow of {flow} kg/s within {limit} kPa. Check "
             "the fixed sizes and lengths, or raise the temperature fall.",
             flow=round(basis.flow_kg_s(sum(basis.plan.load_w)), 2), limit=round(_MOST_PA / 1000.0)),
        reasons=(),
    )  # fmt: skip


_LEAST_PA, _MOST_PA = 1000.0, 4.0e5
# A design that needs more than the inlet offers may need so much more than the least possible.
_SPARED_RATIO = 1.1


def _least_pressure(
    basis: Basis, scheme: Scheme, changes: Changes, weights: Weights, offered_pa: float
) -> Sized | None:
    """Return the scheme sized for the balance's limit with little more pressure than it needs."""
    aim, low_pa, high_pa = _aims()[-1], offered_pa, offered_pa
    while _size(basis, scheme, changes, weights, aim, high_pa) is None:
        low_pa, high_pa = high_pa, 2.0 * high_pa
        if high_pa > _MOST_PA:
            return None
    while high_pa > _SPARED_RATIO * low_pa:
        middle_pa = (low_pa * high_pa) ** 0.5
        if _size(basis, scheme, changes, weights, aim, middle_pa) is None:
            low_pa = middle_pa
        else:
            high_pa = middle_pa
    return _size(basis, scheme, changes, weights, aim, high_pa)


def _too_weak(needed_pa: float, offered_pa: float) -> tuple[Text, ...]:
    """Return what to say where the inlet offers less than the design needs."""
    if needed_pa <= offered_pa:
        return ()
    return (
        text(
            "The inlet offers {offered} kPa, the design needs {needed}: raise the pump's head or add a "
            "booster (GB 50736-2012 5.10.2).",
            offered=round(offered_pa / 1000.0, 1), needed=round(needed_pa / 1000.0, 1),
        ),
    )  # fmt: skip


def _size(
    basis: Basis, scheme: Scheme, changes: Changes, weights: Weights, aim: float, most_pa: float
) -> Sized | None:
    if most_pa <= 0.0:
        return None
    gravity_pa_m = _counted_gravity(basis)
    worst_pa_m = max(abs(weather.gravity_pa_m - gravity_pa_m) for weather in basis.weathers)
    for riser in scheme.risers:
        spread_pa = worst_pa_m * _height_m(riser, scheme)
        _ask(riser.root, spread_pa * (1.0 / aim - 1.0))
    flow = sum(riser.flow_kg_s for riser in scheme.risers)
    return size_scheme(
        scheme, changes, weights, gravity_pa_m=gravity_pa_m, most_pa=most_pa,
        pumping_fen_pa=pumping_fen_pa(flow, _season_days()),
    )  # fmt: skip


def _counted_gravity(basis: Basis) -> float:
    share = tables.load("design")["balance"]["gravity_share_ratio"]
    return float(share * basis.design_weather.gravity_pa_m)


def _season_days() -> float:
    return float(tables.load("climate")["station"]["阜新"]["days"])


def _height_m(riser: Riser, scheme: Scheme) -> float:
    """Return the height between the lowest and the highest take-off of a riser."""
    if isinstance(riser.root, End):
        return 0.0
    heights = [scheme.heights_m[f"{riser.id}.{storey}s"] for storey in riser.storeys]
    return max(heights) - min(heights)


def _ask(node: Joint | End, least_pa: float) -> None:
    """Ask every flat (or radiator on a riser) for so much pressure at its entrance."""
    if isinstance(node, End) or node.flat:
        node.least_pa = least_pa
        return
    for one in node.behind:
        _ask(one, least_pa)


def _inlet_devices_pa(scheme: Scheme, changes: Changes) -> float:
    """Return what meter and strainer lose in the smallest size the first main may have."""
    first = scheme.out[0]
    return metered_loss_pa(sizes_for(first, changes)[0].steel_dn, first.flow_kg_s)


def _drawn_up(basis: Basis, best: _Candidate, changes: Changes, weights: Weights, *, proved: bool) -> Design:
    scheme, sizes = best.scheme, best.sized.sizes
    gravity_pa_m = _counted_gravity(basis)
    presettings = Presetter(scheme, sizes, changes, gravity_pa_m).set_all(best.sized.needed_pa)
    settled = Settled(scheme, sizes, presettings)
    pipes = {pipe.id: pipe for pipe in all_pipes(scheme)}
    flow = sum(riser.flow_kg_s for riser in scheme.risers)
    dn = sizes["main.1s"].steel_dn
    spare = 1.0 + tables.load("design")["balance"]["spare_ratio"]
    needed_pa = spare * (settled.needed_pa(gravity_pa_m) + metered_loss_pa(dn, flow))
    inlet = inlet_of(dn, flow, needed_pa, basis.building.inlet_pa, changes)
    radiators = _radiators(basis, scheme, pipes, sizes, changes)
    shares = _shares(scheme, pipes, sizes)
    segments = segments_of(list(pipes.values()), sizes, shares, changes)
    by_id = {segment.id: segment for segment in segments}
    built = Built(
        basis=basis, scheme=scheme, pipes=pipes, sizes=sizes, presettings=presettings,
        radiators={one.id: one for one in radiators}, inlet=inlet,
        offered_pa=max(basis.building.inlet_pa, needed_pa),
    )  # fmt: skip
    devices = devices_of(basis, scheme, by_id, presettings, inlet, changes)
    return Design(
        building=basis.building, form=basis.form, loop=basis.loop, mains=scheme.mains, room_c=basis.room_c,
        supply_c=basis.supply_c, return_c=basis.return_c, outdoor_c=basis.design_weather.outdoor_c,
        inlet_pa=basis.building.inlet_pa, needed_pa=needed_pa, loads=basis.loads,
        flats=flats_of_design(basis, scheme, radiators), risers=risers_of_design(basis, scheme),
        segments=segments, devices=devices, radiators=radiators, weathers=basis.weathers,
        balances=tuple(settled.balances(basis.weathers)), worst_loop=_worst_loop(settled, gravity_pa_m),
        lifetime=LifetimeCost(
            pipes_fen=round(best.sized.pipes_fen), valves_fen=weights.valves_fen(devices),
            pumping_fen=round(pumping_fen_pa(flow, _season_days()) * needed_pa),
        ),
        proof=prove(built) if proved else Proof(weathers=(), shut=()),
        notes=_too_weak(needed_pa, basis.building.inlet_pa),
        assumed=(*basis.building.assumed, *basis.loads.assumed),
    )  # fmt: skip


def all_pipes(scheme: Scheme) -> Iterator[Pipe]:
    """Yield every pipe of a scheme: the mains, then each riser with all that hangs on it."""

    def walk(node: Joint | End) -> Iterator[Pipe]:
        yield from node.pipes
        if isinstance(node, Joint):
            for one in node.behind:
                yield from walk(one)

    yield from scheme.out
    yield from scheme.home
    for riser in scheme.risers:
        yield from walk(riser.root)


def _radiators(
    basis: Basis, scheme: Scheme, pipes: Mapping[str, Pipe], sizes: Mapping[str, Size], changes: Changes
) -> tuple[RadiatorDesign, ...]:
    standing = standing_radiators(basis)
    return tuple(
        radiator_design(
            hung, int(hung.place.id.rsplit("/", 1)[1]) - 1, basis, water_through(hung, basis, pipes, sizes),
            standing, changes,
        )
        for hung in scheme.hung
    )  # fmt: skip


def _shares(scheme: Scheme, pipes: Mapping[str, Pipe], sizes: Mapping[str, Size]) -> dict[str, float]:
    """Return the part of a line's flow in every branch and bypass."""
    found: dict[str, float] = {}
    for hung in scheme.hung:
        if hung.line:
            names = (*hung.pipes, hung.bypass)
            ratio = inflow_ratio([pipes[name] for name in names], [sizes[name] for name in names])
            found |= {hung.pipes[0]: ratio, hung.pipes[1]: ratio, hung.bypass: 1.0 - ratio}
    return found


def _worst_loop(settled: Settled, gravity_pa_m: float) -> tuple[str, ...]:
    """Return the pipes of the loop that decides what the inlet must offer, out and back."""
    scheme = settled.scheme
    heads = [
        main_pa + max(way.head_pa for way in settled.hanging(riser, gravity_pa_m))
        for riser, main_pa in zip(scheme.risers, settled.mains_pa(), strict=True)
    ]
    worst = max(range(len(heads)), key=heads.__getitem__)
    pipes = (*scheme.out, *scheme.home)
    mains = [pipes[n].id for n in scheme.main_ways()[worst]]
    riser = scheme.risers[worst]
    neediest = max(settled.hanging(riser, gravity_pa_m), key=lambda way: way.head_pa)
    return (*mains, *_path(riser.root, neediest.id, settled))


def _path(node: Joint | End, wanted: str, settled: Settled) -> tuple[str, ...]:
    """Return the pipes from a joint to what is wanted; inside a flat, to its neediest radiator."""
    own = tuple(pipe.id for pipe in node.pipes)
    if isinstance(node, End):
        return own if node.id == wanted or not wanted else ()
    if node.flat == wanted:
        return (*own, *max((_path(one, "", settled) for one in node.behind), key=len))
    for one in node.behind:
        found = _path(one, wanted, settled)
        if found:
            return (*own, *found)
    return ()
