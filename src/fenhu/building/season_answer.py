"""A heating season before and after conversion, in the fixed words of ``fenhu season``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from fenhu.building.season import SeasonSummary, simulate_season
from fenhu.building.simulate import convert
from fenhu.building.spec import Building
from fenhu.building.winter import Winter
from fenhu.errors import SolverFault
from fenhu.heat import Weather
from fenhu.records import SystemForm
from fenhu.units import gj_from_kwh
from fenhu.wording import text


def season_json(building: Building, winter: Winter, form: SystemForm | None = None) -> dict[str, object]:
    """Return a building's heating season, by flat and in total.

    Parameters
    ----------
    building : the building.
    winter : weather and supply temperature, the same before and after.
    form : a form to convert to, if the season after conversion is wanted too.

    Raises
    ------
    SolverFault
        If a season has no answer; says before or after which conversion.
    """
    return {
        "status": "converged",
        "season": season_days(winter.weather),
        "assumed": [
            {"key": one.key, "value": one.value, "reason": str(one.reason)}
            for one in (*building.assumed, *winter.assumed)
        ],
        "before": _state(building, winter),
        "after": None if form is None else _state(convert(building, form), winter),
    }


def season_days(weather: Weather) -> Mapping[str, object]:
    """Return a season's first and last day, length, step and outdoor temperatures."""
    days = len(weather.days())
    return {
        "first_day": weather.start.isoformat(),
        "last_day": (weather.start + timedelta(days=days - 1)).isoformat(),
        "length_days": days,
        "step_h": weather.step_h,
        "outdoor_mean_c": float(weather.outdoor_c.mean()),
        "outdoor_min_c": float(weather.outdoor_c.min()),
    }


def _state(building: Building, winter: Winter) -> Mapping[str, object]:
    try:
        found = simulate_season(building, winter.weather, winter.curve).summary()
    except SolverFault as fault:
        raise SolverFault(
            text("{building} as {form}: {fault}", building=building.code, form=building.system_form.value,
                 fault=fault.message),
            code=fault.code,
        ) from fault  # fmt: skip
    return {
        "system_form": building.system_form.value,
        "totals": season_totals(building, found),
        "flats": _flats(building, found),
    }


def season_totals(building: Building, found: SeasonSummary) -> Mapping[str, object]:
    """Return a building's season in total: heat, pumping, means, and hours too cold and too warm."""
    area_m2 = sum(flat.area_m2 for flat in building.flats)
    heat_gj = gj_from_kwh(found.energy_kwh)
    return {
        "area_m2": area_m2,
        "heat_gj": heat_gj,
        "heat_gj_m2": heat_gj / area_m2,
        "ventilated_gj": gj_from_kwh(found.ventilated_kwh),
        "pump_kwh": found.pump_kwh,
        "mean_c": found.mean_c,
        "coldest_flat_mean_c": float(found.flat_mean_c.min()),
        "warmest_flat_mean_c": float(found.flat_mean_c.max()),
        "flats_below_18": found.flats_below_18,
        "worst_below_18_h": float(found.below_18_h.max()),
        "below_18_h": float(found.below_18_h.sum()),
        "below_18_k_h": float(found.below_18_k_h.sum()),
        "flats_above_20": found.flats_above_20,
        "worst_above_20_h": float(found.above_20_h.max()),
        "above_20_h": float(found.above_20_h.sum()),
    }


def _flats(building: Building, found: SeasonSummary) -> Mapping[str, Mapping[str, float]]:
    return {
        flat.id: {
            "area_m2": flat.area_m2,
            "mean_c": float(found.flat_mean_c[n]),
            "below_18_h": float(found.below_18_h[n]),
            "below_18_k_h": float(found.below_18_k_h[n]),
            "above_20_h": float(found.above_20_h[n]),
            "ventilated_gj": gj_from_kwh(float(found.flat_ventilated_kwh[n])),
        }
        for n, flat in enumerate(building.flats)
    }
