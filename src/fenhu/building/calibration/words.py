"""A calibration in words: what is blocked and where, and what else is not as assumed."""

from __future__ import annotations

from collections.abc import Sequence

from fenhu.building.calibration.values import Estimate, Suspect
from fenhu.building.spec import Building
from fenhu.records import SystemForm
from fenhu.wording import Text, text

AGREES = text("The measured rooms agree with the building as it was assumed.")
# So much less of the misfit (chi-square) explained is no reason to leave a suspect out.
_AS_LIKELY_WITHIN = 2.0
_UNIT_FORMS = frozenset({SystemForm.HOUSEHOLD_DOUBLE, SystemForm.UNIT_DOUBLE, SystemForm.HORIZONTAL_SINGLE})


def sentences(
    building: Building, supply: Estimate, loss: Estimate, suspects: Sequence[Suspect]
) -> tuple[Text, ...]:
    """Return what stands out, the most telling first; that nothing does, if so."""
    said = [*_blockages(building, suspects), *_whole_building(building, supply, loss)]
    return tuple(said) or (AGREES,)


def _blockages(building: Building, suspects: Sequence[Suspect]) -> list[Text]:
    named = [one for one in suspects if one.named]
    said = [
        text(
            "Blocked: {where} carries {share} ± {error} % of its share.",
            where=_where(building, one),
            share=f"{100 * one.share.value:.0f}",
            error=f"{100 * one.share.error:.0f}",
        )
        for one in named
    ]
    if not named:
        return said
    least = min(one.explains for one in named) - _AS_LIKELY_WITHIN
    for one in suspects:
        if not one.named and one.explains > max(least, 0.0):
            where = _where(building, one)
            said.append(text("Or {where}: that explains the measurements almost as well.", where=where))
    return said


def _whole_building(building: Building, supply: Estimate, loss: Estimate) -> list[Text]:
    said = []
    if abs(supply.value - building.supply_c) > 2.0 * supply.error:
        said.append(
            text(
                "Water arrives at {found} ± {error} °C instead of {assumed} °C.",
                found=f"{supply.value:.1f}",
                error=f"{supply.error:.1f}",
                assumed=f"{building.supply_c:.1f}",
            )
        )
    if abs(loss.value - 1.0) > 2.0 * loss.error:
        said.append(
            text(
                "The building loses {found} ± {error} times the heat that was assumed.",
                found=f"{loss.value:.2f}",
                error=f"{loss.error:.2f}",
            )
        )
    return said


def _where(building: Building, suspect: Suspect) -> Text:
    """Return which risers or branch a suspect is, as people in the house would find it."""
    place = {flat.id: flat for flat in building.flats}[suspect.flats[0]]
    if building.system_form is SystemForm.HORIZONTAL_DOUBLE:
        return text("the branch of storey {storey}", storey=place.storey)
    if building.system_form in _UNIT_FORMS:
        return text("the risers of unit {unit}", unit=place.unit)
    numbers = ", ".join(map(str, suspect.ways))
    if len(suspect.ways) == 1:
        return text("riser {number} in unit {unit}", number=numbers, unit=place.unit)
    return text("one of risers {numbers} in unit {unit}", numbers=numbers, unit=place.unit)
