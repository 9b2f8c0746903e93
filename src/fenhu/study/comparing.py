"""The forms a building could be converted to, side by side with the building kept as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import fmean

from fenhu import building as houses
from fenhu import drawing, papers
from fenhu.building import Building, convert, simulate_season, winter_for
from fenhu.design import FORMS, PriceBook, heat_loads
from fenhu.design.review import Verdict
from fenhu.design.values import Place
from fenhu.drawing import Distributions
from fenhu.errors import FenhuError, SolverFault
from fenhu.money import SharingFacts
from fenhu.policy import Policy
from fenhu.records import Payer, SystemForm
from fenhu.study.designing import DesignStudy, study_design
from fenhu.units import yuan_from_fen
from fenhu.wording import Text, text

_GJ_PER_KWH = 0.0036
_ALONE = ("circulates_alone", "shut_off_alone", "regulated_alone", "metered_alone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Winter:
    """A heating season: heat of the water, heat that left by windows, electricity of the pumps."""

    heat_gj: float
    ventilated_gj: float
    pump_kwh: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Works:
    """What a form costs, what it means inside flats, and what the review says of it.

    ``alone`` are the checks of what each flat can do alone that hold; ``faults`` the clauses that do not and
    what the review found.
    """

    worst_imbalance_ratio: float
    cost_fen: int
    user_fen: int
    lifetime_fen: int
    indoor_pipe_m: float
    holes: int
    radiators_touched: int
    alone: tuple[str, ...]
    faults: tuple[tuple[Verdict, Text, Text], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """A form with its flats at design weather; ``works`` is None for the building kept as it is.

    ``refused`` says why a form cannot be built here; then nothing else is known of it.
    """

    form: SystemForm
    kept: bool
    temperature_c: Mapping[str, float]
    winter: Winter | None
    works: Works | None
    refused: Text | None = None

    @property
    def coldest_c(self) -> float:
        """Return the temperature of the coldest flat."""
        return min(self.temperature_c.values())

    @property
    def warmest_c(self) -> float:
        """Return the temperature of the warmest flat."""
        return max(self.temperature_c.values())

    @property
    def spread_k(self) -> float:
        """Return how far the warmest flat is above the coldest."""
        return self.warmest_c - self.coldest_c

    @property
    def mean_c(self) -> float:
        """Return the mean of the flats' temperatures."""
        return fmean(self.temperature_c.values())

    @property
    def below_18(self) -> int:
        """Return how many flats are colder than 18 °C."""
        return sum(value < _COMFORT_C for value in self.temperature_c.values())

    @property
    def name(self) -> Text:
        """Return the form in words."""
        form = papers.form_name(self.form)
        return text("kept: {form}", form=form) if self.kept else form


_COMFORT_C = 18.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FormComparison:
    """A building kept, and converted to every form fenhu designs."""

    code: str
    rows: tuple[FormRow, ...]

    @property
    def finding(self) -> Text:
        """Return what the comparison shows, in one sentence."""
        built = [row for row in self.rows if row.works is not None]
        if not built:
            return text("No form can be built here; each says why.")
        evenest = min(built, key=lambda row: row.spread_k)
        cheapest = min(built, key=lambda row: row.works.cost_fen if row.works else 0)
        return text(
            "Flats differ by {kept} K as it is and by {least} K with {evenest}; the least to pay is "
            "{cheapest}.",
            kept=f"{self.rows[0].spread_k:.1f}", least=f"{evenest.spread_k:.1f}",
            evenest=evenest.name, cheapest=cheapest.name,
        )  # fmt: skip


