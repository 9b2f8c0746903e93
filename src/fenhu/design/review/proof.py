"""Checks of what simulating the designed system shows."""

from __future__ import annotations

from fenhu.design.review.values import Outcome, Row, figure, not_applicable, percent
from fenhu.design.values import Design, WeatherProof
from fenhu.wording import Text, text


def _coldest(design: Design) -> WeatherProof | None:
    """Return the proof in the coldest weather, which is that of the design."""
    return min(design.proof.weathers, key=lambda one: one.weather.outdoor_c, default=None)


def warm_enough(design: Design, row: Row) -> Outcome:
    """Every flat has 18 °C at design weather."""
    least_c = row["limit"]["least_c"]
    required = text("every flat at least {least} °C at design weather", least=figure(least_c, 1))
    return _temperatures(design, required, least_c - row["limit"]["rounding_k"], -1.0)


def not_too_warm(design: Design, row: Row) -> Outcome:
    """Thermostatic valves keep every flat from too much heat."""
    most_c = row["limit"]["most_c"]
    required = text("no flat above {most} °C at design weather", most=figure(most_c, 1))
    return _temperatures(design, required, most_c + row["limit"]["rounding_k"], 1.0)


def _temperatures(design: Design, required: Text, limit_c: float, sign: float) -> Outcome:
    """Return whether no flat lies beyond a limit, upwards (sign 1) or downwards (−1)."""
    coldest = _coldest(design)
    if coldest is None or not coldest.temperature_c:
        return not_applicable(required, text("the design has not been simulated"))
    temperature_c = coldest.temperature_c
    worst_first = sorted(temperature_c, key=lambda flat: sign * temperature_c[flat], reverse=True)
    beyond = [flat for flat in worst_first if sign * (temperature_c[flat] - limit_c) > 0.0]
    return Outcome(
        holds=not beyond,
        required=required,
        found=text(
            "{low} to {high} °C at {outdoor} °C outside; {beyond} of {flats} flats beyond, {flat} foremost",
            low=figure(min(temperature_c.values()), 1),
            high=figure(max(temperature_c.values()), 1),
            outdoor=figure(coldest.weather.outdoor_c, 1),
            beyond=len(beyond),
            flats=len(temperature_c),
            flat=worst_first[0],
        ),
        where=tuple(beyond),
    )


def disturbance(design: Design, row: Row) -> Outcome:
    """A flat that is shut alone disturbs no other beyond the limit."""
    limit = row["limit"]
    least_c = limit["least_c"] - limit["most_disturbed_k"]
    required = text(
        "the flow of other flats changes by at most {flow} %, none falls below {temperature} °C",
        flow=percent(limit["most_disturbed_ratio"]),
        temperature=figure(least_c, 1),
    )
    shut = design.proof.shut
    if not shut:
        return not_applicable(required, text("no flat was shut in the simulation"))
    by_flow = sorted(shut, key=lambda one: abs(one.flow_change_ratio), reverse=True)
    coldest = min(shut, key=lambda one: one.coldest_other_c)
    disturbing = [
        one.flat
        for one in by_flow
        if abs(one.flow_change_ratio) > limit["most_disturbed_ratio"]
        or one.coldest_other_c < least_c - limit["rounding_k"]
    ]
    return Outcome(
        holds=not disturbing,
        required=required,
        found=text(
            "{shut} shut: {flat} {flow} % of flow; {other} shut: the coldest other flat {temperature} °C",
            shut=by_flow[0].flat,
            flat=by_flow[0].most_disturbed,
            flow=percent(by_flow[0].flow_change_ratio),
            other=coldest.flat,
            temperature=figure(coldest.coldest_other_c, 1),
        ),
        where=tuple(disturbing),
    )
