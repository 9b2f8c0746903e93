"""``fenhu estate``: an estate's secondary network after the conversion, sized, balanced, its pump checked."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from fenhu import policy
from fenhu.cli.console import DONE, HAS_ERRORS, output_folder, print_json, print_table
from fenhu.design.estate import action_of, read_estate, volume_m3_h
from fenhu.design.review import Verdict
from fenhu.papers import VALVE_NAMES, setting_words
from fenhu.study.estate import EstateStudy, estate_json, renewal_words, study_estate
from fenhu.study.estate_files import write_estate
from fenhu.units import yuan_from_fen
from fenhu.wording import text

PACKAGED = "fuxin-2010"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", metavar="ESTATE.toml", type=Path, help=str(text("an estate file")))
    parser.add_argument("--out", required=True, metavar="DIR", help=str(text("folder for the results")))
    parser.add_argument(
        "--policy", default=PACKAGED,
        help=str(text("a policy's name (fenhu policy list) or file; {name} if not given", name=PACKAGED)),
    )  # fmt: skip
    parser.add_argument(
        "--on", metavar="YYYY-MM-DD", type=date.fromisoformat,
        help=str(text("the day the review judges by; the policy's first day if not given")),
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help=str(text("print one JSON object to stdout")))


def run(arguments: argparse.Namespace) -> int:
    """Design the network, write its files and print the answer; exit 1 where something does not hold."""
    rules = policy.load(arguments.policy)
    study = study_estate(read_estate(arguments.file), rules, on=arguments.on)
    names = write_estate(study, output_folder(arguments.out))
    if arguments.json:
        print_json(estate_json(study, names))
    else:
        _print(study)
        print(text("Written to {folder}: {names}", folder=arguments.out, names=", ".join(names)))
    return DONE if study.holds else HAS_ERRORS


def _print(study: EstateStudy) -> None:
    design, pump = study.design, study.design.pump
    offered = "–" if pump.offered_pa is None else f"{pump.offered_pa / 1000.0:.1f}"
    print(
        text(
            "{name}: {flow} m³/h; required head {required} kPa, the pump gives {offered} kPa. {advice}",
            name=study.estate.name, flow=f"{volume_m3_h(pump.flow_kg_s):.1f}",
            required=f"{pump.required_pa / 1000.0:.1f}", offered=offered, advice=action_of(design),
        )
    )  # fmt: skip
    print_table(
        (text("Pipe section"), text("From"), text("To"), text("Size DN"), text("Flow (m³/h)"),
         text("Velocity (m/s)"), text("Specific loss (Pa/m)"), text("Loss, supply and return (kPa)"),
         text("Cost (yuan)")),
        [
            (one.id, one.trench.start, one.trench.end,
             str(text("{dn} (stays)", dn=one.size.dn)) if one.trench.keep else str(one.size.dn),
             f"{volume_m3_h(one.flow_kg_s):.1f}", f"{one.velocity_m_s:.2f}", f"{one.specific_loss_pa_m:.0f}",
             f"{one.loss_pa / 1000.0:.1f}", f"{yuan_from_fen(one.fen):,.0f}")
            for one in design.pipes
        ],
    )  # fmt: skip
    print_table(
        (text("Building"), text("Needed (kPa)"), text("Offered (kPa)"), text("Inlet valve"), text("Size DN"),
         text("Kv (m³/h)"), text("Setting"), text("Flow without valves (% of design)"),
         text("Flow with valves (% of design)")),
        [
            (one.taker.id, f"{one.taker.needed_pa / 1000.0:.1f}", f"{one.offered_pa / 1000.0:.1f}",
             str(VALVE_NAMES[one.valve]), str(one.dn or ""), f"{one.kv_m3_h:.1f}" if one.dn else "",
             setting_words(one),
             f"{100.0 * study.proof.before.inlets[one.taker.id].flow_kg_s / one.taker.flow_kg_s:.0f}",
             f"{100.0 * study.proof.after.inlets[one.taker.id].flow_kg_s / one.taker.flow_kg_s:.0f}")
            for one in design.inlets
        ],
    )  # fmt: skip
    if study.renewal is not None:
        print(renewal_words(study.renewal))
    asked = [one for one in study.checks if one.verdict in (Verdict.ERROR, Verdict.WARNING)]
    if asked:
        print_table(
            (text("clause"), text("verdict"), text("required"), text("found"), text("remark")),
            [
                (str(one.clause), str(one.verdict_name), str(one.required), str(one.found), str(one.note))
                for one in asked
            ],
        )
    for assumption in study.estate.assumed:
        print(
            text(
                "Assumed {key} = {value}: {reason}",
                key=assumption.key, value=assumption.value, reason=assumption.reason,
            )
        )  # fmt: skip
