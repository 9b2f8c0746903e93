"""The search for what explains the measurements: first the whole building, then one riser after the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from fenhu.building.calibration.model import FIGURES, MOST_BLOCKED_LOG, Fit, Group, Model
from fenhu.building.calibration.values import Calibration, Estimate, Measured, Suspect
from fenhu.building.calibration.words import sentences
from fenhu.building.spec import Building
from fenhu.errors import InputFault, OutOfRange, SolverFault
from fenhu.wording import Text, text

# A suspect is named if it explains so much more of the misfit than chance would among so many ways.
_NAMED_ABOVE = 4.0
_MOST_BLOCKED_WAYS = 3
_SUPPLY, _LOSS, _FIRST_BLOCKED = range(3)


@dataclass(frozen=True, slots=True)
class _Guess:
    """One more group blocked: the fit, and how much of the misfit that takes away."""

    group: Group
    fit: Fit
    gain: float


def calibrate(building: Building, measured: Measured | None = None) -> Calibration:
    """Return what explains the measured rooms of a building: supply, heat loss, blocked risers, with doubt.

    Parameters
    ----------
    building : the building as it is thought to be.
    measured : what was measured; the building's own ``measured_c`` if not given.

    Raises
    ------
    InputFault
        If nothing was measured, or a flat is not in the building.
    OutOfRange
        If a measurement is impossible.
    fenhu.errors.NotConverged
        If the building's network does not settle.

    References
    ----------
    docs/engineers/heat.md#calibration
    """
    given = measured or Measured(room_c=building.measured_c)
    _check(building, given)
    model = Model(building)
    fit = model.fit(given, [])
    guesses = first = _guesses(model, given, [], fit)
    named: list[_Guess] = []
    least = _least_gain(model)
    while guesses and guesses[0].gain > least and len(named) < _MOST_BLOCKED_WAYS:
        named.append(guesses[0])
        fit = guesses[0].fit
        guesses = _guesses(model, given, [one.group for one in named], fit)
    return _answer(building, model, given, fit, named, first)


def what_explains(building: Building, measured: Measured) -> tuple[Text, ...]:
    """Return the sentences of ``calibrate``, sooner: where no blockage could be named, none is searched for.

    What a blockage explains is bounded by what the whole building leaves unexplained.

    Raises
    ------
    InputFault, OutOfRange, fenhu.errors.NotConverged
        As ``calibrate``.
    """
    _check(building, measured)
    model = Model(building)
    fit = model.fit(measured, [])
    if 2.0 * fit.cost <= _least_gain(model):
        return sentences(building, *_whole(building, fit), ())
    return calibrate(building, measured).sentences


def _least_gain(model: Model) -> float:
    return _NAMED_ABOVE + 2.0 * math.log(len(model.groups))


def _guesses(model: Model, measured: Measured, blocked: Sequence[Group], fit: Fit) -> list[_Guess]:
    """Return a guess for every further group, the most telling first."""
    found = []
    for group in model.groups:
        if group not in blocked:
            one = model.fit(measured, [*blocked, group])
            found.append(_Guess(group, one, 2.0 * (fit.cost - one.cost)))
    return sorted(found, key=lambda guess: -guess.gain)


def _answer(
    building: Building,
    model: Model,
    measured: Measured,
    fit: Fit,
    named: Sequence[_Guess],
    first: Sequence[_Guess],
) -> Calibration:
    taken = [one.group for one in named]
    suspects = [_suspect(model, one, fit, _FIRST_BLOCKED + n, named=True) for n, one in enumerate(named)]
    suspects += [
        _suspect(model, one, one.fit, _FIRST_BLOCKED, named=False) for one in first if one.group not in taken
    ]
    supply, loss = _whole(building, fit)
    return Calibration(
        supply_c=supply,
        loss_ratio=loss,
        suspects=tuple(suspects),
        misfit=2.0 * fit.cost,
        measurements=len(measured.room_c),
        sentences=sentences(building, supply, loss, suspects),
    )


def _whole(building: Building, fit: Fit) -> tuple[Estimate, Estimate]:
    """Return the supply at the building and its loss as a ratio of the assumed one."""
    loss_ratio = math.exp(fit.values[_LOSS])
    return (
        Estimate(value=building.supply_c + fit.values[_SUPPLY], error=fit.errors[_SUPPLY]),
        Estimate(value=loss_ratio, error=loss_ratio * fit.errors[_LOSS]),
    )


def _suspect(model: Model, guess: _Guess, fit: Fit, at: int, *, named: bool) -> Suspect:
    """Return a guess as a suspect, its share with the error that the blockage's error makes."""
    log, error = fit.values[at], fit.errors[at]
    whole = _carried(model, guess.group, fit, 0.0)
    share, more, less = (
        _carried(model, guess.group, fit, one) / whole for one in (log, log - error, log + error)
    )
    return Suspect(
        ways=tuple(way + 1 for way in guess.group.ways),
        flats=tuple(model.made.flat_ids[flat] for flat in guess.group.flats),
        share=Estimate(value=share, error=max(0.5 * (more - less), FIGURES["least_share_error_ratio"])),
        explains=guess.gain,
        named=named,
    )


def _carried(model: Model, group: Group, fit: Fit, blocked_log: float) -> float:
    """Return what a group's way carries at a blockage; nothing where the building has no steady state."""
    log = min(max(blocked_log, 0.0), MOST_BLOCKED_LOG)
    try:
        state = model.state(fit.values[_SUPPLY], fit.values[_LOSS], {group.ways[0]: log})
    except SolverFault:
        return 0.0
    return model.carried_kg_s(group, state)


def _check(building: Building, measured: Measured) -> None:
    if not measured.room_c:
        raise InputFault(
            text("Building {code}: no room was measured; give at least one.", code=building.code)
        )
    known = {flat.id for flat in building.flats}
    for flat, value in measured.room_c.items():
        if flat not in known:
            raise InputFault(
                text("Building {code} has no flat {flat}.", code=building.code, flat=flat),
                code="unknown-item",
            )
        _within(flat, value, -30.0, 50.0)
    _within("noise_k", measured.noise_k, 0.01, 10.0)
    if measured.flow_kg_s is not None:
        _within("flow_kg_s", measured.flow_kg_s, 1e-4, 1000.0)
    if measured.return_c is not None:
        _within("return_c", measured.return_c, 0.0, 130.0)


def _within(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise OutOfRange(
            text(
                "Measured {name} is {value}; a value from {low} to {high} was expected.",
                name=name,
                value=value,
                low=low,
                high=high,
            )
        )
