"""``fenhu plan``: the whole chain on a register, or the bare optimiser on an instance folder."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from fenhu import planning, policy, study
from fenhu.cli.console import (
    BAD_INPUT,
    DONE,
    HAS_ERRORS,
    Report,
    complain,
    output_folder,
    print_json,
    progress_bar,
    tell,
)
from fenhu.cli.engines import add_engine_arguments, engine_of
from fenhu.cli.plan_answers import tell_helps, tell_whys
from fenhu.cli.reading import sound_register
from fenhu.design.city_prices import read_price_book
from fenhu.engines import Engine
from fenhu.wording import text

INSTANCE_MARK = "params.json"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "source",
        metavar="REGISTER|INSTANCE_DIR",
        type=Path,
        help=str(text("a register, or a folder with params.json")),
    )
    parser.add_argument(
        "--policy", help=str(text("a policy's name (fenhu policy list) or file; required for a register"))
    )
    parser.add_argument(
        "--out",
        metavar="DIR",
        help=str(text("folder for schedule, plan.json and report; required for a register")),
    )
    _configure_search(parser)
    _configure_prices(parser)
    _configure_questions(parser)
    _configure_again(parser)
    parser.add_argument(
        "--scenarios",
        metavar="FILE.toml",
        type=Path,
        help=str(text("what-if scenarios: each is planned too, by a search of its own")),
    )
    add_engine_arguments(parser)
    parser.add_argument("--json", action="store_true", help=str(text("print one JSON object to stdout")))


def _configure_search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--seconds",
        type=_seconds,
        default=planning.DEFAULT_SECONDS,
        help=str(text("stop searching after so many seconds, at the latest")),
    )
    parser.add_argument(
        "--effort",
        type=_rounds,
        help=str(
            text(
                "how long to search, in rounds: the same effort gives the same plan "
                "(a register: {register}, an instance folder: {instance}, unless you say otherwise)",
                register=study.DEFAULT_EFFORT,
                instance=planning.DEFAULT_EFFORT,
            )
        ),
    )
    parser.add_argument("--seed", type=_seed, default=0, help=str(text("seed of the search")))


def _configure_prices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cost",
        choices=study.COSTS,
        default="estimate",
        help=str(
            text("how buildings are priced: by documented unit estimates, or each by a design of its own")
        ),
    )
    parser.add_argument(
        "--prices",
        metavar="FILE",
        type=Path,
        help=str(text("with --cost design: the city's own price book; the packaged one unless given")),
    )


def _configure_questions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--why",
        metavar="CODE",
        action="append",
        default=[],
        help=str(
            text(
                "say why this building has its year or none, what another year would displace and what would "
                "have to change; may be given again"
            )
        ),
    )
    parser.add_argument(
        "--risk",
        action="store_true",
        help=str(text("try the plan in drawn scenarios, and find one that holds in nine of ten")),
    )


def _configure_again(parser: argparse.ArgumentParser) -> None:
    again = parser.add_argument_group(str(text("planning again")))
    again.add_argument(
        "--approved",
        metavar="PLAN.json",
        type=Path,
        help=str(text("an earlier plan.json: its buildings move only at the policy's price")),
    )
    again.add_argument(
        "--drop",
        metavar="CODE",
        action="append",
        default=[],
        help=str(text("with --approved: this building dropped out; may be given again")),
    )
    again.add_argument(
        "--from",
        dest="open_from",
        metavar="YEAR",
        type=int,
        help=str(text("with --approved: the years before YEAR are over")),
    )


def _rounds(words: str) -> int:
    """Return how many rounds were asked for, at least one."""
    if not words.isdecimal() or int(words) < 1:
        raise argparse.ArgumentTypeError(
            str(text("{words} is no number of rounds; give 1 or more", words=words))
        )
    return int(words)


def _seconds(words: str) -> float:
    """Return for how long a search may go on, longer than no time at all."""
    try:
        seconds = float(words)
    except ValueError:
        seconds = 0.0
    if not seconds > 0.0:
        raise argparse.ArgumentTypeError(
            str(text("{words} is no number of seconds; give more than 0", words=words))
        )
    return seconds


def _seed(words: str) -> int:
    """Return the seed that was asked for."""
    if not words.isdecimal() or int(words) >= 2**63:
        raise argparse.ArgumentTypeError(
            str(text("{words} is no seed; give a whole number, 0 or more", words=words))
        )
    return int(words)


def run(arguments: argparse.Namespace) -> int:
    """Plan whichever of the two was given."""
    if (arguments.source / INSTANCE_MARK).is_file():
        if arguments.approved or arguments.drop or arguments.open_from is not None or arguments.risk:
            complain(
                text("--approved, --drop, --from and --risk speak of a register, not of a bare instance.")
            )
            return BAD_INPUT
        return _plan_instance(arguments)
    if not arguments.policy or not arguments.out:
        complain(text("A register needs --policy NAME and --out DIR; an instance folder holds params.json."))
        return BAD_INPUT
    if arguments.prices and arguments.cost != "design":
        complain(text("--prices FILE prices designs; add --cost design."))
        return BAD_INPUT
    if arguments.approved is None and (arguments.drop or arguments.open_from is not None):
        complain(text("--drop and --from speak of a plan in force; add --approved PLAN.json."))
        return BAD_INPUT
    return _plan_register(arguments)


def _in_force(arguments: argparse.Namespace) -> study.InForce | None:
    """Return the plan in force with what dropped out since, None to plan from nothing."""
    if arguments.approved is None:
        return None
    return study.InForce(
        years=study.read_in_force(arguments.approved),
        dropped=frozenset(arguments.drop),
        open_from=arguments.open_from,
    )


def _asked_scenarios(arguments: argparse.Namespace) -> tuple[study.ScenarioAsked, ...]:
    return study.read_scenarios(arguments.scenarios) if arguments.scenarios else ()


def _tried(
    arguments: argparse.Namespace,
    engine: Engine,
    instance: planning.Instance,
    plan: planning.PlanResult,
    scenarios: Sequence[planning.Scenario],
    report: Report,
) -> study.WhatIf | None:
    """Return what the scenarios lead to, None without any."""
    if not scenarios:
        return None
    return study.what_if(
        instance, plan, scenarios, seconds=arguments.seconds, effort=plan.effort,
        engine=engine, progress=report,
    )  # fmt: skip


def _plan_instance(arguments: argparse.Namespace) -> int:
    engine, asked_scenarios = engine_of(arguments), _asked_scenarios(arguments)
    instance = planning.read_instance(arguments.source)
    scenarios = study.scenarios_of(instance, asked_scenarios, seed=arguments.seed)
    asked = study.items_asked(instance.buildings.ids, arguments.why)
    effort = planning.DEFAULT_EFFORT if arguments.effort is None else arguments.effort
    brake = planning.Brake(arguments.seconds, None)
    with progress_bar() as report:
        result = planning.solve(
            instance,
            goal=planning.WEIGHTED,
            seconds=arguments.seconds,
            effort=effort,
            seed=arguments.seed,
            progress=_search_progress(report, effort),
        )
        tried = _tried(arguments, engine, instance, result, scenarios, report)
    year_of = planning.years_array(result)
    whys = {
        code: planning.why(instance, year_of, item, goal=planning.WEIGHTED, seed=arguments.seed)
        for code, item in asked.items()
    }
    answer = planning.instance_json(instance, result)
    if whys:
        answer["why"] = {code: planning.why_json(instance, one) for code, one in whys.items()}
    if tried:
        answer["what_if"] = study.what_if_json(tried)
    if arguments.json:
        print_json(answer)
    tell(study.verdict(result))
    tell_whys(instance, whys)
    for sentence in study.what_if_sentences(tried) if tried else ():
        tell(sentence)
    for shortfall in result.shortfalls:
        tell(shortfall.text)
    tell_helps(
        planning.help_for(
            instance, year_of, most=study.MOST_HELPED, seed=arguments.seed, cancelled=brake.pulled
        )
    )
    return DONE


def _plan_register(arguments: argparse.Namespace) -> int:
    engine, asked_scenarios = engine_of(arguments), _asked_scenarios(arguments)
    rules = policy.load(arguments.policy)
    in_force = _in_force(arguments)
    register = sound_register(arguments.source)
    if register is None:
        return HAS_ERRORS
    book = read_price_book(arguments.prices) if arguments.prices else None
    folder = output_folder(arguments.out)
    effort = study.DEFAULT_EFFORT if arguments.effort is None else arguments.effort
    settings = study.Settings(
        seconds=arguments.seconds, effort=effort, seed=arguments.seed, cost=arguments.cost
    )
    with progress_bar() as report:
        result = study.run_study(
            register, rules, settings=settings, book=book, folder=_kept_designs(), in_force=in_force,
            progress=report, engine=engine,
        )  # fmt: skip
        brake = planning.Brake(arguments.seconds, None)
        asked = study.ask(result, arguments.why, progress=report, cancelled=brake.pulled)
        risk = study.secured(result, progress=report) if arguments.risk else None
        scenarios = study.scenarios_of(result.task.instance, asked_scenarios, seed=arguments.seed)
        tried = _tried(arguments, engine, result.task.instance, result.plan, scenarios, report)
        files = study.write_plan(result, folder, asked, risk, tried)
    if arguments.json:
        print_json(study.plan_json(result, asked, risk, tried))
    _tell_study(result, asked, risk, tried)
    for path in files:
        tell(text("Written: {path}", path=path))
    return DONE


def _tell_study(
    result: study.Study, asked: study.Asked, risk: planning.Secured | None, tried: study.WhatIf | None
) -> None:
    instance = result.task.instance
    for sentence in (
        study.answer(result),
        *(study.replan_sentences(result.again) if result.again else ()),
        *(study.risk_sentences(instance, risk) if risk else ()),
        *(study.what_if_sentences(tried) if tried else ()),
        *study.pace_of_study(result).sentences(),
        *(shortfall.text for shortfall in result.plan.shortfalls),
    ):
        tell(sentence)
    tell_helps(asked.helps)
    tell_whys(instance, asked.whys)
    for code, priced in result.priced.items():
        if priced.not_designed:
            tell(
                text(
                    "{code}: priced by unit estimates, not by a design: {why}",
                    code=code,
                    why=priced.not_designed,
                )
            )


def _kept_designs() -> Path:
    """Return the folder in the user's cache where bills of designs are kept for the next time."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "fenhu" / "designs"


def _search_progress(report: Report, effort: int) -> Callable[[planning.PlanProgress], None]:
    def show(progress: planning.PlanProgress) -> None:
        report(text("Searching for the best plan"), progress.effort_done, effort)

    return show
