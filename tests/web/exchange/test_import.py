"""A file becomes rows in one transaction or not at all, and only once."""

from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile, File
from django.core.management import call_command
from tests.web.bombs import a_hungry_workbook, a_workbook
from tests.web.cast import GUANGMING, HONGYUAN, a_building, a_flat, the_register

from fenhu.errors import Conflict, InputFault, NotAllowed, WrongState
from fenhu.programme import Role
from fenhu.records import OrderRecord, Register
from fenhu.register import write_register
from fenhu.web.exchange import queries, services
from fenhu.web.exchange.models import StagedRow, Upload
from fenhu.web.journal.models import Entry
from fenhu.web.registry.models import Building, Flat, Organisation
from fenhu.web.registry.queries import register_from_database

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture
def upload(tmp_path):
    def receive(register, user):
        path = tmp_path / "register.xlsx"
        write_register(register, path)
        with path.open("rb") as file:
            return services.stage(services.receive(File(file, name="我的楼栋.xlsx"), user))

    return receive


@pytest.fixture
def bureau(cast):
    return cast[Role.CITY_BUREAU]


def with_building(code, **changes):
    """The cast's register with one building's fields changed."""
    register = the_register()
    return replace(
        register, buildings=tuple(replace(b, **changes) if b.code == code else b for b in register.buildings)
    )


def counts(upload, sheet):
    return {name: count for name, count in upload.preview[sheet].items() if count}


def test_what_is_stored_is_what_was_imported(cast):
    stored = register_from_database()
    assert stored == the_register()


def test_the_same_file_twice_changes_nothing(upload, bureau):
    staged = upload(the_register(), bureau)
    assert counts(staged, "buildings") == {"same": 3}
    assert counts(staged, "flats") == {"same": 6}
    assert queries.upload_view(bureau, staged.pk).changes_nothing
    before = register_from_database()
    services.apply(staged, bureau)
    assert register_from_database() == before


def test_new_rows_are_previewed_and_then_written(upload, bureau):
    new = Register(
        buildings=(a_building("C1", GUANGMING, "太平", "central"),), flats=(a_flat("C1", 1), a_flat("C1", 2))
    )
    staged = upload(new, bureau)
    assert counts(staged, "buildings") == {"new": 1}
    assert not Building.objects.filter(code="C1").exists()
    services.apply(staged, bureau)
    building = Building.objects.get(code="C1")
    # 二（二）: buildings of central units are the city's
    assert (building.authority, building.supplier.name, building.flats.count()) == ("city", GUANGMING, 2)
    assert "和平路c1" in building.search


def test_a_changed_field_is_previewed_old_to_new_and_only_that_field_changes(upload, bureau):
    staged = upload(with_building("A1", corrosion=3), bureau)
    view = queries.upload_view(bureau, staged.pk)
    assert [(c.field, c.old, c.new) for row in view.rows for c in row.changes] == [("corrosion", None, 3)]
    services.apply(staged, bureau)
    assert register_from_database() == with_building("A1", corrosion=3)


def test_a_changed_owner_kind_moves_the_building_to_the_responsible_government(upload, bureau):
    services.apply(upload(with_building("A1", owner_kind="district"), bureau), bureau)
    assert Building.objects.get(code="A1").authority == "district"


def test_a_blank_never_overwrites_what_is_stored(upload, bureau):
    services.apply(upload(with_building("A1", corrosion=3), bureau), bureau)
    staged = upload(the_register(), bureau)
    assert counts(staged, "buildings") == {"same": 3}


def test_a_changed_flat_keeps_its_id(upload, bureau, cast):
    flats = tuple(replace(f, measured_c=15.5) for f in the_register().flats)
    services.apply(upload(replace(the_register(), flats=flats), bureau), bureau)
    cast.flat.refresh_from_db()
    assert cast.flat.measured_c == 15.5
    assert Flat.objects.count() == 6


def test_a_suppliers_foreign_rows_are_refused_and_its_own_imported(upload, cast):
    supplier = cast[Role.HEAT_SUPPLIER]
    register = the_register()
    register = replace(
        register,
        buildings=tuple(replace(b, corrosion=2) for b in register.buildings),
        budgets=register.budgets,
    )
    staged = upload(register, supplier)
    assert counts(staged, "buildings") == {"changed": 2, "refused": 1}
    assert counts(staged, "flats") == {"same": 4, "refused": 2}
    assert counts(staged, "budgets") == {"refused": 1}
    assert {finding.code for finding in queries.upload_view(supplier, staged.pk).findings} == {"foreign-row"}
    services.apply(staged, supplier)
    assert dict(Building.objects.values_list("code", "corrosion")) == {"A1": 2, "A2": 2, "B1": None}


