"""What the plan risks and what pace it keeps, for report and plan.json."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from fenhu import papers, planning
from fenhu.drawing import Bar, BarChart
from fenhu.policy import Policy
from fenhu.study.chain import Study
from fenhu.study.progress import Cancelled, Progress, never, silent
from fenhu.study.yearly import plan_years
from fenhu.wording import Text, text

RESERVES_SAID = 5


def secured(study: Study, *, progress: Progress = silent, cancelled: Cancelled = never) -> planning.Secured:
    """Return the study's plan tried in scenarios, and a plan that holds in nine of ten."""

    def report(found: planning.PlanProgress) -> None:
        progress(text("Looking for a plan that holds"), found.effort_done, found.effort)

    settings = study.settings
    return planning.secure(
        study.task.instance,
        planning.years_array(study.plan),
        planning.usual_spreads(),
        goal=planning.LEXICOGRAPHIC,
        seconds=settings.seconds,
        effort=settings.effort,
        seed=settings.seed,
        progress=report,
        cancelled=cancelled,
    )


def risk_sentences(instance: planning.Instance, found: planning.Secured) -> tuple[Text, ...]:
    """Return whether the plan holds, which purse is the risk, and what a plan that holds costs."""
    said = [
        text(
            "The plan as it is holds in {share} % of {count} drawn scenarios.",
            share=_percent(found.before.held_share),
            count=f"{found.before.scenarios:,}",
        )
    ]
    if found.before.purses:
        said.append(_risk_said(instance, found.before.purses[0]))
    said.append(
        text(
            "A plan with reserves holds in {share} % of as many others; it converts {flats} flats fewer.",
            share=_percent(found.validated.held_share),
            flats=f"{found.price_flats:,}",
        )
    )
    if not found.holds:
        said.append(text("That is less than nine in ten: keep more back than is said here."))
    return tuple(said)


def _risk_said(instance: planning.Instance, risk: planning.PurseRisk) -> Text:
    return text(
        "The risk is {purse}: it does not suffice in {share} % of them, most often in {year}; in nine of ten "
        "at most {amount} are missing.",
        purse=planning.purse_name(instance, risk.purse),
        share=_percent(1.0 - risk.held_share),
        year=instance.year_label(risk.year),
        amount=planning.amount_said(risk.purse, risk.short),
    )


def _percent(share: float) -> str:
    return f"{100.0 * share:.1f}"


def risk_json(instance: planning.Instance, found: planning.Secured) -> dict[str, object]:
    """Return the answer as the value of ``risk`` in plan.json."""
    return {
        "held_share": found.before.held_share,
        "scenarios": found.before.scenarios,
        "purses": [
            {
                "source": one.purse.source, "scope": one.purse.scope, "held_share": one.held_share,
                "year": instance.first_year + one.year, "short": one.short,
            }
            for one in found.before.purses
        ],
        "secured": {
            "held_share": found.validated.held_share,
            "tuned_share": found.tuned.held_share,
            "objective": found.result.objective,
            "price_flats": found.price_flats,
            "plan": {
                code: None if year is None else instance.first_year + year
                for code, year in zip(instance.buildings.ids, found.result.year_of, strict=True)
            },
            "reserves": [
                {
                    "source": one.purse.source, "scope": one.purse.scope,
                    "year": instance.first_year + one.year, "amount": one.amount,
                }
                for one in found.reserves
            ],
        },
        "spreads": {
            code: {"value": getattr(planning.usual_spreads(), code), "name": str(name)}
            for code, name in planning.spread_names().items()
        },
    }  # fmt: skip


def risk_part(instance: planning.Instance, found: planning.Secured) -> papers.ReportPart:
    """Return the report's part on risk: the sentences, the largest reserves, and what was assumed."""
    reserves = tuple(one.text for one in found.reserves[:RESERVES_SAID])
    return papers.ReportPart(
        heading=text("What may go wrong"),
        sentences=(*risk_sentences(instance, found), *reserves),
        head=(text("Assumed to stray (no figures are known)"), text("Share")),
        rows=tuple(
            (name, f"{getattr(planning.usual_spreads(), code):g}")
            for code, name in planning.spread_names().items()
        ),
    )


