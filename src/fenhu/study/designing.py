"""One building's design with all that hangs on it: the review, the bill, who pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from fenhu import money
from fenhu.building import Building
from fenhu.design import Changes, Design, HeatLoads, design_building, price_book
from fenhu.design.prices import PriceBook
from fenhu.design.quantities import Bill, bill_json, bill_of_quantities
from fenhu.design.review import Check, check_json, errors, review
from fenhu.money import SharingFacts
from fenhu.policy import Policy
from fenhu.records import SharedBill, SystemForm


@dataclass(frozen=True, kw_only=True)
class DesignStudy:
    """A design, its review sheet, its bill of quantities and the bill's payers."""

    design: Design
    policy: Policy
    on: date
    checks: tuple[Check, ...]
    bill: Bill
    shared: SharedBill

    @property
    def may_be_filed(self) -> bool:
        """Return whether no check forbids the filing (warnings still ask for reasons)."""
        return not errors(self.checks)


def study_design(
    building: Building,
    policy: Policy,
    *,
    form: SystemForm | None = None,
    changes: Changes | None = None,
    on: date | None = None,
    prices: PriceBook | None = None,
    facts: SharingFacts | None = None,
    loads: HeatLoads | None = None,
) -> DesignStudy:
    """Return the design of a building with its review, bill and shares.

    Parameters
    ----------
    building : the building as it stands.
    policy : the city's document.
    form : the form to convert to; what the document makes of the building's form if not given.
    changes : what a person has decided.
    on : the day the review judges by; the policy's first day if not given.
    prices : the price book; that of the day's year if not given.
    facts : whose building it is and what it may draw on; what the bill alone tells if not given.
    loads : the heat loads, if they are known already.

    Raises
    ------
    fenhu.errors.InputFault
        If the form is not designed, or a change names what does not exist.
    fenhu.errors.Infeasible
        If no sizes of the catalogue carry the flows.
    """
    day = on or policy.valid_from
    book = prices or price_book(day.year)
    wanted = form or policy.form.target_of(building.system_form)
    made = design_building(building, wanted, changes=changes or Changes(), prices=book, loads=loads)
    bill = bill_of_quantities(made, book)
    lines = bill.bill_lines
    shared = money.share_bill(lines, policy, facts or _facts_of(building, lines))
    return DesignStudy(
        design=made,
        policy=policy,
        on=day,
        checks=review(made, on=day, policy=policy),
        bill=bill,
        shared=shared,
    )


def _facts_of(building: Building, lines: Sequence[Any]) -> SharingFacts:
    """Return what a building file tells the cost shares: the bill's facts, with the flats' areas."""
    known = money.facts_of_bill(lines)
    areas = {flat.id: Decimal(str(flat.area_m2)) for flat in building.flats}
    return SharingFacts(owner_kind=known.owner_kind, level=known.level, flats=areas, rewarded=False)


def design_json(study: DesignStudy, files: Sequence[str] = ()) -> dict[str, object]:
    """Return a design in the fixed words of ``fenhu design``."""
    made = study.design
    return {
        "status": "designed" if study.may_be_filed else "not_fileable",
        "form": made.form.value,
        "mains": made.mains.value,
        "needed_kpa": round(made.needed_pa / 1000.0, 2),
        "segments": [
            {
                "id": one.id, "role": one.role.value, "side": one.side.value, "flat": one.flat,
                "riser": one.riser, "storey": one.storey, "material": one.material, "dn": one.dn,
                "length_m": one.length_m, "flow_kg_s": one.flow_kg_s, "velocity_m_s": one.velocity_m_s,
                "specific_loss_pa_m": one.specific_loss_pa_m, "loss_pa": one.loss_pa,
            }
            for one in made.segments
        ],
        "valves": [
            {"id": one.id, "kind": one.kind.value, "dn": one.dn, "preset": one.preset, "loss_pa": one.loss_pa}
            for one in made.devices if one.preset
        ],
        "radiators": [
            {
                "id": one.id, "flat": one.flat, "action": one.action.value, "kind": one.kind,
                "sections": one.sections, "sections_before": one.sections_before, "load_w": one.load_w,
                "output_w": one.output_w,
            }
            for one in made.radiators
        ],
        "checks": [check_json(one) for one in study.checks],
        "bill": bill_json(study.bill),
        "shares": money.shares_json(study.shared),
        "assumed": [
            {"key": one.key, "value": one.value, "reason": str(one.reason)} for one in made.assumed
        ],
        "notes": [str(note) for note in made.notes],
        "files": list(files),
    }  # fmt: skip
