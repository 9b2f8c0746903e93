"""Words and figures as pages print them: money, temperatures, dates, names of kinds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from fenhu.drawing import ChartTable, shown_temperature, temperature_band, wan_yuan
from fenhu.papers import difference, form_name, item_name, owner_kind_name, payer_name
from fenhu.programme import ANNUAL_PLAN, PROJECT, STAGES
from fenhu.records import Assumption, CriterionResult, OwnerKind, Payer, SystemForm
from fenhu.units import yuan_from_fen
from fenhu.web.registry.queries import full_name
from fenhu.web.ui import names
from fenhu.web.ui.helping import help_for as help_address
from fenhu.web.ui.menu import Choice, menu_of
from fenhu.web.works.queries import LAYERS, MILESTONES, BillGroup, BuildingFilter
from fenhu.wording import Text, text

register = template.Library()
NOTHING = "—"
CHINESE_STOP = re.compile(r"(?<=[。；：，])\s+")
UNIT = re.compile(r" (?=℃|m²|万元|[栋户年])")
# What a list can be narrowed to by following a link, without a field of its own in the form.
BESIDE: Mapping[str, Text] = {
    "cluster": text("Cluster"), "approved": text("Approved for"), "decade": text("Built from"),
    "warmth": LAYERS["warmth"].name, "urgency": LAYERS["urgency"].name,
    "works": text("Conversion of"), "step": text("Step"), "since": text("From"), "until": text("Up to"),
}  # fmt: skip
PLAN_TONES: Mapping[str, str] = {
    "draft": "muted", "filed": "info", "returned": "warn", "approved": "ok", "amending": "muted",
    "amended": "info", "closed": "ok",
}  # fmt: skip


@register.filter
def whole(value: float | None) -> str:
    """Return a count or an area without decimals, thousands separated."""
    return NOTHING if value is None else f"{value:,.0f}"


@register.simple_tag
def front_links(year: int) -> dict[str, str]:
    """Return where the figures of a first page's answer lead."""
    listed, asked = reverse("buildings"), reverse("consent", args=[year])
    return {
        "all": listed, "own_list": f"{listed}?year={year}", "cold_list": f"{listed}?colder=min-18",
        "this_year": reverse("plan-year", args=[year]),
        "waiting": f"{reverse('annual-plans')}?state=waiting",
        "to_ask": f"{asked}?answer=open", "agreed": f"{asked}?answer=agreed",
        "refused": f"{asked}?answer=refused",
        "in_use": f"{listed}?state=used", "not_simulated": f"{listed}?warmth=unknown",
        "still_cold": f"{listed}?colder=after-18&sort=-after_below_18",
        **{one.value: reverse("carried", args=[year, one.value]) for one in Payer},
    }  # fmt: skip


@register.filter
def to(shown: str, href: str) -> SafeString:
    """Return a figure as a link to what is behind it; where there is none, no link."""
    return mark_safe(NOTHING) if shown == NOTHING else format_html('<a href="{}">{}</a>', href, shown)


@register.filter
def figure(value: float | None, decimals: int = 2) -> str:
    """Return a number with ``decimals`` places, thousands separated."""
    return NOTHING if value is None else f"{value:,.{decimals}f}"


@register.filter
def yuan(fen: int | None) -> str:
    """Return an amount in yuan, to the cent."""
    return NOTHING if fen is None else f"{yuan_from_fen(fen):,.2f}"


@register.filter
def wan(fen: int | None) -> str:
    """Return an amount in ten thousand yuan (万元), one decimal."""
    return NOTHING if fen is None else wan_yuan(fen)


@register.filter
def wan_signed(fen: int) -> str:
    """Return a change in ten thousand yuan (万元) with its sign, one decimal."""
    return f"+{wan_yuan(fen)}" if fen > 0 else wan_yuan(fen).replace("-", "−")


@register.filter
def hundred(ratio: float) -> float:
    """Return a ratio in percent."""
    return 100 * ratio


@register.filter
def celsius(value_c: float | None) -> str:
    """Return a temperature with one decimal."""
    return NOTHING if value_c is None else shown_temperature(value_c)


@register.simple_tag
def temperature(value_c: float | None) -> SafeString:
    """Return a temperature on the colour of its class."""
    if value_c is None:
        return mark_safe(NOTHING)
    band = temperature_band(value_c).code
    return mark_safe(f'<span class="temp temp-{band}">{shown_temperature(value_c)}</span>')


