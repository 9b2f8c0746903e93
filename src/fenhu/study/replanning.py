"""What a plan made again changes: the list, the sentences, and the extra keys of plan.json."""

from __future__ import annotations

from collections.abc import Mapping

from fenhu import papers, planning
from fenhu.records import BuildingRecord
from fenhu.wording import Text, text

CHANGES_NAME = "计划调整清单.xlsx"


def change_list(
    again: planning.Replanned, records: Mapping[str, BuildingRecord], *, synthetic: bool
) -> papers.ChangeList:
    """Return the list of what a plan made again changes, with what it gains above it."""
    first, last = again.instance.year_label(0), again.instance.year_label(again.instance.years - 1)
    return papers.ChangeList(
        title=text("Changes to the plan {first}–{last}", first=first, last=last),
        above=replan_sentences(again),
        rows=tuple(change_row(again.instance, one, records) for one in again.moves),
        synthetic=synthetic,
    )


def change_row(
    instance: planning.Instance, change: planning.YearChange, records: Mapping[str, BuildingRecord]
) -> papers.ChangeRow:
    """Return one building of the list."""
    b = instance.buildings
    code = b.ids[change.building]
    record = records[code]

    def label(year: int) -> str:
        return "" if year == planning.NO_YEAR else instance.year_label(year)

    return papers.ChangeRow(
        code=code,
        name=record.name,
        district=record.district,
        supplier=record.supplier,
        flats=int(b.flats[change.building]),
        change=change.kind,
        from_year=label(change.from_year),
        to_year=label(change.to_year),
        stage=change.stage.name.lower(),
        price_flats=change.price_flats,
        gain_flats=change.gain_flats,
        why=change.why,
    )


def replan_sentences(again: planning.Replanned) -> tuple[Text, ...]:
    """Return what a plan made again does, in words: how many move, what it gains, what cannot be paid."""
    count = {kind: sum(one.kind == kind for one in again.moves) for kind in planning.CHANGE_KINDS}
    said = text(
        "{dropped} buildings dropped out, {removed} are taken out, {moved} move to another year and {added} "
        "are taken in; everything else stays.",
        **{kind: f"{number:,}" for kind, number in count.items()},
    )
    gain = text(
        "Against the plan in force without what fell away this gains {gain} flats; the moves of approved "
        "buildings were asked to gain {price}.",
        gain=f"{again.gain_flats:,.0f}",
        price=f"{again.price_flats:,.0f}",
    )
    return (said, gain, *(one.text for one in again.overspent), *(one.text for one in again.broken))


def replan_json(again: planning.Replanned) -> dict[str, object]:
    """Return what a plan made again changes as extra keys of plan.json."""
    instance, ids = again.instance, again.instance.buildings.ids

    def label(year: int) -> int | None:
        return None if year == planning.NO_YEAR else instance.first_year + year

    return {
        "changes": [
            {
                "code": ids[one.building], "change": one.kind, "from": label(one.from_year),
                "to": label(one.to_year), "stage": one.stage.name.lower(),
                "price_flats": round(one.price_flats, 3),
                "gain_flats": None if one.gain_flats is None else round(one.gain_flats, 3),
                "why": str(one.why),
            }
            for one in again.moves
        ],
        "gain_flats": round(again.gain_flats, 3),
        "price_flats": round(again.price_flats, 3),
        "stay_weight": instance.rules.stay_weight,
        "overspent": [str(one.text) for one in again.overspent],
        "broken": [str(one.text) for one in again.broken],
        "purses": [
            {
                "source": one.purse.source, "scope": one.purse.scope, "had": list(one.had),
                "before": list(one.before), "after": list(one.after),
            }
            for one in again.spending
        ],
    }  # fmt: skip
