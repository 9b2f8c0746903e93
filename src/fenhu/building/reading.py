"""The building file: what a supplier really knows, the rest assumed by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fenhu import tables
from fenhu.building.assume import Assumptions, pipework, radiators, shell
from fenhu.building.reading_rooms import front, rooms
from fenhu.building.spec import Building, Flat, Loop, Mains
from fenhu.errors import InputFault
from fenhu.heat import Item, pump_curve
from fenhu.records import SystemForm
from fenhu.wording import text
from fenhu.worksheets import read_toml

_KEYS = (
    "storeys", "storey_height_m", "units", "flats_per_floor", "flat_area_m2", "heated_area_m2", "flat",
    "year_built", "heat_load_w_m2", "system_form", "loop", "mains", "main_dn", "riser_dn", "branch_dn",
    "corrosion", "radiator", "sections", "inlet_kpa", "inlet_kg_s", "pump_curve", "supply_c",
    "outdoor_c", "measured", "front", "room", "code",
)  # fmt: skip


def read_building(path: Path) -> Building:
    """Return the building a ``BUILDING.toml`` describes, with everything missing assumed.

    Parameters
    ----------
    path : the file; storeys, units, flats_per_floor and one area (flat_area_m2, heated_area_m2 or a list of
        ``[[flat]]``) are needed.

    Raises
    ------
    UnreadableFile
        If there is no such file or it is no TOML.
    InputFault
        Naming the key: unknown, missing, of the wrong kind, impossible.

    References
    ----------
    docs/engineers/heat.md#building-file
    """
    return parse_building(read_toml(Path(path)), Path(path).stem, file=str(path))


def parse_building(data: dict[str, object], name: str, *, file: str = "") -> Building:
    """Return the building of a building file's content; raises as ``read_building``.

    Parameters
    ----------
    name : its code, unless the content gives one.
    file : what faults call it; its name unless given.
    """
    top = Item(file or name, data)
    top.only(_KEYS)
    assumptions = Assumptions()
    storeys = top.whole("storeys", at_least=1, at_most=60)
    units = top.whole("units", at_least=1, at_most=40)
    flats = _flats(top, storeys, units)
    height_m = assumptions.or_assume(
        "storey_height_m", _optional(top, "storey_height_m", 2.0, 6.0),
        tables.load("eras")["dwelling"]["storey_height_m"], text("usual for dwellings"),
    )  # fmt: skip
    year = top.whole("year_built", at_least=1900, at_most=2100) if top.has("year_built") else None
    form = _form(top, assumptions)
    mains = Mains(top.word("mains", tuple(Mains))) if top.has("mains") else None
    corrosion = top.whole("corrosion", at_most=3) if top.has("corrosion") else None
    sizes = {key: _size(top, key) for key in ("main_dn", "riser_dn", "branch_dn")}
    pipes, output_ratio = pipework(assumptions, form, mains, corrosion, **sizes)
    if top.has("loop"):
        pipes = replace(pipes, loop=Loop(top.word("loop", tuple(Loop))))
    kind = top.word("radiator", tuple(tables.load("radiators")["radiator"])) if top.has("radiator") else None
    sections = top.whole("sections", at_least=1, at_most=100) if top.has("sections") else None
    outdoor_c = assumptions.or_assume(
        "outdoor_c", _optional(top, "outdoor_c", -60.0, 40.0),
        tables.load("climate")["station"]["阜新"]["heating_c"],
        text("heating design temperature of Fuxin (GB 50736-2012)"),
    )  # fmt: skip
    design_c = min(outdoor_c, tables.load("climate")["station"]["阜新"]["heating_c"])
    inlet_kpa, supply_c = inlet(
        assumptions, _optional(top, "inlet_kpa", 0.0, 600.0), _optional(top, "supply_c", 20.0, 130.0)
    )
    walls = shell(assumptions, year, _optional(top, "heat_load_w_m2", 5.0, 200.0), design_c)
    return Building(
        code=top.word("code") if top.has("code") else name,
        storeys=storeys, storey_height_m=height_m, units=units, flats=flats,
        shell=walls, front=front(top, assumptions),
        rooms=rooms(top, flats, walls, height_m, assumptions),
        radiators=radiators(assumptions, year, form, kind, sections, output_ratio),
        pipework=pipes, inlet_pa=inlet_kpa * 1000.0, supply_c=supply_c, outdoor_c=outdoor_c,
        inlet_kg_s=_optional(top, "inlet_kg_s", 1e-4, 1000.0), pump=_pump(top),
        measured_c=_measured(top, flats), assumed=assumptions.made(),
    )  # fmt: skip


def inlet(assumptions: Assumptions, inlet_kpa: float | None, supply_c: float | None) -> tuple[float, float]:
    """Return the inlet's differential pressure in kPa and the supply temperature, assumed if unknown."""
    network = tables.load("eras")["network"]
    return (
        assumptions.or_assume(
            "inlet_kpa",
            inlet_kpa,
            network["inlet_kpa"],
            text("not measured; usual at an old building's inlet"),
        ),
        assumptions.or_assume(
            "supply_c",
            supply_c,
            network["supply_c"],
            text("not measured; usual today at design outdoor temperature"),
        ),
    )


