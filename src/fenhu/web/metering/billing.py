"""A building's heat bills of a season: every flat's, with the steps they were reckoned by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from fenhu.errors import WrongState
from fenhu.money.metering import (
    ColdSpell,
    HeatBill,
    MeterSeries,
    Season,
    SeasonUse,
    heat_bill,
    season_of,
    season_use,
)
from fenhu.policy import Policy
from fenhu.web import clock
from fenhu.web.journal import services as journal
from fenhu.web.metering.allowed import require_supplier
from fenhu.web.metering.models import ColdDays, SeasonBill
from fenhu.web.metering.series import area_of, series_by_flat
from fenhu.web.metering.tariffs import tariff_in_force
from fenhu.web.registry import queries as registry
from fenhu.web.rules import current_policy
from fenhu.wording import text


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """What became of a building's bills: how many are new, how many changed, how many stayed as they were."""

    new: int
    changed: int
    unchanged: int


@transaction.atomic
def issue_bills(actor: Any, building: Any, year: int) -> Issued:
    """Return what became of a building's heat bills of the season that began in ``year``.

    A second time only the bills that come out otherwise are issued anew; the earlier ones stay on record.

    Raises
    ------
    NotAllowed
        If the building is not the supplier's.
    WrongState
        If the season is not over, or the policy has no tariff.
    """
    require_supplier(actor, building)
    tariff_in_force()
    policy = current_policy()
    season = season_of(policy.calendar, year)
    if clock.today() < season.last:
        raise WrongState(
            text("The season ends on {day}; bills are issued after it", day=season.last.isoformat())
        )
    # One at a time for a building, so that no flat gets two bills.
    type(building).objects.select_for_update().get(pk=building.pk)
    standing = {
        bill.flat_id: bill
        for bill in SeasonBill.objects.filter(flat__building=building, year=year, superseded_on=None)
    }
    counts: dict[str, int] = defaultdict(int)
    for draft in _drafts(actor, building, policy, season):
        counts[_put(draft, standing.get(draft.flat_id))] += 1
    journal.record(actor=actor, subject=building, kind="metering.bills", data={"year": year, **counts})
    return Issued(new=counts["new"], changed=counts["changed"], unchanged=counts["unchanged"])


def _put(draft: SeasonBill, before: SeasonBill | None) -> str:
    if before is not None and _same(before, draft):
        return "unchanged"
    if before is not None:
        before.superseded_on = draft.issued_on
        before.save(update_fields=["superseded_on"])
    draft.save(force_insert=True)
    return "changed" if before is not None else "new"


def _same(one: SeasonBill, other: SeasonBill) -> bool:
    return (one.due_fen, one.steps, one.parts) == (other.due_fen, other.steps, other.parts)


def _drafts(actor: Any, building: Any, policy: Policy, season: Season) -> list[SeasonBill]:
    flats = list(registry.flats_of(building.pk))
    meters = _of_season(series_by_flat(building), season)
    cold = _cold_by_flat(building)
    return [_draft(actor, flat, flats, meters, cold.get(flat.pk, ()), policy, season) for flat in flats]


def _of_season(
    meters: Mapping[int, Sequence[MeterSeries]], season: Season
) -> Mapping[int, Sequence[MeterSeries]]:
    """Return the flats' meters that hung there in the season; a flat without any pays by area."""
    hung = {flat: [one for one in series if _hung(one, season)] for flat, series in meters.items()}
    return {flat: series for flat, series in hung.items() if series}


def _hung(series: MeterSeries, season: Season) -> bool:
    gone = series.removed_on is not None and series.removed_on <= season.first
    return series.installed_on < season.last and not gone


def _draft(
    actor: Any,
    flat: Any,
    flats: Sequence[Any],
    meters: Mapping[int, Sequence[MeterSeries]],
    cold: Sequence[ColdSpell],
    policy: Policy,
    season: Season,
) -> SeasonBill:
    use = None
    if flat.pk in meters:
        others = [(area_of(one), meters[one.pk]) for one in flats if one.pk in meters and one.pk != flat.pk]
        use = season_use(meters[flat.pk], season, policy.calendar, area_m2=area_of(flat), comparable=others)
    bill = heat_bill(
        tariff_in_force(), policy.low_temperature, season, area_m2=area_of(flat), use=use, cold=cold
    )
    return _row(actor, flat, policy, season, use, bill)


def _row(
    actor: Any, flat: Any, policy: Policy, season: Season, use: SeasonUse | None, bill: HeatBill
) -> SeasonBill:
    return SeasonBill(
        flat=flat, year=season.year, area_m2=area_of(flat), energy_kwh=use.energy_kwh if use else None,
        estimated=bool(use and use.estimated), limited=bill.limited, area_fen=bill.area_fen,
        two_part_fen=bill.two_part_fen, charged_fen=bill.charged_fen, refund_fen=bill.refund_fen,
        due_fen=bill.due_fen, steps=[step.to_json() for step in bill.steps], parts=_kept(use),
        policy=policy.id, policy_digest=policy.digest, issued_on=clock.today(), issued_by=actor,
    )  # fmt: skip


def _kept(use: SeasonUse | None) -> list[dict[str, str]]:
    """Return the parts of the season as they are kept; ``how`` is empty for days nobody can tell."""
    if use is None:
        return []
    known = [
        {
            "meter": part.meter, "since": part.since.isoformat(), "until": part.until.isoformat(),
            "kwh": str(part.energy_kwh), "how": part.how.value,
        }
        for part in use.parts
    ]  # fmt: skip
    return known + [
        {"meter": "", "since": since.isoformat(), "until": until.isoformat(), "kwh": "", "how": ""}
        for since, until in use.missing
    ]


def _cold_by_flat(building: Any) -> Mapping[int, list[ColdSpell]]:
    found: dict[int, list[ColdSpell]] = defaultdict(list)
    for one in ColdDays.objects.filter(flat__building=building).order_by("since"):
        found[one.flat_id].append(ColdSpell(since=one.since, until=one.until, room_c=one.room_c))
    return found
