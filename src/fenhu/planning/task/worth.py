"""What a plan is worth: the weighted sum of planning.md as coefficients, and the policy rows it weighs.

With V the benefit, d = 1/(1+discount), t from 0, T years, c the consent and n the flats::

    annuity_t  = sum of d**s for s = t .. T-1
    consent_t  = min(0.98, c + (1-c) * (1 - 0.6**(t+1)))        (0.6: the rules' campaign_keep_ratio)
    value[b,t] = V * annuity_t * (0.6 + 0.4 * consent_t) + bonus * n,   bonus = sum V / sum n

Where no building has a benefit the bonus is 1: a flat is then worth one, so that targets and fixed years
still count for something.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fenhu.planning.task.instance import NO_YEAR, FloatArray, Instance

CONSENT_MOST = 0.98
BENEFIT_SURE, BENEFIT_BY_CONSENT = 0.6, 0.4
MISSING_BUILDING, MISSING_FLAT = 180.0, 3.0
MOBILISE_SCALE = 10.0
FLATS_PER_BUILDING = MISSING_BUILDING / MISSING_FLAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """Coefficients of the weighted sum: ``value`` by building and year, ``opening`` a year of works.

    ``per_building`` and ``per_flat`` are lost for every building or flat a policy row is short of. ``stay``
    is what keeping a building's approved year is worth beside the sum, which itself does not count it.
    """

    value: FloatArray
    stay: FloatArray
    opening: FloatArray
    per_building: float
    per_flat: float


def worth_of(instance: Instance) -> Worth:
    """Return the coefficients of the weighted sum of ``instance``.

    References
    ----------
    docs/engineers/planning.md#objective
    """
    b, rules, years = instance.buildings, instance.rules, np.arange(instance.years)
    bonus = _bonus(instance)
    present = (1.0 / (1.0 + rules.discount_ratio)) ** years
    annuity = np.cumsum(present[::-1])[::-1]
    benefit = b.benefit[:, None] * annuity * (BENEFIT_SURE + BENEFIT_BY_CONSENT * consent_in(instance))
    opening = instance.clusters.mobilise_fen / 100.0 * rules.mobilise_weight * MOBILISE_SCALE * bonus
    return Worth(
        value=benefit + bonus * b.flats[:, None],
        stay=_stay(instance, bonus),
        opening=opening,
        per_building=MISSING_BUILDING * bonus,
        per_flat=MISSING_FLAT * bonus,
    )


def _bonus(instance: Instance) -> float:
    flats, benefit = int(instance.buildings.flats.sum()), float(instance.buildings.benefit.sum())
    return benefit / flats if flats and benefit else 1.0


def consent_in(instance: Instance) -> FloatArray:
    """Return the share of flats that will have agreed, a row a building and a column a year."""
    first = instance.buildings.consent_ratio[:, None]
    won = 1.0 - instance.rules.campaign_keep_ratio ** (np.arange(instance.years) + 1.0)
    return np.minimum(CONSENT_MOST, first + (1.0 - first) * won)


def _stay(instance: Instance, bonus: float) -> FloatArray:
    b = instance.buildings
    stay = np.zeros((len(b), instance.years))
    approved = np.flatnonzero(b.approved_year != NO_YEAR)
    stay[approved, b.approved_year[approved]] = instance.rules.stay_weight * bonus * b.flats[approved]
    return stay