def test_a_supplier_cannot_take_over_anothers_building(upload, cast):
    supplier = cast[Role.HEAT_SUPPLIER]
    staged = upload(with_building("B1", supplier=HONGYUAN), supplier)
    services.apply(staged, supplier)
    assert Building.objects.get(code="B1").supplier.name == GUANGMING


def test_a_file_with_errors_is_refused_and_nothing_stored_is_touched(upload, bureau):
    twice = replace(the_register(), buildings=the_register().buildings * 2)
    before = register_from_database()
    staged = upload(twice, bureau)
    assert staged.state == Upload.REFUSED
    assert queries.upload_view(bureau, staged.pk).errors > 0
    with pytest.raises(WrongState):
        services.apply(staged, bureau)
    assert register_from_database() == before


def test_a_row_changed_since_the_preview_stops_the_whole_import(upload, bureau):
    register = with_building("A1", corrosion=3)
    register = replace(register, flats=tuple(replace(f, measured_c=15.0) for f in register.flats))
    staged = upload(register, bureau)
    Building.objects.filter(code="A1").update(corrosion=1)
    with pytest.raises(Conflict):
        services.apply(staged, bureau)
    staged.refresh_from_db()
    assert staged.state == Upload.STAGED
    assert not Flat.objects.filter(measured_c=15.0).exists()


def moved(code, supplier):
    Building.objects.filter(code=code).update(supplier=Organisation.objects.get(name=supplier))


@pytest.mark.parametrize("sheet", ["buildings", "flats", "orders"])
def test_a_building_that_came_to_another_supplier_since_stops_the_whole_import(upload, cast, sheet):
    supplier = cast[Role.HEAT_SUPPLIER]
    register = the_register()
    changed = {
        "buildings": tuple(replace(b, corrosion=3) for b in register.buildings),
        "flats": tuple(replace(f, measured_c=15.0) for f in register.flats),
        "orders": (OrderRecord(before="A1", after="A2"),),
    }
    staged = upload(replace(register, **{sheet: changed[sheet]}), supplier)
    moved("A1", GUANGMING)
    before = register_from_database()
    for actor in (supplier, cast[Role.CITY_BUREAU]):
        with pytest.raises(Conflict) as fault:
            services.apply(Upload.objects.get(pk=staged.pk), actor)
        assert "A1" in fault.value.message.in_language("en")
        assert GUANGMING in fault.value.message.in_language("zh")
    assert register_from_database() == before
    assert Upload.objects.get(pk=staged.pk).state == Upload.STAGED


def test_what_the_bureau_uploaded_may_be_imported_whoever_heats_the_building(upload, bureau):
    staged = upload(with_building("A1", corrosion=3), bureau)
    moved("A1", GUANGMING)
    services.apply(staged, bureau)
    assert Building.objects.get(code="A1").corrosion == 3


def test_an_upload_of_somebody_who_heats_nothing_any_more_is_not_imported(upload, cast):
    supplier = cast[Role.HEAT_SUPPLIER]
    staged = upload(with_building("A1", corrosion=3), supplier)
    supplier.grants.all().delete()
    with pytest.raises(Conflict):
        services.apply(Upload.objects.get(pk=staged.pk), cast[Role.CITY_BUREAU])
    assert Building.objects.get(code="A1").corrosion is None


def test_an_upload_is_applied_once(upload, bureau):
    staged = upload(with_building("A1", corrosion=3), bureau)
    second_look = Upload.objects.get(pk=staged.pk)
    services.apply(staged, bureau)
    with pytest.raises(Conflict):
        services.apply(second_look, bureau)


def test_a_discarded_upload_leaves_no_rows_and_cannot_be_applied(upload, bureau):
    staged = services.discard(upload(with_building("A1", corrosion=3), bureau), bureau)
    assert not StagedRow.objects.exists()
    with pytest.raises(WrongState):
        services.apply(staged, bureau)


def test_an_import_is_one_journal_entry_without_personal_data(upload, bureau):
    flats = tuple(replace(f, owner_name="王五", phone="00099990002") for f in the_register().flats)
    services.apply(upload(replace(the_register(), flats=flats), bureau), bureau)
    entry = Entry.objects.get(kind="upload.applied")
    assert entry.data["rows"]["flats"]["changed"] == 6
    assert not Entry.objects.filter(data_json__contains="王五").exists()
    assert not Entry.objects.filter(data_json__contains="0009999").exists()


@pytest.mark.parametrize("role", [role for role in Role if role not in services.IMPORTERS])
def test_only_suppliers_and_the_bureau_import(cast, role):
    with pytest.raises(NotAllowed):
        services.receive(ContentFile(b"PK\x03\x04", name="x.xlsx"), cast[role])


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0 an old .xls", b"<html>", b"MZ\x90"])
def test_a_file_that_is_no_workbook_is_refused_by_its_content(bureau, content):
    with pytest.raises(InputFault):
        services.receive(ContentFile(content, name="register.xlsx"), bureau)
    assert not Upload.objects.exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(bureau, settings):
    settings.MAX_UPLOAD_BYTES = 1000
    with pytest.raises(InputFault) as fault:
        services.receive(ContentFile(b"PK\x03\x04" + b"0" * 1000, name="register.xlsx"), bureau)
    assert "larger than" in fault.value.message.in_language("en")