def compare_forms(
    building: Building,
    policy: Policy,
    *,
    on: date | None = None,
    facts: SharingFacts | None = None,
    prices: PriceBook | None = None,
) -> FormComparison:
    """Return the building kept and converted to each form, with temperatures, winter, cost and clauses.

    A form that cannot be built here is a row with its reason. Winters are those of the converted building as
    the register knows it, for all forms alike.

    Parameters
    ----------
    building, policy, on, facts, prices : as ``study_design`` takes them.

    Raises
    ------
    fenhu.errors.NotConverged
        If the building as it stands does not settle.
    """
    kept = houses.simulate(building)
    rows = [
        FormRow(
            form=building.system_form, kept=True, works=None, winter=_winter(building, policy),
            temperature_c={name: flat.temperature_c for name, flat in kept.flats.items()},
        )
    ]  # fmt: skip
    loads = heat_loads(building)
    for form in FORMS:
        try:
            study = study_design(building, policy, form=form, on=on, prices=prices, facts=facts, loads=loads)
        except FenhuError as fault:
            rows.append(_refused(form, fault.message))
        else:
            rows.append(_built(study, policy))
    return FormComparison(code=building.code, rows=tuple(rows))


def _refused(form: SystemForm, reason: Text) -> FormRow:
    return FormRow(form=form, kept=False, temperature_c={}, winter=None, works=None, refused=reason)


def _built(study: DesignStudy, policy: Policy) -> FormRow:
    made = study.design
    converted = convert(made.building, made.form)
    return FormRow(
        form=made.form, kept=False, temperature_c=made.proof.weathers[0].temperature_c,
        winter=_winter(replace(converted, supply_c=made.supply_c), policy), works=_works(study),
    )  # fmt: skip


def _winter(building: Building, policy: Policy) -> Winter | None:
    """Return a building's winter in days, None where it does not settle on every day."""
    try:
        winter = winter_for(building, policy.climate.station, policy.calendar.season_of)
        summary = simulate_season(building, winter.weather, winter.curve).summary()
    except SolverFault:
        return None
    return Winter(
        heat_gj=_GJ_PER_KWH * summary.energy_kwh, ventilated_gj=_GJ_PER_KWH * summary.ventilated_kwh,
        pump_kwh=summary.pump_kwh,
    )  # fmt: skip


def _works(study: DesignStudy) -> Works:
    made, lines = study.design, study.bill.lines
    faults = [one for one in study.checks if one.verdict in (Verdict.ERROR, Verdict.WARNING)]
    return Works(
        worst_imbalance_ratio=max(one.imbalance_ratio for one in made.balances),
        cost_fen=study.bill.cost_fen, user_fen=study.shared.total.get(Payer.USER, 0),
        lifetime_fen=made.lifetime.total_fen,
        indoor_pipe_m=sum(one.length_m for one in made.segments if one.place is Place.FLAT),
        holes=sum(int(one.line.quantity) for one in lines if one.code.startswith("labour.hole.")),
        radiators_touched=sum(one.action.value != "keep" for one in made.radiators),
        alone=tuple(
            one.code for one in study.checks if one.code in _ALONE and one.verdict is Verdict.PASS
        ),
        faults=tuple((one.verdict, one.clause, one.found) for one in faults),
    )  # fmt: skip


def comparison_svg(comparison: FormComparison) -> str:
    """Return the picture: the flats' temperatures of every form on one scale."""
    return drawing.distributions_svg(comparison_picture(comparison))


def comparison_picture(comparison: FormComparison) -> Distributions:
    """Return what the picture shows; ``drawing.distributions_table`` is the table behind it."""
    return Distributions(
        title=comparison.finding,
        desc=text("Simulated room temperature of every flat at design weather, form by form"),
        panels=tuple(
            (row.name, drawing.by_degree(row.temperature_c.values()))
            for row in comparison.rows
            if not row.refused
        ),
    )


Figure = Callable[[FormRow], str]


def _of_works(figure: Callable[[Works], str]) -> Figure:
    return lambda row: figure(row.works) if row.works else "—"


def _of_winter(figure: Callable[[Winter], str]) -> Figure:
    return lambda row: figure(row.winter) if row.winter else "—"


