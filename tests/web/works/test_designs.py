"""Designing a building in the product: versions, decisions, reasons, submission, review (clause 三（三）)."""

import pytest
from tests.web.works.steps import REVIEWED, a_file, a_project, contracted, fired

from fenhu.errors import FenhuError, InputFault, NotAllowed, UnknownItem, WrongState
from fenhu.papers.foreign_template import foreign_template_xlsx
from fenhu.programme import Role
from fenhu.register import synthetic_city, write_register
from fenhu.web.journal.models import Entry
from fenhu.web.registry.models import Building
from fenhu.web.works import queries, services
from fenhu.web.works.models import DesignVersion

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture
def house(cast):
    Building.objects.update(inlet_kpa=25.0, supply_c=75.0)
    return Building.objects.get(code="A2")


@pytest.fixture
def first(cast, house):
    return services.make_design(cast[Role.HEAT_SUPPLIER], house)


def settled(cast, version):
    for one in version.checks:
        if one["verdict"] == "warning":
            services.give_reason(cast[Role.HEAT_SUPPLIER], version, check=one["code"], reason="按文件要求")
    version.refresh_from_db()
    return version


def test_the_first_version_is_worked_out_from_the_register(cast, first):
    assert (first.number, first.origin, first.state) == (1, "automatic", "draft")
    assert first.cost_fen > 0
    assert len(first.outcome["radiators"]) >= 4
    assert sum(first.outcome["shares"].values()) == first.cost_fen
    assert Entry.objects.filter(kind="design.made").count() == 1


def test_a_version_keeps_nothing_about_persons(first):
    kept = str(first.inputs) + str(first.outcome) + str(Entry.objects.get(kind="design.made").data)
    assert "张三丰" not in kept
    assert "00012340001" not in kept


def test_one_radiator_more_changes_the_bill_and_the_shares_at_once(cast, first):
    radiator = next(iter(first.outcome["radiators"]))
    sections = first.outcome["radiators"][radiator][1] + 3
    after = services.change_design(
        cast[Role.HEAT_SUPPLIER], first, what="radiator", target=radiator, value=str(sections)
    )
    assert after.number == 2
    assert after.outcome["radiators"][radiator][1] == sections
    assert after.cost_fen > first.cost_fen
    assert after.outcome["shares"]["user"] > first.outcome["shares"]["user"]
    desk = queries.design_desk(cast[Role.HEAT_SUPPLIER], "A2")
    assert any(radiator in str(one) for one in desk.by_hand)
    assert desk.against == 1


def test_a_version_worked_out_again_is_the_same(first):
    assert queries.study_of(first).bill.cost_fen == first.cost_fen


def test_a_decision_can_be_taken_back_and_a_version_restored(cast, first):
    supplier = cast[Role.HEAT_SUPPLIER]
    fixed = services.change_design(supplier, first, what="size", target="main.1s", value="65")
    assert fixed.outcome["sizes"]["main.1s"][1] == 65
    freed = services.change_design(supplier, fixed, what="undo", target="main.1s")
    assert freed.outcome["sizes"] == first.outcome["sizes"]
    restored = services.restore_design(supplier, fixed)
    assert restored.outcome["sizes"]["main.1s"][1] == 65