def _pump(top: Item) -> tuple[tuple[float, float], ...]:
    if not top.has("pump_curve"):
        return ()
    if top.has("inlet_kg_s"):
        raise InputFault(text("{where}: give either inlet_kg_s or pump_curve.", where=top.where))
    return tuple(pump_curve(top, "pump_curve"))


def _optional(top: Item, key: str, low: float, high: float) -> float | None:
    return top.number(key, at_least=low, at_most=high) if top.has(key) else None


def _size(top: Item, key: str) -> int | None:
    if not top.has(key):
        return None
    size = top.whole(key)
    known = [name for name in tables.load("pipes")["material"]["steel"]["inner_diameter_m"] if name.isdigit()]
    if str(size) not in known:
        raise top.wrong(key, size, text("a nominal size of steel pipe: {sizes}", sizes=", ".join(known)))
    return size


def _form(top: Item, assumptions: Assumptions) -> SystemForm:
    if top.has("system_form"):
        return SystemForm(top.word("system_form", tuple(SystemForm)))
    assumptions.note(
        "system_form",
        SystemForm.VERTICAL_SINGLE_SERIES.value,
        text("not given; the usual form of old buildings"),
    )
    return SystemForm.VERTICAL_SINGLE_SERIES


def _flats(top: Item, storeys: int, units: int) -> tuple[Flat, ...]:
    if top.has("flat"):
        return _listed_flats(top, storeys, units)
    per_floor = top.whole("flats_per_floor", at_least=1, at_most=12)
    count = storeys * units * per_floor
    if top.has("flat_area_m2"):
        area_m2 = top.number("flat_area_m2", above=5.0, at_most=2000.0)
    elif top.has("heated_area_m2"):
        area_m2 = top.number("heated_area_m2", above=5.0 * count, at_most=2000.0 * count) / count
    else:
        raise InputFault(
            text("{where}: give flat_area_m2, heated_area_m2 or a list of [[flat]].", where=top.where),
            code="missing-key",
        )
    return tuple(
        Flat(id=f"{unit}-{storey}-{storey}{position + 1:02d}", unit=unit, storey=storey, position=position,
             area_m2=area_m2)
        for unit in range(1, units + 1) for storey in range(1, storeys + 1) for position in range(per_floor)
    )  # fmt: skip


def _listed_flats(top: Item, storeys: int, units: int) -> tuple[Flat, ...]:
    taken: dict[tuple[int, int], int] = {}
    flats: list[Flat] = []
    for item in top.items("flat"):
        item.only(("id", "unit", "storey", "area_m2"))
        unit = item.whole("unit", at_least=1, at_most=units)
        storey = item.whole("storey", at_least=1, at_most=storeys)
        position = taken.get((unit, storey), 0)
        taken[unit, storey] = position + 1
        area_m2 = item.number("area_m2", above=5.0, at_most=5000.0)
        flats.append(Flat(id=item.word("id"), unit=unit, storey=storey, position=position, area_m2=area_m2))
    if not flats:
        raise InputFault(text("{where}: the list of flats is empty.", where=top.where))
    return tuple(flats)


def _measured(top: Item, flats: tuple[Flat, ...]) -> dict[str, float]:
    known = tuple(flat.id for flat in flats)
    found: dict[str, float] = {}
    for item in top.items("measured", name="flat"):
        item.only(("flat", "room_c"))
        found[item.word("flat", known)] = item.number("room_c", at_least=-30.0, at_most=50.0)
    return found
