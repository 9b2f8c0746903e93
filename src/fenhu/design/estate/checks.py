"""The checks of an estate's network: a line each with clause, requirement, finding and verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from fenhu import tables
from fenhu.design.estate.designing import EstateDesign
from fenhu.design.estate.inlets import InletDesign, InletValve, noisy_pa
from fenhu.design.estate.proof import EstateProof, loudest, worst_room
from fenhu.design.estate.pump import ActionKind
from fenhu.design.estate.sizing import too_small, volume_m3_h
from fenhu.design.review.rows import cited, title_of
from fenhu.design.review.values import NOTHING, Check, Outcome, Row, Verdict, figure, not_applicable, percent
from fenhu.policy import Policy
from fenhu.wording import Text, text

Rule = Callable[[EstateDesign, EstateProof], Outcome]


def check_estate(
    design: EstateDesign, proof: EstateProof, *, on: date, policy: Policy | None = None
) -> tuple[Check, ...]:
    """Return a check for every row of ``tables/estate.toml``.

    Parameters
    ----------
    design : the network.
    proof : what its simulation shows.
    on : the day it is judged by; a standard in force only later gives advice.
    policy : the city's document.
    """
    return tuple(
        _check(code, row, RULES[code](design, proof), on, policy)
        for code, row in tables.load("estate")["check"].items()
    )


def _check(code: str, row: Row, outcome: Outcome, on: date, policy: Policy | None) -> Check:
    clause, in_force = cited(row, on, policy)
    severity = (outcome.severity or Verdict(row["severity"])) if in_force else Verdict.ADVICE
    verdict = severity if not outcome.holds else Verdict.PASS
    return Check(
        code=code, clause=clause.clause, title=title_of(row), required=outcome.required,
        found=outcome.found, verdict=Verdict.NOT_APPLICABLE if outcome.holds is None else verdict,
        severity=severity, verified=clause.verified, where=outcome.where, note=outcome.note,
    )  # fmt: skip


def inlet_differences(design: EstateDesign, proof: EstateProof) -> Outcome:
    """Every inlet is offered what it needs by the pump as it is."""
    required = text("at every inlet at least what its building needs")
    missing = design.pump.missing_pa
    if missing:
        worst = max(missing, key=lambda name: missing[name])
        return Outcome(
            holds=False, required=required,
            found=text("{count} of {all} buildings get too little; {id} lacks {missing} kPa",
                       count=len(missing), all=len(design.inlets), id=worst, missing=_kpa(missing[worst])),
            where=tuple(sorted(missing, key=lambda name: -missing[name])), note=action_of(design),
        )  # fmt: skip
    least = min(design.inlets, key=lambda one: one.spare_pa)
    return Outcome(
        holds=True, required=required,
        found=text("{id} has least to spare: {offered} kPa of {needed} kPa", id=least.taker.id,
                   offered=_kpa(least.offered_pa), needed=_kpa(least.taker.needed_pa)),
    )  # fmt: skip


def action_of(design: EstateDesign) -> Text:
    """Return what is to be done about the pump, in words."""
    pump, action = design.pump, design.pump.action
    if action.kind is ActionKind.NONE:
        return text("The pump suffices.")
    if action.kind is ActionKind.BOOSTER:
        places = ", ".join(
            str(text("{head} kPa at {flow} m³/h at building {id}", head=_kpa(one.head_pa), id=one.at,
                     flow=figure(volume_m3_h(one.flow_kg_s), 1)) if one.building
                else text("{head} kPa at {flow} m³/h in pipe {id}", head=_kpa(one.head_pa), id=one.at,
                          flow=figure(volume_m3_h(one.flow_kg_s), 1)))
            for one in action.boosters
        )  # fmt: skip
        return text(
            "Add a booster: {places}; over its life cheaper than a higher head for all.", places=places
        )
    head, flow = _kpa(pump.required_pa), figure(volume_m3_h(pump.flow_kg_s), 1)
    if action.kind is ActionKind.CHOOSE_PUMP:
        return text("Choose a pump of {head} kPa at {flow} m³/h.", head=head, flow=flow)
    return text("Raise the pump's head from {offered} to {head} kPa at {flow} m³/h.",
                offered=_kpa(pump.offered_pa or 0.0), head=head, flow=flow)  # fmt: skip


def pump_head(design: EstateDesign, proof: EstateProof) -> Outcome:
    """The pump gives the head of the neediest way and a margin."""
    pump = design.pump
    flow = figure(volume_m3_h(pump.flow_kg_s), 1)
    required = text("{head} kPa at {flow} m³/h, {margin} % on all losses of pipes and station included",
                    head=_kpa(pump.required_pa), flow=flow,
                    margin=percent(tables.load("estate")["margin"]["loss_ratio"]))  # fmt: skip
    if pump.offered_pa is None:
        return Outcome(holds=None, required=required, found=text("no pump is given"), note=action_of(design))
    holds = not pump.missing_pa
    return Outcome(
        holds=holds, required=required,
        found=text("{head} kPa; building {id} decides", head=_kpa(pump.offered_pa), id=pump.deciding),
        note=NOTHING if holds else action_of(design),
    )  # fmt: skip


def least_flow(design: EstateDesign, proof: EstateProof) -> Outcome:
    """The pump keeps its least flow when thermostats and half the flats are shut."""
    least_m3_h = design.network.estate.substation.least_flow_m3_h
    required = text("at least {flow} m³/h in every state", flow=figure(least_m3_h, 1))
    if least_m3_h <= 0.0:
        return not_applicable(required, text("no least flow is known"))
    state = min(proof.states, key=lambda one: one.flow_kg_s)
    flow_m3_h = volume_m3_h(state.flow_kg_s)
    holds = flow_m3_h >= least_m3_h
    return Outcome(
        holds=holds, required=required,
        found=text("{flow} m³/h ({state})", flow=figure(flow_m3_h, 1), state=state.condition.title),
        note=NOTHING if holds else text(
            "Fit a bypass with an overflow valve at the station for {flow} m³/h, opening at {head} kPa, or a "
            "smaller pump.",
            flow=figure(least_m3_h - flow_m3_h, 1), head=_kpa(state.head_pa)),
    )  # fmt: skip


def velocity(design: EstateDesign, proof: EstateProof) -> Outcome:
    """No pipe is faster than outdoor pipes may be."""
    limit = tables.load("estate")["limit"]["most_m_s"]
    required = text("at most {limit} m/s", limit=figure(limit, 1))
    if not design.pipes:
        return not_applicable(required, text("no pipes"))
    worst = max(design.pipes, key=lambda pipe: pipe.velocity_m_s)
    fast = [pipe for pipe in design.pipes if pipe.velocity_m_s > limit]
    return Outcome(
        holds=not fast, required=required,
        found=text("{id}, DN{dn}: {velocity} m/s", id=worst.id, dn=worst.size.dn,
                   velocity=figure(worst.velocity_m_s, 2)),
        where=tuple(pipe.id for pipe in fast), note=_larger(design) if fast else NOTHING,
    )  # fmt: skip


def branch_loss(design: EstateDesign, proof: EstateProof) -> Outcome:
    """No pipe loses more per metre than branches may."""
    limit = tables.load("estate")["limit"]["most_pa_m"]
    required = text("at most {limit} Pa/m", limit=figure(limit))
    if not design.pipes:
        return not_applicable(required, text("no pipes"))
    worst = max(design.pipes, key=lambda pipe: pipe.specific_loss_pa_m)
    steep = [pipe for pipe in design.pipes if pipe.specific_loss_pa_m > limit]
    return Outcome(
        holds=not steep, required=required,
        found=text("{id}, DN{dn}: {loss} Pa/m", id=worst.id, dn=worst.size.dn,
                   loss=figure(worst.specific_loss_pa_m)),
        where=tuple(pipe.id for pipe in steep), note=_larger(design) if steep else NOTHING,
    )  # fmt: skip


def _larger(design: EstateDesign) -> Text:
    """Say which given pipes are too small, and which size would do."""
    names = ", ".join(f"{pipe.id} DN{pipe.size.dn} → DN{dn}" for pipe, dn in too_small(design.pipes))
    if not names:
        return text("The flow is more than the largest size bears; divide it between two pipes.")
    return text("Too small for the new flows: {pipes}.", pipes=names)


def main_loss(design: EstateDesign, proof: EstateProof) -> Outcome:
    """The way to the building that decides loses an economical amount per metre."""
    limit = tables.load("estate")["limit"]
    least, most = limit["economical_least_pa_m"], limit["economical_most_pa_m"]
    required = text("{least} to {most} Pa/m on the way that decides", least=figure(least), most=figure(most))
    way = design.main_way
    length_m = sum(pipe.trench.length_m for pipe in way)
    if not way:
        return not_applicable(required, text("no pipes"))
    mean_pa_m = sum(pipe.specific_loss_pa_m * pipe.trench.length_m for pipe in way) / length_m
    return Outcome(
        holds=least <= mean_pa_m <= most, required=required,
        found=text("{loss} Pa/m over {length} m to building {id}", loss=figure(mean_pa_m),
                   length=figure(length_m), id=design.pump.deciding),
        where=tuple(pipe.id for pipe in way) if mean_pa_m > most else (),
    )  # fmt: skip


def imbalance(design: EstateDesign, proof: EstateProof) -> Outcome:
    """With the valves set, inlets differ from their needs by a limited share."""
    most = tables.load("estate")["inlet"]["imbalance_most_ratio"]
    before = max(design.inlets, key=lambda one: abs(one.imbalance_before_ratio))
    after = max(design.inlets, key=lambda one: abs(one.imbalance_after_ratio))
    over = [one for one in design.inlets if abs(one.imbalance_after_ratio) > most + 1e-6]
    return Outcome(
        holds=not over, required=text("at most ±{most} % with the valves set", most=percent(most)),
        found=text("{id}: {after} % ({before_id} had {before} % without valves)", id=after.taker.id,
                   after=percent(after.imbalance_after_ratio), before_id=before.taker.id,
                   before=percent(before.imbalance_before_ratio)),
        where=tuple(one.taker.id for one in over),
    )  # fmt: skip


def swing(design: EstateDesign, proof: EstateProof) -> Outcome:
    """Inlets without a controller stay quiet in every state; the others have one."""
    required = text("controllers where, and only where, a static inlet would swing beyond {limit} kPa",
                    limit=_kpa(noisy_pa()))  # fmt: skip
    static = {one.taker.id: one for one in design.inlets if one.valve is not InletValve.CONTROLLER}
    seen = {name: max(state.inlets[name].behind_pa for state in proof.states) for name in static}
    needless = [
        one.taker.id for one in design.inlets
        if one.valve is InletValve.CONTROLLER and one.behind_part_pa <= _quiet_pa(one)
    ]  # fmt: skip
    over = [name for name in seen if seen[name] > _quiet_pa(static[name])]
    count = len(design.inlets) - len(static)
    if not static:
        found = text("controllers at all {all} inlets", all=count)
    else:
        worst = max(seen, key=lambda name: seen[name])
        found = text("controllers at {count} of {all} inlets; of the others {id} sees most, {behind} kPa",
                     count=count, all=len(design.inlets), id=worst, behind=_kpa(seen[worst]))  # fmt: skip
    return Outcome(
        holds=not over and not needless, required=required, found=found,
        where=(*sorted(over, key=lambda name: -seen[name]), *needless),
    )  # fmt: skip


def _quiet_pa(inlet: InletDesign) -> float:
    """Return what a building bears quietly: what thermostatic valves do, or its own need if that is more."""
    return max(noisy_pa(), inlet.taker.needed_pa)


def starving(design: EstateDesign, proof: EstateProof) -> Outcome:
    """No building is cold in any state."""
    row = tables.load("estate")["proof"]
    state = min(proof.states, key=lambda one: worst_room(one)[1])
    name, room_c = worst_room(state)
    least_c = row["least_c"] - row["rounding_k"]
    cold = [
        name for name in design.inlet_by_id
        if min(one.inlets[name].room_c for one in proof.states) < least_c
    ]  # fmt: skip
    return Outcome(
        holds=not cold, required=text("open flats at {least} °C at least", least=figure(row["least_c"], 1)),
        found=text("coldest: {id} with {room} °C ({state})", id=name, room=figure(room_c, 1),
                   state=state.condition.title),
        where=tuple(cold),
    )  # fmt: skip


def noise(design: EstateDesign, proof: EstateProof) -> Outcome:
    """Nowhere do thermostatic valves see more than they throttle quietly."""
    required = text(
        "at most {limit} kPa over the flats, or what the building needs anyway", limit=_kpa(noisy_pa())
    )
    loud = {
        name: max(state.inlets[name].noise_pa for state in proof.states)
        for name, inlet in design.inlet_by_id.items()
        if max(state.inlets[name].noise_pa for state in proof.states) > _quiet_pa(inlet)
    }  # fmt: skip
    state = max(proof.states, key=lambda one: next(loudest(one))[1])
    name, most_pa = next(loudest(state))
    return Outcome(
        holds=not loud, required=required,
        found=text("most: {id} with {most} kPa ({state})", id=name, most=_kpa(most_pa),
                   state=state.condition.title),
        where=tuple(sorted(loud, key=lambda one: -loud[one])),
    )  # fmt: skip


def _kpa(value_pa: float) -> str:
    return figure(value_pa / 1000.0, 1)


RULES: Mapping[str, Rule] = {
    "inlet_differences": inlet_differences, "pump_head": pump_head, "least_flow": least_flow,
    "velocity": velocity, "branch_loss": branch_loss, "main_loss": main_loss, "imbalance": imbalance,
    "swing": swing, "starving": starving, "noise": noise,
}  # fmt: skip