def test_a_damaged_workbook_is_refused_before_anything_is_kept(bureau):
    with pytest.raises(InputFault) as fault:
        services.receive(ContentFile(b"PK\x03\x04 torn", name="r.xlsx"), bureau)
    assert "is damaged" in fault.value.message.in_language("en")
    assert not Upload.objects.exists()


def test_a_workbook_without_sheets_is_refused_with_a_finding(bureau):
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    upload = services.stage(services.receive(ContentFile(content.getvalue(), name="r.xlsx"), bureau))
    assert upload.state == Upload.REFUSED
    assert queries.upload_view(bureau, upload.pk).errors == 1


def zipped(folder: Path):
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for path in folder.glob("*.csv"):
            archive.write(path, f"导出/{path.name}")
    return content.getvalue()


def test_a_zip_of_csv_files_is_read_like_a_workbook(bureau, tmp_path):
    write_register(with_building("A1", corrosion=3), tmp_path / "csv")
    upload = services.stage(services.receive(ContentFile(zipped(tmp_path / "csv"), name="csv.zip"), bureau))
    assert upload.state == Upload.STAGED
    assert counts(upload, "buildings") == {"same": 2, "changed": 1}


def test_a_zip_that_unpacks_to_too_much_is_refused(bureau, settings):
    content = BytesIO()
    with ZipFile(content, "w", compression=8) as archive:
        archive.writestr("buildings.csv", b"0" * 2_000_000)
    settings.MAX_UPLOAD_BYTES = 1_000_000
    upload = services.stage(services.receive(ContentFile(content.getvalue(), name="bomb.zip"), bureau))
    assert upload.state == Upload.REFUSED


def broken_zip(folder: Path, *, at, value):
    """A zip of CSV files with some bytes of its first file's head changed."""
    content = bytearray(zipped(folder))
    for start in at(content):
        content[start : start + len(value)] = value
    return bytes(content)


BROKEN = {
    "its packing": {"at": lambda content: [80], "value": b"\xff" * 60},
    "a way of packing nobody has": {
        "at": lambda content: [8, content.index(b"PK\x01\x02") + 10], "value": b"\x61\0",
    },
}  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_zip_that_cannot_be_unpacked_is_refused_with_a_finding(bureau, tmp_path, broken):
    write_register(the_register(), tmp_path / "csv")
    content = broken_zip(tmp_path / "csv", **broken)
    upload = services.stage(services.receive(ContentFile(content, name="坏.zip"), bureau))
    assert upload.state == Upload.REFUSED
    (finding,) = queries.upload_view(bureau, upload.pk).findings
    assert "is damaged" in finding.message.in_language("en")


def test_a_workbook_that_cannot_be_read_is_called_as_its_owner_calls_it(bureau):
    content = ContentFile(a_hungry_workbook(), name="我的楼栋.xlsx")
    upload = services.stage(services.receive(content, bureau))
    (finding,) = queries.upload_view(bureau, upload.pk).findings
    assert finding.code == "too-demanding"
    assert "我的楼栋.xlsx" in str(finding.message)


def test_a_zip_with_two_tables_of_one_name_in_two_folders_is_refused(bureau):
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("a/buildings.csv", "code")
        archive.writestr("b/buildings.csv", "code")
    upload = services.stage(services.receive(ContentFile(content.getvalue(), name="two.zip"), bureau))
    (finding,) = queries.upload_view(bureau, upload.pk).findings
    assert "buildings.csv" in finding.message.in_language("en")


def test_a_long_name_keeps_its_end_and_one_within_a_zip_does_no_harm(bureau):
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("楼" * 90 + ".csv", "code")
    upload = services.receive(ContentFile(content.getvalue(), name="册" * 240 + ".zip"), bureau)
    assert upload.name == "册" * 196 + ".zip"
    assert services.stage(upload).state == Upload.REFUSED


def test_a_path_in_an_uploads_name_is_dropped(bureau):
    upload = services.receive(ContentFile(a_workbook(), name="../../etc/passwd"), bureau)
    assert upload.name == "passwd"
    assert Path(upload.file.path).name.startswith(upload.digest[:16])


def test_the_operator_reads_the_sheets_by_their_chinese_names(db, tmp_path):
    path, said = tmp_path / "register.xlsx", StringIO()
    write_register(the_register(), path)
    call_command("import_register", path, stderr=said)
    assert "楼栋：新增 3" in said.getvalue()
    assert "buildings" not in said.getvalue()
