"""Checks of design data and heat loads."""

from __future__ import annotations

from fenhu import tables
from fenhu.building import Loop
from fenhu.design.review.values import NOTHING, Outcome, Row, figure, not_applicable, percent
from fenhu.design.values import Design, RoomLoad, SurfaceLoss
from fenhu.policy import Policy
from fenhu.wording import Text, bilingual, text


def room_temperature(design: Design, row: Row) -> Outcome:
    """Rooms are designed for 18 to 24 °C, heated floors for up to 2 K less."""
    limit = row["limit"]
    lower_k = limit["radiant_lower_k"] if design.loop is Loop.FLOOR_COIL else 0.0
    low_c, high_c = limit["least_c"] - lower_k, limit["most_c"]
    return Outcome(
        holds=low_c <= design.room_c <= high_c,
        required=text("{low} to {high} °C", low=figure(low_c), high=figure(high_c)),
        found=text("{temperature} °C", temperature=figure(design.room_c, 1)),
    )


def outdoor_temperature(design: Design, row: Row, policy: Policy) -> Outcome:
    """The design is made for the city's outdoor temperature, or a colder one."""
    station = tables.load("climate")["station"][policy.climate.station]
    listed_c = float(station["heating_c"])
    return Outcome(
        holds=design.outdoor_c <= listed_c + row["limit"]["rounding_k"],
        required=text(
            "at most {temperature} °C ({station})",
            temperature=figure(listed_c, 1),
            station=bilingual(station["name"], station["name_en"]),
        ),
        found=text("{temperature} °C", temperature=figure(design.outdoor_c, 1)),
    )


def load_by_room(design: Design, row: Row) -> Outcome:
    """The load is calculated for every room."""
    return Outcome(
        holds=design.loads.by_room,
        required=text("a load of every room"),
        found=(
            text("{count} rooms calculated one by one", count=len(design.loads.rooms))
            if design.loads.by_room
            else text("{count} flats by their share of the building's load", count=len(design.flats))
        ),
        note=NOTHING
        if design.loads.by_room
        else text("enter the rooms of the flats before drawings are filed"),
    )


def orientation(design: Design, row: Row) -> Outcome:
    """Walls and windows carry the correction of their orientation, wind included."""
    wind, ranges = row["limit"]["wind_most_ratio"], row["range_ratio"]
    required = text("by orientation, N 0 to +10 %, S -30 to -15 %; wind up to {wind} %", wind=percent(wind))
    facing = [
        (room, one) for room in design.loads.rooms for one in room.surfaces if one.orientation in ranges
    ]
    if not facing:
        return not_applicable(required, text("no surface with an orientation is given"))
    outside = [
        (room, one)
        for room, one in facing
        if not ranges[one.orientation][0] <= one.correction_ratio <= ranges[one.orientation][1] + wind
    ]
    return Outcome(
        holds=not outside,
        required=required,
        found=(
            _outside(*outside[0], len(outside))
            if outside
            else text("{count} surfaces within the range", count=len(facing))
        ),
        where=tuple(dict.fromkeys(room.flat for room, _ in outside)),
    )


def _outside(room: RoomLoad, surface: SurfaceLoss, count: int) -> Text:
    return text(
        "{count} surfaces outside it, such as flat {flat}, {orientation}: {correction} %",
        count=count,
        flat=room.flat,
        orientation=surface.orientation,
        correction=percent(surface.correction_ratio),
    )


def height_addition(design: Design, row: Row) -> Outcome:
    """Rooms higher than 4 m take an addition for their height."""
    height_m, tall_m = design.building.storey_height_m, row["limit"]["tall_from_m"]
    required = text("an addition where rooms are higher than {height} m", height=figure(tall_m))
    found = text("storeys of {height} m", height=figure(height_m, 2))
    if height_m <= tall_m:
        return not_applicable(required, found)
    return Outcome(holds=False, required=required, found=found, note=text("confirm it in the load sheet"))


def area_index(design: Design, row: Row) -> Outcome:
    """The load per area lies where dwellings lie, with or without insulation."""
    limit = row["limit"]
    return Outcome(
        holds=limit["insulated_least_w_m2"] <= design.loads.index_w_m2 <= limit["plain_most_w_m2"],
        required=text(
            "dwellings {insulated_least} to {insulated_most} W/m² with energy-saving measures,"
            " {plain_least} to {plain_most} W/m² without",
            **{key.removesuffix("_w_m2"): figure(value) for key, value in limit.items()},
        ),
        found=text("{index} W/m²", index=figure(design.loads.index_w_m2, 1)),
    )


def neighbour_allowance(design: Design, row: Row) -> Outcome:
    """The allowance for neighbours stays below half the load, and out of the shared pipes."""
    limit = row["limit"]
    rooms = [room for room in design.loads.rooms if room.load_w > 0.0]
    most = max(rooms, key=_allowance_ratio, default=None)
    ratio = _allowance_ratio(most) if most else 0.0
    risers_kg_s = sum(riser.flow_kg_s for riser in design.risers)
    shared = risers_kg_s > design.flow_kg_s * (1.0 + limit["rounding_ratio"])
    over = sorted(
        (room for room in rooms if _allowance_ratio(room) > limit["allowance_most_ratio"] + 1e-9),
        key=_allowance_ratio,
        reverse=True,
    )
    return Outcome(
        holds=not over and not shared,
        required=text(
            "at most {most} % of the room's load, for the flat's own radiators and pipes only",
            most=percent(limit["allowance_most_ratio"]),
        ),
        found=text(
            "at most {ratio} %; risers carry {risers} kg/h for flats of {flats} kg/h",
            ratio=percent(ratio),
            risers=figure(3600.0 * risers_kg_s),
            flats=figure(3600.0 * design.flow_kg_s),
        ),
        where=tuple(dict.fromkeys(room.flat for room in over)),
        note=text("the shared pipes carry the allowance too") if shared else NOTHING,
    )


def _allowance_ratio(room: RoomLoad) -> float:
    return room.allowance_w / room.load_w