_FIGURES: tuple[tuple[Text, Figure], ...] = (
    (text("Coldest flat ℃"), lambda row: f"{row.coldest_c:.1f}"),
    (text("Warmest flat ℃"), lambda row: f"{row.warmest_c:.1f}"),
    (text("Mean of the flats ℃"), lambda row: f"{row.mean_c:.1f}"),
    (text("Between coldest and warmest K"), lambda row: f"{row.spread_k:.1f}"),
    (text("Flats below 18 ℃"), lambda row: str(row.below_18)),
    (text("Worst imbalance %"), _of_works(lambda one: f"{100.0 * one.worst_imbalance_ratio:.1f}")),
    (text("Heat in a winter GJ"), _of_winter(lambda one: f"{one.heat_gj:.0f}")),
    (text("of it ventilated away GJ"), _of_winter(lambda one: f"{one.ventilated_gj:.0f}")),
    (text("Pump electricity in a winter kWh"), _of_winter(lambda one: f"{one.pump_kwh:.0f}")),
    (text("Works yuan"), _of_works(lambda one: f"{yuan_from_fen(one.cost_fen):,.0f}")),
    (text("of it households yuan"), _of_works(lambda one: f"{yuan_from_fen(one.user_fen):,.0f}")),
    (
        text("Pipes, valves and pumping over the life, yuan"),
        _of_works(lambda one: f"{yuan_from_fen(one.lifetime_fen):,.0f}"),
    ),
    (text("Pipe laid in rooms m"), _of_works(lambda one: f"{one.indoor_pipe_m:.0f}")),
    (text("Holes"), _of_works(lambda one: str(one.holes))),
    (text("Radiators extended or replaced"), _of_works(lambda one: str(one.radiators_touched))),
    (
        text("What each flat can do alone, of four"),
        _of_works(lambda one: str(len(one.alone))),
    ),
    (
        text("Clauses that do not hold or need a reason"),
        _of_works(lambda one: "; ".join(dict.fromkeys(str(clause) for _, clause, _ in one.faults))),
    ),
)  # fmt: skip


def comparison_table(comparison: FormComparison) -> tuple[tuple[Text, ...], Sequence[tuple[str, ...]]]:
    """Return the comparison as heads and rows of words, a column a form."""
    heads = (text("Compared"), *(row.name for row in comparison.rows))
    figures = [(str(name), *(_figure(row, figure) for row in comparison.rows)) for name, figure in _FIGURES]
    return heads, figures


def _figure(row: FormRow, figure: Figure) -> str:
    return "—" if row.refused else figure(row)


def comparison_json(comparison: FormComparison) -> dict[str, object]:
    """Return the comparison as JSON values."""
    return {
        "finding": str(comparison.finding),
        "forms": [_row_json(row) for row in comparison.rows],
    }


def _row_json(row: FormRow) -> dict[str, object]:
    works, winter = row.works, row.winter
    return {
        "form": row.form.value,
        "kept": row.kept,
        "refused": str(row.refused) if row.refused else None,
        "coldest_c": row.coldest_c if row.temperature_c else None,
        "warmest_c": row.warmest_c if row.temperature_c else None,
        "below_18": row.below_18 if row.temperature_c else None,
        "heat_gj": winter.heat_gj if winter else None,
        "ventilated_gj": winter.ventilated_gj if winter else None,
        "pump_kwh": winter.pump_kwh if winter else None,
        "worst_imbalance_ratio": works.worst_imbalance_ratio if works else None,
        "cost_fen": works.cost_fen if works else None,
        "user_fen": works.user_fen if works else None,
        "lifetime_fen": works.lifetime_fen if works else None,
        "indoor_pipe_m": works.indoor_pipe_m if works else None,
        "holes": works.holes if works else None,
        "radiators_touched": works.radiators_touched if works else None,
        "alone": list(works.alone) if works else None,
        "faults": [
            {"verdict": verdict.value, "clause": str(clause), "found": str(found)}
            for verdict, clause, found in works.faults
        ] if works else None,
    }  # fmt: skip