@pytest.mark.parametrize(
    ("what", "target", "value", "fault"),
    [
        ("size", "main.9s", "65", UnknownItem), ("size", "main.1s", "wide", InputFault),
        ("size", "main.1s", "33", InputFault), ("length", "main.1s", "-3", InputFault),
        ("preset", "1-1-101.lock", "99", InputFault), ("loop", "", "spiral", InputFault),
        ("colour", "main.1s", "red", UnknownItem),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_changes_nothing(cast, first, what, target, value, fault):
    with pytest.raises(fault):
        services.change_design(cast[Role.HEAT_SUPPLIER], first, what=what, target=target, value=value)
    assert DesignVersion.objects.count() == 1


@pytest.mark.parametrize("role", [Role.CITY_BUREAU, Role.DISTRICT_GOV, Role.COMMUNITY, Role.HOUSEHOLD])
def test_only_supplier_and_owner_unit_design(cast, house, role):
    with pytest.raises(NotAllowed):
        services.make_design(cast[role], house)


def test_another_supplier_does_not_design_here(cast, house):
    with pytest.raises(NotAllowed):
        services.make_design(cast.other_supplier, house)


def test_a_warning_without_a_reason_holds_the_submission_back(cast, first):
    supplier = cast[Role.HEAT_SUPPLIER]
    with pytest.raises(WrongState):
        services.submit_design(supplier, first)
    submitted = services.submit_design(supplier, settled(cast, first))
    assert submitted.state == "submitted"
    with pytest.raises(WrongState):
        services.give_reason(supplier, submitted, check="form_of_existing", reason="迟了")


def test_a_check_that_does_not_hold_blocks_the_submission(cast, house):
    Building.objects.filter(pk=house.pk).update(inlet_kpa=1.0)
    version = services.make_design(cast[Role.HEAT_SUPPLIER], house)
    assert "error" in {one["verdict"] for one in version.checks}
    with pytest.raises(WrongState, match=r"inlet|入口"):
        services.submit_design(cast[Role.HEAT_SUPPLIER], settled(cast, version))


def test_c3_3_a_draft_design_holds_the_drawings_back_until_it_is_submitted_and_approved(cast, house):
    supplier, bureau = cast[Role.HEAT_SUPPLIER], cast[Role.CITY_BUREAU]
    project = contracted(cast, a_project(cast))
    for kind in REVIEWED:
        services.file_paper(supplier, project, kind=kind, title="", file=a_file())
    version = services.make_design(supplier, Building.objects.get(code="A2"))
    with pytest.raises(FenhuError):
        fired(supplier, project, "design")
    services.submit_design(supplier, settled(cast, version))
    fired(supplier, project, "design")
    fired(bureau, project, "approve_drawings")
    version.refresh_from_db()
    assert version.state == "approved"


def test_c3_3_a_draft_made_after_the_submission_does_not_hold_the_review_back(cast, house):
    supplier, bureau = cast[Role.HEAT_SUPPLIER], cast[Role.CITY_BUREAU]
    project = contracted(cast, a_project(cast))
    for kind in REVIEWED:
        services.file_paper(supplier, project, kind=kind, title="", file=a_file())
    version = services.submit_design(supplier, settled(cast, services.make_design(supplier, house)))
    fired(supplier, project, "design")
    draft = services.make_design(supplier, house)
    fired(bureau, project, "approve_drawings")
    version.refresh_from_db()
    draft.refresh_from_db()
    assert (version.state, draft.state) == ("approved", "draft")


def test_c3_3_a_returned_drawing_returns_its_design(cast, house):
    supplier, bureau = cast[Role.HEAT_SUPPLIER], cast[Role.CITY_BUREAU]
    project = contracted(cast, a_project(cast))
    for kind in REVIEWED:
        services.file_paper(supplier, project, kind=kind, title="", file=a_file())
    version = services.submit_design(supplier, settled(cast, services.make_design(supplier, house)))
    fired(supplier, project, "design")
    fired(bureau, project, "return_drawings", note="立管偏小")
    version.refresh_from_db()
    assert version.state == "returned"


def test_a_design_made_elsewhere_is_entered_whole_or_not_at_all(cast, house, first, tmp_path):
    supplier = cast[Role.HEAT_SUPPLIER]
    template = tmp_path / "design.xlsx"
    foreign_template_xlsx(queries.study_of(first).design, template)
    entered = services.enter_design(supplier, house, template)
    assert entered.version.origin == "entered"
    # Lengths stand in the template with two decimals.
    assert entered.version.cost_fen == pytest.approx(first.cost_fen, rel=0.001)
    damaged, register = tmp_path / "damaged.xlsx", tmp_path / "register.xlsx"
    damaged.write_bytes(b"no workbook")
    write_register(synthetic_city(1, 1), register)
    for no_design in (damaged, register):
        with pytest.raises(FenhuError):
            services.enter_design(supplier, house, no_design)
    assert DesignVersion.objects.count() == 2


def test_households_never_see_a_version(cast, first):
    assert not DesignVersion.objects.visible_to(cast[Role.HOUSEHOLD]).exists()