@register.filter
def day(value: date | None) -> str:
    """Return a date as tables print it, 2010-04-30."""
    return NOTHING if value is None else f"{value:%Y-%m-%d}"


@register.filter
def long_day(value: date | None) -> str:
    """Return a date as a sentence says it, 2010年4月30日."""
    return NOTHING if value is None else date_format(value, "DATE_FORMAT")


@register.filter
def days_left(deadline: date, today: date) -> str:
    """Return how far a deadline is, in words."""
    days = (deadline - today).days
    if days < 0:
        return ngettext("%(days)d day past", "%(days)d days past", -days) % {"days": -days}
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


@register.filter
def lasting(span: timedelta | None) -> str:
    """Return how long something still takes, roughly."""
    if span is None:
        return ""
    seconds = max(1, round(span.total_seconds()))
    if seconds < 90:
        return ngettext("about %(n)d second left", "about %(n)d seconds left", seconds) % {"n": seconds}
    minutes = round(seconds / 60)
    return ngettext("about %(n)d minute left", "about %(n)d minutes left", minutes) % {"n": minutes}


@register.filter
def megabytes(size_bytes: int) -> str:
    """Return a file's size."""
    return f"{size_bytes / 1024 / 1024:.1f} MB"


@register.filter
def percent(part: float | None, whole_of: float | None) -> str:
    """Return a part in percent of the whole."""
    return NOTHING if part is None or not whole_of else f"{100 * part / whole_of:.0f}%"


@register.filter
def minus(value: float, other: float) -> float:
    """Return the difference."""
    return value - other


@register.filter
def signed(value: float) -> str:
    """Return more or less with its sign."""
    return difference(value)


@register.filter
def per(fen: int, area_m2: float) -> int:
    """Return an amount per square metre, in fen."""
    return round(fen / area_m2)


@register.filter
def kg_h(flow_kg_s: float | None) -> str:
    """Return a mass flow per hour."""
    return NOTHING if flow_kg_s is None else f"{flow_kg_s * 3600:,.0f}"


@register.filter
def met(criteria: Iterable[CriterionResult]) -> int:
    """Return how many criteria are met."""
    return sum(1 for one in criteria if one.met)


@register.filter
def closed_up(sentences: SafeString) -> SafeString:
    """Return sentences without the space Chinese does not put after stops, units kept with figures."""
    return mark_safe(UNIT.sub("\N{NO-BREAK SPACE}", CHINESE_STOP.sub("", sentences)))


@register.filter
def words(value: str) -> list[str]:
    """Return a text's words."""
    return value.split()


@register.filter
def next_sort(sort: str, column: str) -> str:
    """Return how a list sorts when ``column`` is chosen: upwards, the second time downwards."""
    return f"-{column}" if sort == column else column


