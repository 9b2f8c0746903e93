"""From a building to its network, and from the network's answer back to flats."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from fenhu import tables
from fenhu.building.forms import FORMS
from fenhu.building.layout import layout
from fenhu.building.parts import Way, return_pa, works_of
from fenhu.building.spec import Building, Loop, Mains
from fenhu.heat import KIND, PIPE, RADIATOR, START, Draft, Network, Solution, solve
from fenhu.records import FlatHeat, HeatSummary, SystemForm


def comfort_c() -> float:
    """Return the room temperature below which a flat counts as cold."""
    return float(tables.load("eras")["network"]["comfort_c"])


@dataclass(frozen=True, slots=True)
class BuildingNetwork:
    """A building's network; room n is flat n, ``flow_links[n]`` are the links whose flows sum to its flow.

    ``ways`` are the risers, or the branches of storeys, between which the water is shared.
    """

    network: Network
    flat_ids: tuple[str, ...]
    flow_links: tuple[tuple[int, ...], ...]
    supply: int
    ways: tuple[Way, ...]


def network_of(building: Building) -> BuildingNetwork:
    """Return the heat network of a building in its present form."""
    plan = layout(building)
    draft = Draft(building.outdoor_c)
    supply = _inlet(draft, building)
    back = draft.add_node("return", pressure_pa=return_pa())
    gains_w_m2 = building.shell.gains_w_m2
    for flat, ua_w_k in zip(building.flats, plan.ua_w_k, strict=True):
        draft.add_room(flat.id, ua_w_k, gains_w_m2 * flat.area_m2)
    for a, b, ua_w_k in plan.walls:
        draft.add_wall(a, b, ua_w_k)
    works = works_of(building, plan, draft, supply, back)
    FORMS[building.system_form](works)
    return BuildingNetwork(
        draft.network(),
        tuple(flat.id for flat in building.flats),
        tuple(tuple(links) for links in works.flow_links),
        supply,
        tuple(works.ways),
    )


def _inlet(draft: Draft, building: Building) -> int:
    """Add the node the building's mains begin at, driven by pressure, by a fixed flow or by a pump."""
    if building.inlet_kg_s is not None:
        return draft.add_node("supply", inflow_kg_s=building.inlet_kg_s, entering_c=building.supply_c)
    if not building.pump:
        driven_pa = return_pa() + building.inlet_pa
        return draft.add_node("supply", pressure_pa=driven_pa, entering_c=building.supply_c)
    before = draft.add_node("before the pump", pressure_pa=return_pa(), entering_c=building.supply_c)
    supply = draft.add_node("supply")
    draft.add_pump("pump", before, supply, building.pump)
    return supply


def convert(building: Building, form: SystemForm, loop: Loop | None = None) -> Building:
    """Return the building with new pipework of another form, with thermostats; rooms and radiators stay.

    The new pipes are sized for what the inlet offers, with reverse return mains and preset valves. A floor
    coil takes the radiators' place.

    Parameters
    ----------
    building : the building before.
    form : the new form.
    loop : what flats have inside where risers stand in the stairwell; the building's own if not given.
    """
    inside = loop or building.pipework.loop
    apart = form is SystemForm.HOUSEHOLD_DOUBLE
    pipes = replace(
        building.pipework,
        form=form,
        loop=inside,
        indoor_material=tables.load("eras")["loop_material"][inside.value] if apart else "steel",
        roughness_m=tables.load("pipes")["material"]["steel"]["roughness_m"],
        bore_ratio=1.0,
        design_fall_k=tables.load("eras")["network"]["converted_fall_k"],
        specific_loss_pa_m=_affordable_pa_m(building),
        mains=Mains.REVERSE,
        main_dn=0,
        riser_dn=0,
        branch_dn=0,
        thermostats=True,
    )
    return replace(building, pipework=pipes)


def _affordable_pa_m(building: Building) -> float:
    """Return the specific loss that new pipes may have for the pressure the inlet offers."""
    sizing = tables.load("pipes")["sizing"]
    ratio = tables.load("eras")["network"]["pipe_share_ratio"]
    floor_m2 = sum(flat.area_m2 for flat in building.flats) / building.storeys
    path_m = 2.0 * (floor_m2 / building.shell.depth_m + building.storeys * building.storey_height_m)
    affordable = ratio * building.inlet_pa / path_m
    return float(
        min(
            max(affordable, tables.load("eras")["network"]["least_new_loss_pa_m"]),
            sizing["smallest_specific_loss_pa_m"],
        )
    )


def simulate(building: Building) -> HeatSummary:
    """Return the flats' temperatures and flows in steady state.

    Raises
    ------
    fenhu.errors.NotConverged
        If the building's network does not settle.
    """
    made = network_of(building)
    return summary(building, made, solve(made.network))


def summary(building: Building, made: BuildingNetwork, solution: Solution) -> HeatSummary:
    """Return a solution in terms of flats."""
    temperatures = [float(value) for value in solution.room_c]
    flows = [abs(sum(float(solution.mass_flow_kg_s[link]) for link in links)) for links in made.flow_links]
    join = made.network.topology.join
    supplied = float(solution.mass_flow_kg_s[join[:, START] == made.supply].sum())
    given_w = solution.heat_w[join[:, KIND] == RADIATOR].sum() - solution.heat_w[join[:, KIND] == PIPE].sum()
    return HeatSummary(
        flats={
            name: FlatHeat(temperature_c=temperature, mass_flow_kg_s=flow)
            for name, temperature, flow in zip(made.flat_ids, temperatures, flows, strict=True)
        },
        mean_c=sum(t * f.area_m2 for t, f in zip(temperatures, building.flats, strict=True))
        / sum(f.area_m2 for f in building.flats),
        min_c=min(temperatures),
        max_c=max(temperatures),
        below_18=sum(value < comfort_c() for value in temperatures),
        heat_w=float(given_w),
        mass_flow_kg_s=supplied,
    )


def simulate_json(building: Building, form: SystemForm | None = None) -> dict[str, object]:
    """Return the simulation of a building file in the fixed words of ``fenhu simulate``.

    Parameters
    ----------
    building : the building.
    form : a form to convert to, if the state after conversion is wanted too.
    """
    after = _state_json(convert(building, form)) if form is not None else None
    return {
        "status": "converged",
        "assumed": [
            {"key": one.key, "value": one.value, "reason": str(one.reason)} for one in building.assumed
        ],
        "before": _state_json(building),
        "after": after,
    }


def _state_json(building: Building) -> dict[str, object]:
    made = network_of(building)
    solution = solve(made.network)
    found = summary(building, made, solution)
    return {
        "flats": {name: asdict(heat) for name, heat in found.flats.items()},
        "residuals": asdict(solution.residuals),
    }
