"""Pictures of money: who pays what, a purse over its year, where money is outstanding; every figure opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.safestring import mark_safe

from fenhu import drawing
from fenhu.papers import item_name, payer_name
from fenhu.records import Payer
from fenhu.web.ledger.queries import ArrearsPage, PayerRow, PurseView
from fenhu.web.ui.pictures import Picture
from fenhu.web.works.queries import BillGroup
from fenhu.wording import Text, text

_WIDTH = 1100.0
# More than these no eye tells apart on one map.
MOST_DOTS = 500


def who_paid(rows: Sequence[PayerRow]) -> Picture | None:
    """Return what each payer was charged, and how much of it is paid; None where nobody was charged."""
    flows, charged = [], sum(row.charged_fen for row in rows)
    if not charged:
        return None
    for row in rows:
        href = f"{reverse('arrears')}?payer={row.payer.value}"
        paid = min(row.paid_fen, row.charged_fen)
        flows += [
            drawing.Flow(source=row.payer.value, target="paid", fen=max(paid, 0), href=href),
            drawing.Flow(
                source=row.payer.value, target="owed", fen=row.charged_fen - max(paid, 0), href=href
            ),
        ]
    nodes = [
        *(drawing.FlowNode(key=row.payer.value, label=payer_name(row.payer), column=0) for row in rows),
        drawing.FlowNode(key="paid", label=text("Paid"), column=1),
        drawing.FlowNode(key="owed", label=text("Still owed"), column=1, href=reverse("arrears")),
    ]
    owed = sum(flow.fen for flow in flows if flow.target == "owed")
    title = text("{percent} % of what was charged is still owed", percent=f"{100 * owed / charged:.0f}")
    return _sankey(title, text("What each payer was charged, divided into paid and owed"), nodes, flows)


def who_pays(groups: Sequence[BillGroup], code: str) -> Picture | None:
    """Return which payer pays how much of which kind of cost of a building's bill."""
    sums: Counter[tuple[str, Payer]] = Counter()
    for group in groups:
        for payer, fen in group.shares.items():
            sums[group.item, payer] += fen
    if not sum(sums.values()):
        return None
    items = list(dict.fromkeys(group.item for group in groups if any(group.shares.values())))
    payers = [payer for payer in Payer if any(sums[item, payer] for item in items)]
    page = f"{reverse('building-money', args=[code])}#bill"
    nodes = [
        *(drawing.FlowNode(key=f"item {item}", label=item_name(item), column=0, href=page) for item in items),
        *(drawing.FlowNode(key=payer.value, label=payer_name(payer), column=1) for payer in payers),
    ]
    flows = [
        drawing.Flow(source=f"item {item}", target=payer.value, fen=fen)
        for (item, payer), fen in sums.items()
        if fen
    ]
    by_payer: Mapping[Payer, int] = {payer: sum(sums[item, payer] for item in items) for payer in payers}
    most = max(payers, key=lambda payer: by_payer[payer])
    title = text(
        "{payer} carries {percent} % of the bill",
        payer=payer_name(most), percent=f"{100 * by_payer[most] / sum(by_payer.values()):.0f}",
    )  # fmt: skip
    return _sankey(title, text("From kinds of cost to those who pay them"), nodes, flows)


def purse_year(view: PurseView, until: date, planned_end: date) -> Picture | None:
    """Return how a purse was committed, contracted and spent over its year; None before anything moved."""
    days = [
        drawing.PurseDay(
            on=day, allocated_fen=row.held_fen, committed_fen=row.committed_fen,
            contracted_fen=row.contracted_fen, spent_fen=row.spent_fen,
        )
        for day, row in view.days
        if day.year == view.row.year
    ]  # fmt: skip
    if not days:
        return None
    year_ends = date(view.row.year, 12, 31)
    held = view.row.held_fen
    free = f"{100 * view.row.free_fen / held:.0f}" if held else "0"
    chart = drawing.PurseYear(
        title=text("{percent} % of the purse is free", percent=free),
        desc=text("The purse's money by stage over its year"),
        year=view.row.year, days=days, until=min(until, year_ends), planned_end=planned_end,
    )  # fmt: skip
    return Picture(
        svg=mark_safe(drawing.burn_down_svg(chart, width=_WIDTH)), table=drawing.burn_down_table(chart)
    )


def where_overdue(found: ArrearsPage) -> Picture | None:
    """Return the buildings with contracts on a map, by what is overdue there; None where there are none.

    Of more than ``MOST_DOTS`` buildings those with the largest sums are drawn.
    """
    if not found.places:
        return None
    drawn = sorted(found.places, key=lambda one: (-one.overdue_fen, one.code))[:MOST_DOTS]
    desc = text("Buildings with contracts where they stand, by the sum that is overdue")
    if len(drawn) < len(found.places):
        desc = text("The {count} buildings with the largest sums overdue, where they stand", count=len(drawn))
    dots = drawing.arrears_map(
        [
            drawing.BuildingArrears(
                label=one.name, arrears_fen=one.overdue_fen, estate=one.estate, longitude=one.longitude,
                latitude=one.latitude, href=reverse("building-money", args=[one.code]),
            )
            for one in drawn
        ],
        title=text("{count} of {all} buildings have something overdue",
                   count=sum(one.overdue_fen > 0 for one in found.places), all=len(found.places)),
        desc=desc,
    )  # fmt: skip
    return Picture(svg=mark_safe(drawing.dot_map_svg(dots, width=_WIDTH)), table=drawing.dot_map_table(dots))


def _sankey(
    title: Text, desc: Text, nodes: Sequence[drawing.FlowNode], flows: Sequence[drawing.Flow]
) -> Picture:
    used = {flow.source for flow in flows if flow.fen} | {flow.target for flow in flows if flow.fen}
    chart = drawing.Sankey(
        title=title, desc=desc, nodes=[node for node in nodes if node.key in used],
        flows=[flow for flow in flows if flow.fen],
    )  # fmt: skip
    return Picture(svg=mark_safe(drawing.sankey_svg(chart, width=_WIDTH)), table=drawing.sankey_table(chart))
