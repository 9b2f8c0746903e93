"""The files of an estate's network: the calculation as a workbook, the schematic, the answer as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from fenhu import drawing, papers
from fenhu.design.estate import action_of, holds_limits, volume_m3_h
from fenhu.study.estate import EstateStudy, estate_json
from fenhu.wording import Text, text

WORKBOOK, PICTURE, ANSWER = "二次网水力计算书.xlsx", "network.svg", "estate.json"


def write_estate(study: EstateStudy, folder: Path, *, synthetic: bool = False) -> tuple[str, ...]:
    """Write all files of an estate's network into a folder, replacing old ones, and return their names.

    Parameters
    ----------
    study : the network with its proof and checks.
    folder : an existing folder.
    synthetic : whether the data are those of the demo.
    """
    title = str(text("Secondary network of {name}", name=study.estate.name))
    papers.estate_xlsx(
        study.design, study.proof, study.checks, folder / WORKBOOK, title=title, on=study.on,
        assumed=study.estate.assumed, synthetic=synthetic,
    )  # fmt: skip
    (folder / PICTURE).write_text(drawing.schematic_svg(estate_schematic(study)), encoding="utf-8")
    names = (WORKBOOK, PICTURE, ANSWER)
    answer = json.dumps(estate_json(study, names), ensure_ascii=False, indent=1)
    (folder / ANSWER).write_text(answer, encoding="utf-8")
    return names


def estate_schematic(study: EstateStudy) -> drawing.Schematic:
    """Return the network as the picture of its schematic: sizes, flows, pressures, what decides."""
    design, pump = study.design, study.design.pump
    way = {pipe.id for pipe in design.main_way}
    station = study.estate.substation
    return drawing.Schematic(
        title=text("{name}: {advice}", name=study.estate.name, advice=action_of(design)),
        desc=text("Schematic of the secondary network with sizes, flows and pressure differences"),
        root=station.node,
        root_lines=(
            text("{supply}/{return_c} °C", supply=f"{station.supply_c:g}", return_c=f"{station.return_c:g}"),
            text("{flow} m³/h", flow=f"{volume_m3_h(pump.flow_kg_s):.1f}"),
            text("outlet {pressure} kPa", pressure=f"{pump.station_pa / 1000.0:.0f}"),
        ),
        pipes=tuple(
            drawing.SchematicPipe(
                id=pipe.id, start=pipe.trench.start, end=pipe.trench.end,
                label=text("DN{dn} · {flow} m³/h · {length} m", dn=pipe.size.dn,
                           flow=f"{volume_m3_h(pipe.flow_kg_s):.1f}", length=f"{pipe.trench.length_m:g}"),
                kept=pipe.trench.keep, decides=pipe.id in way,
                faulty=not holds_limits(pipe.size, pipe.flow_kg_s),
            )
            for pipe in design.pipes
        ),
        stops=tuple(
            drawing.SchematicStop(
                id=inlet.taker.id, node=inlet.taker.node,
                lines=(
                    text("{flow} m³/h, needs {needed} of {offered} kPa",
                         flow=f"{volume_m3_h(inlet.taker.flow_kg_s):.1f}",
                         needed=f"{inlet.taker.needed_pa / 1000.0:.0f}",
                         offered=f"{inlet.offered_pa / 1000.0:.0f}"),
                    text("{valve} DN{dn}, {setting}", valve=papers.VALVE_NAMES[inlet.valve], dn=inlet.dn,
                         setting=papers.setting_words(inlet)) if inlet.dn else text("no valve needed"),
                ),
                faulty=inlet.taker.id in pump.missing_pa,
            )
            for inlet in design.inlets
        ),
        nodes=_differences(study),
    )  # fmt: skip


def _differences(study: EstateStudy) -> Mapping[str, Text]:
    """Return the pressure difference at every node, boosters on the way included."""
    found_pa: dict[str, float] = {study.estate.substation.node: study.design.pump.station_pa}
    boosts = {one.at: one.head_pa for one in study.design.pump.action.boosters if not one.building}
    for pipe in study.design.pipes:
        found_pa[pipe.trench.end] = found_pa[pipe.trench.start] - pipe.loss_pa + boosts.get(pipe.id, 0.0)
    return {
        node: text("{pressure} kPa", pressure=f"{value_pa / 1000.0:.0f}")
        for node, value_pa in found_pa.items()
    }