@register.filter
def at(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Return a mapping's value, None where it has none."""
    return mapping.get(key)


@register.filter
def form(value: str) -> Text:
    """Return a heating form in words."""
    return form_name(SystemForm(value))


@register.filter
def owner_kind(value: str) -> Text:
    """Return an owner's kind in words."""
    return owner_kind_name(OwnerKind(value))


@register.filter
def payer(value: str) -> Text:
    """Return a payer in words."""
    return payer_name(Payer(value))


@register.filter
def authority(value: str) -> Text:
    """Return the answering government in words."""
    return names.AUTHORITIES[value]


@register.filter
def use(value: str) -> Text:
    """Return what a flat is used for, in words."""
    return names.USES[value]


@register.filter
def item(value: str) -> Text:
    """Return a bill's item in words."""
    return item_name(value)


@register.filter
def assumed_name(one: Assumption) -> Text | str:
    """Return what was assumed, in words."""
    return names.assumed(one.key, one.value)[0]


@register.filter
def assumed_value(one: Assumption) -> Text | str:
    """Return the value that was assumed, with its unit."""
    return names.assumed(one.key, one.value)[1]


@register.filter
def amount(group: BillGroup) -> str:
    """Return how much of a kind of work a bill holds, with its unit."""
    if group.unit == "%":
        return f"{group.quantity * 100:f}".rstrip("0").rstrip(".") + " %"
    return f"{group.quantity:,.2f}".rstrip("0").rstrip(".") + f" {names.UNITS.get(group.unit, group.unit)}"


@register.filter
def called(row: Any) -> str:
    """Return a building's name with its estate, said once."""
    return full_name(row.estate, row.name)


@register.filter
def applies_to(value: str) -> Text | str:
    """Return the level a criterion judges, in words."""
    return names.LEVELS.get(value, value)


@register.filter
def event(kind: str) -> Text | str:
    """Return a journal entry's kind in words."""
    return names.EVENTS.get(kind, kind)


@register.filter
def field_name(key: str) -> Text | str:
    """Return a register column in words."""
    return names.field(key)


@register.filter
def plan_state(value: str) -> Text:
    """Return an annual plan's state in words."""
    return ANNUAL_PLAN.states[value]


@register.filter
def plan_tone(value: str) -> str:
    """Return the tone of an annual plan's state."""
    return PLAN_TONES[value]


@register.simple_tag(takes_context=True)
def menu(context: Mapping[str, Any]) -> tuple[Choice, ...]:
    """Return the reader's menu with the place he is at."""
    request = context["request"]
    return menu_of(request.user, request.resolver_match and request.resolver_match.url_name)


@register.filter
def kept_aside(sieve: BuildingFilter) -> list[tuple[str, str]]:
    """Return what a list is narrowed to beyond the fields of its form."""
    return [(name, value) for name in BESIDE if (value := getattr(sieve, name))]


def _said(name: str, value: str) -> Text | str:
    """Return the value of a filter in words, itself where it has none."""
    found = MILESTONES.get(value) if name == "step" else name in LAYERS and LAYERS[name].kind(value)
    return found.label if found else value


@register.simple_tag(takes_context=True)
def narrowed(context: Mapping[str, Any]) -> list[tuple[Text, Text | str, str]]:
    """Return what a list is narrowed to beyond its form: its name, its value, the address without it."""
    asked = context["request"].GET
    taken = []
    for name, value in kept_aside(context["sieve"]):
        left = asked.copy()
        left.pop(name, None)
        taken.append((BESIDE[name], _said(name, value), f"?{left.urlencode()}"))
    return taken


@register.filter
def grouped(value: Any) -> Any:
    """Return a number with thousands separated; anything else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


@register.filter
def leading(table: ChartTable, leads: Sequence[Sequence[str]]) -> list[list[tuple[Any, str]]]:
    """Return the rows of a table as cells with where each leads; empty where nowhere."""
    return [
        list(zip_longest(row, leads[number] if leads else (), fillvalue=""))
        for number, row in enumerate(table.rows)
    ]


@register.filter
def pages_near(page: int, pages: int) -> list[int | None]:
    """Return the first, the last and the near pages; None stands for those left out."""
    shown = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    listed: list[int | None] = []
    for number in shown:
        if listed and number != (listed[-1] or 0) + 1:
            listed.append(None)
        listed.append(number)
    return listed


@register.filter
def message_tone(level: str) -> str:
    """Return the tone of a message."""
    return {"success": "ok", "warning": "warn", "error": "bad"}.get(level, "info")


@register.filter
def sheet_name(value: str) -> Text | str:
    """Return a register sheet in words."""
    return names.sheet(value)


@register.filter
def word(value: str, table: str) -> Text | str:
    """Return a state in words, from one of the tables of states."""
    known: Mapping[str, Text] = TABLES[table]
    return known.get(value, value)


TABLES: Mapping[str, Mapping[str, Text]] = {
    "upload": names.UPLOAD_STATES, "job": names.JOB_STATES, "action": names.ACTIONS,
    "project": PROJECT.states, "stage": STAGES, "notice_way": names.NOTICE_WAYS,
    "answer_way": names.ANSWER_WAYS, "check": names.CHECKS,
    "activity": names.ACTIVITY_KINDS, "material": names.MATERIAL_KINDS,
}  # fmt: skip


@register.simple_tag(takes_context=True)
def help_for(context: Mapping[str, Any]) -> str:
    """Return where the question mark of the page that is shown leads; empty where it has none."""
    match = getattr(context.get("request"), "resolver_match", None)
    return help_address(match.url_name) if match else ""


@register.simple_tag
def helpdesk() -> str:
    """Return who helps and how to reach him, as the operator wrote it."""
    return settings.HELPDESK


@register.simple_tag
def largest_upload() -> int:
    """Return the megabytes a file may have at most."""
    return settings.MAX_UPLOAD_BYTES // 1024 // 1024
