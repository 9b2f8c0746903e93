"""Writing the register: organisations, and rows that were compared before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction

from fenhu.errors import Conflict, InputFault
from fenhu.policy import Policy
from fenhu.programme import Role
from fenhu.records import OwnerKind, Source
from fenhu.web.journal import services as journal
from fenhu.web.registry.comparing import TABLES, Action, RowChange
from fenhu.web.registry.models import Budget, Building, Cluster, Crew, Flat, Order, Organisation
from fenhu.web.registry.search import search_words
from fenhu.wording import text

BATCH = 500
CODE_LETTERS: Mapping[Role, str] = {
    Role.HEAT_SUPPLIER: "H", Role.OWNER_UNIT: "O", Role.COMMUNITY: "S", Role.CONTRACTOR: "C",
}  # fmt: skip
# Fields of a building that name an organisation, and of which kind.
BUILDING_ORGANISATIONS: Mapping[str, Role] = {
    "supplier": Role.HEAT_SUPPLIER, "owner": Role.OWNER_UNIT, "community": Role.COMMUNITY,
}  # fmt: skip

Directory = Mapping[tuple[Role, str], Organisation]


def organisations(kind: Role, names: Iterable[str]) -> dict[str, Organisation]:
    """Return the organisations called ``names``; those not known yet are made, with the next free codes."""
    wanted = sorted({name for name in names if name})
    known = {found.name: found for found in Organisation.objects.filter(kind=kind)}
    letter, count = CODE_LETTERS[kind], len(known)
    missing = [name for name in wanted if name not in known]
    made = Organisation.objects.bulk_create(
        Organisation(kind=kind, name=name, code=f"{letter}{number:03d}")
        for number, name in enumerate(missing, start=count + 1)
    )
    return {name: known[name] for name in wanted if name in known} | {one.name: one for one in made}


def set_consents(flats: Iterable[Flat], *, agrees: bool) -> None:
    """Let the newest answer of flats to the conversion stand in the register."""
    Flat.objects.filter(pk__in=[flat.pk for flat in flats]).update(consent=agrees)


def set_measured(*, rooms: Mapping[int, float], supplies: Mapping[int, float]) -> None:
    """Let the newest measured temperatures stand in the register: of flats' rooms, of buildings' supply."""
    flats = [Flat(pk=pk, measured_c=value) for pk, value in rooms.items()]
    Flat.objects.bulk_update(flats, ["measured_c"], batch_size=BATCH)
    buildings = [Building(pk=pk, supply_c=value) for pk, value in supplies.items()]
    Building.objects.bulk_update(buildings, ["supply_c"], batch_size=BATCH)


@transaction.atomic
def set_phone(actor: Any, flat: Flat, phone: str) -> None:
    """Let a flat have this telephone; whether it is the actor's to set is the caller's to ask.

    Raises
    ------
    InputFault
        If it cannot be dialled.
    """
    check_phone(phone)
    Flat.objects.filter(pk=flat.pk).update(phone=phone.strip())
    kept = journal.personal(journal.subject_name(flat), phone.strip())
    journal.record(actor=actor, subject=flat, kind="registry.phone", data={"phone": kept})


def check_phone(phone: str) -> None:
    """Go on only with something that can be dialled.

    Raises
    ------
    InputFault
        If it is not.
    """
    digits = phone.strip().replace("-", "").replace(" ", "")
    if not (digits.isdecimal() and 5 <= len(digits) <= 12):
        raise InputFault(text("{phone} is no telephone number; write digits and hyphens", phone=phone))


@transaction.atomic
def set_budget(actor: Any, *, source: Source, scope: str, year: int, amount_fen: int) -> None:
    """Let a purse have this much money in a year; the books follow what the journal says of it."""
    budget = Budget.objects.filter(source=source, scope=scope, year=year).first()
    before = budget.amount_fen if budget else None
    Budget.objects.update_or_create(
        source=source, scope=scope, year=year, defaults={"amount_fen": amount_fen}
    )
    journal.record(actor=actor, subject="registry.budgets", kind="registry.budget", data={
        "source": str(source), "scope": scope, "year": year, "before_fen": before, "fen": amount_fen,
    })  # fmt: skip


@transaction.atomic
def apply_changes(
    changes: Iterable[RowChange], *, policy: Policy, synthetic: bool, actor: Any = None
) -> None:
    """Write new and changed rows, all of them or none.

    Raises
    ------
    Conflict
        If a row changed in the register since it was compared.
    """
    by_sheet: dict[str, list[RowChange]] = {sheet: [] for sheet in TABLES}
    for change in changes:
        if change.action in (Action.NEW, Action.CHANGED):
            by_sheet[change.sheet].append(change)
    for sheet, rows in by_sheet.items():
        if rows:
            _still_as_compared(sheet, rows)
    directory = _directory(by_sheet)
    _write_buildings(by_sheet["buildings"], directory, policy, synthetic)
    _write_flats(by_sheet["flats"])
    _write_budgets(actor, by_sheet["budgets"])
    _write_crews(by_sheet["crews"])
    _write_clusters(by_sheet["clusters"], directory)
    _write_orders(by_sheet["orders"])


def _still_as_compared(sheet: str, rows: list[RowChange]) -> None:
    stored = TABLES[sheet].stored_by_key(row.key for row in rows)
    for row in rows:
        record = stored.get(row.key)
        if row.action is Action.NEW:
            untouched = record is None
        else:
            untouched = record is not None and all(
                getattr(record, name) == before for name, (before, _) in row.values.items()
            )
        if not untouched:
            raise Conflict(text(
                "{sheet} {key} changed since the preview; preview the file again",
                sheet=sheet, key="/".join(row.key),
            ))  # fmt: skip


def _now(row: RowChange) -> dict[str, Any]:
    """Return the fields a row sets."""
    if row.action is Action.NEW:
        return dict(row.values)
    return {name: after for name, (_, after) in row.values.items()}


def _directory(by_sheet: Mapping[str, list[RowChange]]) -> Directory:
    """Return every organisation the rows name."""
    names: dict[Role, set[str]] = {kind: set() for kind in BUILDING_ORGANISATIONS.values()}
    for row in by_sheet["buildings"]:
        for field, kind in BUILDING_ORGANISATIONS.items():
            names[kind].add(_now(row).get(field, ""))
    for row in (*by_sheet["crews"], *by_sheet["clusters"]):
        names[Role.HEAT_SUPPLIER].add(_now(row).get("supplier", ""))
    return {
        (kind, name): organisation
        for kind, wanted in names.items()
        for name, organisation in organisations(kind, wanted).items()
    }


def _write_buildings(rows: list[RowChange], directory: Directory, policy: Policy, synthetic: bool) -> None:
    stored = _stored(Building.objects.select_related("supplier", "owner", "community"), "code", rows)
    buildings = []
    for row in rows:
        building = stored.get(row.key[0]) or Building(synthetic=synthetic)
        for field, value in _now(row).items():
            _set_building_field(building, field, value, directory)
        building.authority = policy.responsible_authority(OwnerKind(building.owner_kind))
        named = [str(one) for one in (building.supplier, building.owner, building.community) if one]
        building.search = search_words(
            building.code, building.estate, building.name, building.address, building.district, *named
        )
        buildings.append(building)
    _upsert(Building, buildings)


def _set_building_field(building: Building, field: str, value: Any, directory: Directory) -> None:
    if field in BUILDING_ORGANISATIONS:
        setattr(building, field, directory.get((BUILDING_ORGANISATIONS[field], value)))
    else:
        setattr(building, "flat_count" if field == "flats" else field, value)


def _write_flats(rows: list[RowChange]) -> None:
    codes = {row.key[0] for row in rows}
    buildings = {building.code: building.pk for building in _chunked(Building, "code", codes)}
    changed = {row.key[0] for row in rows if row.action is Action.CHANGED}
    stored = {
        (flat.building.code, flat.flat_id): flat
        for flat in _chunked(Flat.objects.select_related("building"), "building__code", changed)
    }
    flats = []
    for row in rows:
        flat = stored.get((row.key[0], row.key[1])) or Flat(building_id=buildings[row.key[0]])
        for field, value in _now(row).items():
            if field != "building":
                setattr(flat, field, value)
        flats.append(flat)
    _upsert(Flat, flats)


def _write_budgets(actor: Any, rows: list[RowChange]) -> None:
    for row in rows:
        source, scope, year = row.key
        fen = _now(row)["amount_fen"]
        set_budget(actor, source=Source(source), scope=scope, year=int(year), amount_fen=fen)


def _write_crews(rows: list[RowChange]) -> None:
    for row in rows:
        supplier, year = row.key
        organisation = Organisation.objects.get(kind=Role.HEAT_SUPPLIER, name=supplier)
        values = _now(row) | {"supplier": organisation}
        Crew.objects.update_or_create(supplier=organisation, year=int(year), defaults=values)


def _write_clusters(rows: list[RowChange], directory: Directory) -> None:
    for row in rows:
        values = _now(row)
        if "supplier" in values:
            values["supplier"] = directory[Role.HEAT_SUPPLIER, values["supplier"]]
        Cluster.objects.update_or_create(cluster=row.key[0], defaults=values)


def _write_orders(rows: list[RowChange]) -> None:
    codes = {code for row in rows for code in _now(row).values()}
    ids = {building.code: building.pk for building in _chunked(Building, "code", codes)}
    Order.objects.bulk_create(
        Order(before_id=ids[values["before"]], after_id=ids[values["after"]]) for values in map(_now, rows)
    )


def _stored(queryset: Any, key: str, rows: list[RowChange]) -> dict[str, Any]:
    changed = {row.key[0] for row in rows if row.action is Action.CHANGED}
    return {getattr(found, key): found for found in _chunked(queryset, key, changed)}


def _chunked(queryset: Any, column: str, values: Iterable[str]) -> Iterable[Any]:
    """Yield the rows whose ``column`` is one of ``values``, asked for a few hundred at a time."""
    wanted = sorted(values)
    source: Callable[..., Any] = getattr(queryset, "objects", queryset).filter
    for start in range(0, len(wanted), BATCH):
        yield from source(**{f"{column}__in": wanted[start : start + BATCH]})


def _upsert(model: Any, rows: list[Any]) -> None:
    """Insert new rows and overwrite changed ones, in batches."""
    new = [row for row in rows if row.pk is None]
    changed = [row for row in rows if row.pk is not None]
    model.objects.bulk_create(new, batch_size=BATCH)
    written = [
        field for field in model._meta.concrete_fields if not field.primary_key and not field.generated
    ]
    columns = [field.name for field in written]
    model.objects.bulk_create(
        changed, batch_size=BATCH, update_conflicts=True, unique_fields=["pk"], update_fields=columns
    )
