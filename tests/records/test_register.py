"""The register's plain values."""

from fenhu.records import BuildingRecord, FlatRecord, OwnerKind, Register, SystemForm


def a_building(code):
    return BuildingRecord(
        code=code, name="1号楼", district="海州", supplier="示范热力", owner_kind=OwnerKind.MUNICIPAL,
        year_built=1985, storeys=6, units=3, flats=2, heated_area_m2=180.0,
        system_form=SystemForm.VERTICAL_SINGLE_SERIES,
    )  # fmt: skip


def a_flat(building, unit, storey, room):
    return FlatRecord(building=building, unit=unit, storey=storey, room=room, area_m2=90.0)


def test_flats_are_grouped_by_building_and_empty_buildings_are_kept():
    flats = (a_flat("A", 1, 1, "101"), a_flat("A", 1, 2, "201"))
    register = Register(buildings=(a_building("A"), a_building("B")), flats=flats)
    assert register.flats_by_building() == {"A": flats, "B": ()}


def test_a_flats_id_names_unit_storey_and_room():
    assert a_flat("A", 2, 5, "503").flat_id == "2-5-503"
