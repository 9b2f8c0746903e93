"""二次网水力计算书: an estate's network as a workbook: pipes, inlets, pump, states and checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path

from xlsxwriter.workbook import Workbook

from fenhu.design.estate import (
    EstateDesign,
    EstateProof,
    InletDesign,
    InletValve,
    action_of,
    season_kwh,
    volume_m3_h,
)
from fenhu.design.review import Check
from fenhu.papers.grid import Column, finish, head_row, titled_sheet, value_row
from fenhu.papers.sheet import Book, safe
from fenhu.papers.words import DEMO_DATA
from fenhu.records import Assumption
from fenhu.units import yuan_from_fen
from fenhu.wording import Text, bilingual, text

_ONE, _TWO, _WHOLE = "#,##0.0", "#,##0.00", "#,##0"
VALVE_NAMES = {
    InletValve.NONE: bilingual("不设", "none"),
    InletValve.BALANCING: bilingual("静态平衡阀", "balancing valve"),
    InletValve.CONTROLLER: bilingual("自力式压差控制阀", "pressure controller"),
}
_PIPES = (
    Column(text("Pipe section"), 12.0), Column(text("From"), 12.0), Column(text("To"), 12.0),
    Column(text("Length (m)"), 10.0, _ONE), Column(text("Size DN"), 8.0, _WHOLE), Column(text("Stays"), 8.0),
    Column(text("Flow (m³/h)"), 10.0, _TWO), Column(text("Velocity (m/s)"), 10.0, _TWO),
    Column(text("Specific loss (Pa/m)"), 11.0, _WHOLE),
    Column(text("Loss, supply and return (kPa)"), 14.0, _TWO), Column(text("Cost (yuan)"), 12.0, _WHOLE),
)  # fmt: skip
_INLETS = (
    Column(text("Building"), 16.0), Column(text("Node"), 10.0), Column(text("Load (kW)"), 10.0, _ONE),
    Column(text("Flow (m³/h)"), 10.0, _TWO), Column(text("Needed (kPa)"), 10.0, _ONE),
    Column(text("Offered (kPa)"), 10.0, _ONE), Column(text("Inlet valve"), 20.0),
    Column(text("Size DN"), 8.0, _WHOLE), Column(text("Kv (m³/h)"), 10.0, _TWO),
    Column(text("Setting"), 14.0), Column(text("Imbalance without valves (%)"), 12.0, _ONE),
    Column(text("Imbalance with valves (%)"), 12.0, _ONE),
    Column(text("Flow without valves (% of design)"), 12.0, _ONE),
    Column(text("Flow with valves (% of design)"), 12.0, _ONE),
)  # fmt: skip
_PUMP = (Column(text("Pump and station"), 40.0), Column(text("Value"), 60.0))
_STATES = (
    Column(text("State"), 24.0), Column(text("Water sent (°C)"), 10.0, _ONE),
    Column(text("Flow (m³/h)"), 10.0, _TWO), Column(text("Head (kPa)"), 10.0, _ONE),
    Column(text("Heat (kW)"), 10.0, _ONE), Column(text("Lost by pipes (kW)"), 10.0, _ONE),
    Column(text("Pump power (kW)"), 10.0, _TWO), Column(text("Building"), 14.0),
    Column(text("Offered (kPa)"), 10.0, _ONE), Column(text("Behind the valve (kPa)"), 12.0, _ONE),
    Column(text("Flow of the building (m³/h)"), 12.0, _TWO), Column(text("Open rooms (°C)"), 10.0, _ONE),
)  # fmt: skip
_CHECKS = (
    Column(text("Clause"), 22.0), Column(text("Checked"), 26.0), Column(text("Required"), 34.0),
    Column(text("Found"), 34.0), Column(text("Verdict"), 12.0), Column(text("Where"), 20.0),
    Column(text("Remark"), 40.0), Column(text("Clause text"), 14.0),
)  # fmt: skip
_ASSUMED = (Column(text("Assumed"), 34.0), Column(text("Value"), 14.0), Column(text("Reason"), 50.0))


def estate_xlsx(
    design: EstateDesign, proof: EstateProof, checks: Sequence[Check], path: Path, *, title: str, on: date,
    assumed: Sequence[Assumption] = (), synthetic: bool = False,
) -> None:  # fmt: skip
    """Write the calculation of an estate's network; the same network gives the same bytes.

    Parameters
    ----------
    design, proof, checks : the network, its simulation, what is to be said about it.
    path : the workbook to write; an existing one is replaced.
    title : the estate in words.
    on : the day the checks judge by.
    assumed : what the estate's file left open.
    synthetic : whether the data are those of the demo.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(str(path), options) as workbook:
        workbook.set_properties(
            {"title": safe(title), "keywords": str(DEMO_DATA) if synthetic else "",
             "created": datetime.combine(on, time())}
        )  # fmt: skip
        book = Book(workbook=workbook, synthetic=synthetic)
        _sheet(book, title, text("Pipes"), _PIPES, _pipe_rows(design))
        _sheet(book, title, text("Inlets"), _INLETS, (_inlet_row(one, proof) for one in design.inlets))
        _sheet(book, title, text("Pump"), _PUMP, _pump_rows(design, proof))
        _sheet(book, title, text("States simulated"), _STATES, _state_rows(proof))
        _sheet(book, title, text("Checks"), _CHECKS, map(_check_row, checks))
        _sheet(book, title, text("Assumptions"), _ASSUMED,
               ((one.key, str(one.value), str(one.reason)) for one in assumed))  # fmt: skip