def pace_of_study(study: Study) -> planning.Pace:
    """Return the pace of the policy and of the study's plan."""
    years = plan_years(study)
    planned = planning.years_array(study.plan) != planning.NO_YEAR
    days = float(np.sum(study.task.instance.buildings.crew_days[planned]))
    return pace_in(
        study.policy,
        {one.year: one.flats for one in years},
        register_flats=sum(row.flats for row in study.register.buildings),
        cost_fen=sum(sum(one.cost_fen.values()) for one in years),
        crew_days=days,
    )


def pace_in(
    policy: Policy,
    planned_flats: Mapping[int, int],
    *,
    register_flats: int,
    cost_fen: int,
    crew_days: float,
) -> planning.Pace:
    """Return the pace ``policy`` sets and needs, beside that of a plan by calendar year."""
    programme = policy.programme
    target = programme.targets.get(programme.first_year)
    return planning.pace_of(
        stock_flats=programme.stock_flats,
        first_year=programme.first_year,
        years_min=programme.years_min,
        years_max=programme.years_max,
        target_flats=target.flats if target else 0,
        register_flats=register_flats,
        planned_flats=planned_flats,
        cost_fen=cost_fen,
        crew_days=crew_days,
    )


def pace_chart(pace: planning.Pace) -> BarChart:
    """Return the paces as lying bars: the first target's, the plan's, and what every span asks for."""
    bars = [Bar(label=text("The plan, on average"), value=pace.planned_a_year)]
    if pace.target_flats:
        bars.insert(
            0, Bar(label=text("Target of {year}", year=str(pace.first_year)), value=pace.target_flats)
        )
    bars += [
        Bar(label=text("To end within {years} years", years=one.years), value=one.flats_a_year)
        for one in reversed(pace.needed)
    ]
    return BarChart(
        title=pace.sentences()[0],
        desc=text("Flats a year: the first target, the plan, and what every span of years asks for."),
        category_axis=text("Pace"),
        value_axis=text("Flats a year"),
        bars=bars,
    )


def pace_json(pace: planning.Pace) -> dict[str, object]:
    """Return the pace as the value of ``pace`` in plan.json."""
    return {
        "stock_flats": pace.stock_flats,
        "target_flats": pace.target_flats,
        "years_at_target": pace.years_at_target,
        "register_flats": pace.register_flats,
        "planned_a_year": pace.planned_a_year,
        "years_at_plan": pace.years_at_plan,
        "cost_fen_a_year": pace.cost_fen_a_year,
        "crew_days_a_year": round(pace.crew_days_a_year, 1),
        "needed": [
            {
                "years": one.years, "flats_a_year": one.flats_a_year, "cost_fen_a_year": one.cost_fen_a_year,
                "crew_days_a_year": round(one.crew_days_a_year, 1),
            }
            for one in pace.needed
        ],
    }  # fmt: skip


def pace_part(pace: planning.Pace) -> papers.ReportPart:
    """Return the report's part on the pace: the contradiction, the chart, and what a faster pace takes."""
    rows = [
        (
            text("To end within {years} years", years=one.years), f"{one.flats_a_year:,}",
            f"{one.cost_fen_a_year / 1e6:,.0f}", f"{one.crew_days_a_year:,.0f}",
        )
        for one in pace.needed
    ]  # fmt: skip
    rows.append(
        (
            text("The plan, on average"), f"{pace.planned_a_year:,}", f"{pace.cost_fen_a_year / 1e6:,.0f}",
            f"{pace.crew_days_a_year:,.0f}",
        )
    )  # fmt: skip
    return papers.ReportPart(
        heading=text("The pace"),
        sentences=pace.sentences(),
        chart=pace_chart(pace),
        head=(
            text("Pace"), text("Flats a year"), text("At least 10,000 yuan a year"),
            text("At least crew days a year"),
        ),
        rows=tuple(rows),
    )  # fmt: skip
