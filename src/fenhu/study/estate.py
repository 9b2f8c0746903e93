"""An estate's network with all its buildings: each designed, the network settled, proved and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fenhu.building import read_building
from fenhu.design import Changes, Design, design_building
from fenhu.design.estate import (
    BuildingFile,
    Estate,
    EstateDesign,
    EstateProof,
    EstateState,
    InletDesign,
    PipeDesign,
    PumpDesign,
    Renewal,
    Taker,
    action_of,
    check_estate,
    design_estate,
    prove_estate,
    renewal_of,
    season_kwh,
    volume_m3_h,
)
from fenhu.design.prices import PriceBook, price_book
from fenhu.design.review import Check, check_json, errors
from fenhu.design.values import DeviceKind
from fenhu.policy import Policy
from fenhu.wording import Text, text


@dataclass(frozen=True, kw_only=True)
class EstateStudy:
    """An estate's network as designed, proved and checked; ``designs`` are those of its building files.

    ``renewal`` says what renewing narrow pipes would bring, where there are any.
    """

    estate: Estate
    design: EstateDesign
    proof: EstateProof
    checks: tuple[Check, ...]
    designs: Mapping[str, Design]
    renewal: Renewal | None
    on: date

    @property
    def holds(self) -> bool:
        """Return whether nothing is wrong (warnings and advice apart)."""
        return not errors(self.checks)


def study_estate(
    estate: Estate, policy: Policy, *, on: date | None = None, prices: PriceBook | None = None
) -> EstateStudy:
    """Return the network of an estate, its building files designed for the substation's water first.

    Parameters
    ----------
    estate : as its file describes it.
    policy : the city's document; it says what form buildings are converted to.
    on : the day the checks judge by; the policy's first day if not given.
    prices : the price book; that of the day's year if not given.

    Raises
    ------
    fenhu.errors.FenhuError
        If a building file cannot be read or designed, or the network has no answer.
    """
    day = on or policy.valid_from
    book = prices or price_book(day.year)
    designs = {
        one.id: _designed(one, estate, policy, book)
        for one in estate.buildings
        if isinstance(one, BuildingFile)
    }
    takers = [
        _taker(one, designs[one.id]) if isinstance(one, BuildingFile) else one for one in estate.buildings
    ]
    design = design_estate(estate, takers, prices=book)
    proof = prove_estate(design)
    checks = check_estate(design, proof, on=day, policy=policy)
    return EstateStudy(
        estate=estate, design=design, proof=proof, checks=checks, designs=designs,
        renewal=renewal_of(design, prices=book), on=day,
    )  # fmt: skip


def _designed(file: BuildingFile, estate: Estate, policy: Policy, book: PriceBook) -> Design:
    house, station = read_building(file.path), estate.substation
    water = Changes(supply_c=station.supply_c, fall_k=station.supply_c - station.return_c)
    form = file.form or policy.form.target_of(house.system_form)
    return design_building(house, form, changes=water, prices=book)


def _taker(file: BuildingFile, design: Design) -> Taker:
    """Return a designed building as the network sees it; its own inlet valve gives way to the network's."""
    meter = next((one for one in design.devices if one.kind is DeviceKind.INLET_GATE), None)
    return Taker(
        id=file.id, node=file.node, load_w=sum(flat.load_w for flat in design.flats),
        flow_kg_s=design.flow_kg_s, needed_pa=design.needed_pa,
        dn=file.dn or (meter.dn if meter else 0),
    )  # fmt: skip


def estate_json(study: EstateStudy, files: Sequence[str] = ()) -> dict[str, object]:
    """Return an estate's network in the fixed words of ``fenhu estate``."""
    design, proof = study.design, study.proof
    return {
        "status": "designed" if study.holds else "action_needed",
        "pipes": [_pipe_json(one) for one in design.pipes],
        "inlets": [_inlet_json(one, proof) for one in design.inlets],
        "pump": _pump_json(design, proof),
        "states": [_state_json(one) for one in proof.states],
        "pipes_fen": design.pipes_fen,
        "renewal": _renewal_json(study.renewal),
        "checks": [check_json(one) for one in study.checks],
        "assumed": [
            {"key": one.key, "value": one.value, "reason": str(one.reason)} for one in study.estate.assumed
        ],
        "files": list(files),
    }


def _pipe_json(pipe: PipeDesign) -> dict[str, object]:
    return {
        "id": pipe.id, "from": pipe.trench.start, "to": pipe.trench.end, "length_m": pipe.trench.length_m,
        "dn": pipe.size.dn, "keep": pipe.trench.keep, "flow_m3_h": round(volume_m3_h(pipe.flow_kg_s), 3),
        "velocity_m_s": pipe.velocity_m_s, "specific_loss_pa_m": pipe.specific_loss_pa_m,
        "loss_kpa": round(pipe.loss_pa / 1000.0, 3), "cost_fen": pipe.fen,
    }  # fmt: skip