def _sheet(
    book: Book, title: str, name: Text, columns: Sequence[Column], rows: Iterable[Sequence[object]]
) -> None:
    sheet = titled_sheet(book, title, name, columns)
    head_row(book, sheet, 1, columns)
    count = 0
    for count, row in enumerate(rows, start=1):
        value_row(book, sheet, 1 + count, columns, row)
    finish(book, sheet, count, columns)


def _pipe_rows(design: EstateDesign) -> Iterable[Sequence[object]]:
    for pipe in design.pipes:
        trench = pipe.trench
        yield (
            trench.id, trench.start, trench.end, trench.length_m, pipe.size.dn,
            str(text("stays")) if trench.keep else str(text("new")), volume_m3_h(pipe.flow_kg_s),
            pipe.velocity_m_s, pipe.specific_loss_pa_m, pipe.loss_pa / 1000.0, float(yuan_from_fen(pipe.fen)),
        )  # fmt: skip


def setting_words(inlet: InletDesign) -> str:
    """Return how an inlet's valve is to be set, in words."""
    if inlet.valve is InletValve.CONTROLLER:
        return str(text("holds {held} kPa", held=inlet.setting))
    return str(text("{turns} turns", turns=inlet.setting)) if inlet.setting else ""


def _inlet_row(inlet: InletDesign, proof: EstateProof) -> Sequence[object]:
    taker = inlet.taker
    return (
        taker.id, taker.node, taker.load_w / 1000.0, volume_m3_h(taker.flow_kg_s), taker.needed_pa / 1000.0,
        inlet.offered_pa / 1000.0, str(VALVE_NAMES[inlet.valve]), inlet.dn or None, inlet.kv_m3_h or None,
        setting_words(inlet), 100.0 * inlet.imbalance_before_ratio, 100.0 * inlet.imbalance_after_ratio,
        100.0 * proof.before.inlets[taker.id].flow_kg_s / taker.flow_kg_s,
        100.0 * proof.after.inlets[taker.id].flow_kg_s / taker.flow_kg_s,
    )  # fmt: skip


def _pump_rows(design: EstateDesign, proof: EstateProof) -> Iterable[tuple[str, str]]:
    pump = design.pump
    offered = "–" if pump.offered_pa is None else f"{pump.offered_pa / 1000.0:.1f}"
    for name, value in (
        (text("Design flow (m³/h)"), f"{volume_m3_h(pump.flow_kg_s):.1f}"),
        (text("Required head, margin included (kPa)"), f"{pump.required_pa / 1000.0:.1f}"),
        (text("Head of the present pump at this flow (kPa)"), offered),
        (text("Difference at the station's outlet (kPa)"), f"{pump.station_pa / 1000.0:.1f}"),
        (text("Building that decides"), pump.deciding),
        (text("To do"), str(action_of(design))),
        (text("Power at design (kW)"), f"{pump.power_w / 1000.0:.2f}"),
        (text("Pumping in a season (kWh)"), f"{season_kwh(proof):,.0f}"),
        (text("New pipes (yuan)"), f"{yuan_from_fen(design.pipes_fen):,.2f}"),
    ):
        yield str(name), value


def _state_rows(proof: EstateProof) -> Iterable[Sequence[object]]:
    for state in proof.states:
        for name, one in state.inlets.items():
            yield (
                str(state.condition.title), state.sent_c, volume_m3_h(state.flow_kg_s),
                state.head_pa / 1000.0, state.heat_w / 1000.0, state.lost_w / 1000.0, state.power_w / 1000.0,
                name, one.offered_pa / 1000.0, one.behind_pa / 1000.0, volume_m3_h(one.flow_kg_s), one.room_c,
            )  # fmt: skip


def _check_row(check: Check) -> Sequence[object]:
    verified = text("read in the standard") if check.verified else text("not checked against the text")
    return (
        str(check.clause), str(check.title), str(check.required), str(check.found), str(check.verdict_name),
        ", ".join(check.where), str(check.note), str(verified),
    )  # fmt: skip