def _renewal_json(renewal: Renewal | None) -> dict[str, object] | None:
    if renewal is None:
        return None
    return {
        "pipes": [{"id": name, "dn": before, "new_dn": after} for name, before, after in renewal.pipes],
        "cost_fen": renewal.cost_fen, "saved_fen": renewal.saved_fen,
        "required_kpa": round(renewal.required_pa / 1000.0, 2),
    }  # fmt: skip


def renewal_words(renewal: Renewal) -> Text:
    """Return what renewing the narrow pipes would bring, in words."""
    pipes = ", ".join(f"{name} DN{before} → DN{after}" for name, before, after in renewal.pipes)
    required = f"{renewal.required_pa / 1000.0:.1f}"
    yuan = f"{abs(renewal.saved_fen) / 100.0:,.0f}"
    if renewal.saved_fen > 0:
        return text("With {pipes} renewed {required} kPa suffice; over the life that saves {yuan} yuan.",
                    pipes=pipes, required=required, yuan=yuan)  # fmt: skip
    return text("With {pipes} renewed {required} kPa suffice; over the life that costs {yuan} yuan.",
                pipes=pipes, required=required, yuan=yuan)  # fmt: skip


def _inlet_json(inlet: InletDesign, proof: EstateProof) -> dict[str, object]:
    name, flow_kg_s = inlet.taker.id, inlet.taker.flow_kg_s
    return {
        "building": name, "node": inlet.taker.node, "load_w": inlet.taker.load_w,
        "flow_m3_h": round(volume_m3_h(flow_kg_s), 3),
        "needed_kpa": round(inlet.taker.needed_pa / 1000.0, 2),
        "offered_kpa": round(inlet.offered_pa / 1000.0, 2), "valve": inlet.valve.value, "dn": inlet.dn,
        "kv_m3_h": inlet.kv_m3_h, "setting": inlet.setting,
        "imbalance_before_percent": round(100.0 * inlet.imbalance_before_ratio, 1),
        "imbalance_after_percent": round(100.0 * inlet.imbalance_after_ratio, 1),
        "flow_before_percent": round(100.0 * proof.before.inlets[name].flow_kg_s / flow_kg_s, 1),
        "flow_after_percent": round(100.0 * proof.after.inlets[name].flow_kg_s / flow_kg_s, 1),
    }  # fmt: skip


def _pump_json(design: EstateDesign, proof: EstateProof) -> dict[str, object]:
    pump: PumpDesign = design.pump
    return {
        "flow_m3_h": round(volume_m3_h(pump.flow_kg_s), 2),
        "required_kpa": round(pump.required_pa / 1000.0, 2),
        "offered_kpa": None if pump.offered_pa is None else round(pump.offered_pa / 1000.0, 2),
        "station_kpa": round(pump.station_pa / 1000.0, 2),
        "decided_by": pump.deciding,
        "missing_kpa": {name: round(value / 1000.0, 2) for name, value in pump.missing_pa.items()},
        "action": pump.action.kind.value,
        "advice": str(action_of(design)),
        "head_kpa": round(pump.head_pa / 1000.0, 2),
        "boosters": [
            {"at": one.at, "place": "building" if one.building else "pipe",
             "flow_m3_h": round(volume_m3_h(one.flow_kg_s), 2), "head_kpa": round(one.head_pa / 1000.0, 2)}
            for one in pump.action.boosters
        ],
        "weighed": [{"action": one.kind.value, "cost_fen": one.fen} for one in pump.remedies],
        "least_flow_m3_h": design.network.estate.substation.least_flow_m3_h,
        "power_w": round(pump.power_w),
        "season_kwh": round(season_kwh(proof)),
    }  # fmt: skip


def _state_json(state: EstateState) -> dict[str, object]:
    return {
        "state": state.condition.name, "outdoor_c": state.condition.outdoor_c,
        "sent_c": round(state.sent_c, 2), "flow_m3_h": round(volume_m3_h(state.flow_kg_s), 2),
        "head_kpa": round(state.head_pa / 1000.0, 2), "heat_w": round(state.heat_w),
        "lost_w": round(state.lost_w), "power_w": round(state.power_w),
        "inlets": {
            name: {"offered_kpa": round(one.offered_pa / 1000.0, 2),
                   "behind_kpa": round(one.behind_pa / 1000.0, 2),
                   "noise_kpa": round(one.noise_pa / 1000.0, 2),
                   "flow_m3_h": round(volume_m3_h(one.flow_kg_s), 3),
                   "room_c": round(one.room_c, 2)}
            for name, one in state.inlets.items()
        },
    }  # fmt: skip
