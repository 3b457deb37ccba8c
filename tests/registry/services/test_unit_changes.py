"""Changes of administrative units; the world before each:

Tỉnh Thái Nguyên   Xã Tân Cương 05503 (HTX Tân Cương: chè móc câu) – once Xã Tân Cương, TP TN
                   Xã Đại Phúc  05830 (HTX Đại Phúc: chè đinh)
                   Xã La Bằng   05700
Tỉnh Tuyên Quang
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from registry import selectors, tasks
from registry.domain.errors import RuleBroken
from registry.domain.regime import Division
from registry.domain.roles import Role
from registry.domain.unit_changes import ChangeKind, Outcome
from registry.models import PlaceChange, Posting, Product, Subject, Unit, UnitChange, UnitName
from registry.selectors.unit_changes import concerned_by, touched_by
from registry.services import products, unit_changes, units
from registry.services.unit_changes import Plan
from tests.factories import registry as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
AT = make.NOW
ON = make.TODAY  # 20 November 2026
NEXT_YEAR = date(2027, 1, 1)
NIGHT = datetime(2026, 12, 31, 17, 5, tzinfo=UTC)  # five past midnight of 1 January in Vietnam


@pytest.fixture
def tan_cuong() -> Unit:
    here = make.commune()
    make.former_commune(successor=here)
    return here


@pytest.fixture
def dai_phuc() -> Unit:
    return make.commune("Xã Đại Phúc", "05830")


@pytest.fixture
def hook_tea(tan_cuong: Unit) -> Product:
    return make.product(make.subject(name="HTX Tân Cương", commune=tan_cuong), name="Chè móc câu")


@pytest.fixture
def merger(tan_cuong: Unit, dai_phuc: Unit) -> Plan:
    return Plan(
        kind=ChangeKind.MERGER,
        units=[tan_cuong, dai_phuc],
        outcomes=[Outcome("05999", "Xã Chè Xanh")],
        effective_on=ON,
        decision_number="1700/NQ-UBTVQH15",
        reason="Sắp xếp đơn vị hành chính cấp xã",
    )


def split_of(unit: Unit, on: date = ON) -> Plan:
    return Plan(
        kind=ChangeKind.SPLIT,
        units=[unit],
        outcomes=[Outcome("06001", "Xã Tân Cương Đông"), Outcome("06002", "Xã Tân Cương Tây")],
        effective_on=on,
        decision_number="1701/NQ-UBTVQH15",
        reason="Chia xã",
    )


def test_merger_when_its_day_has_come_then_ends_and_begins_units(
    merger: Plan, administrator: User
) -> None:
    change = unit_changes.record(merger, by=administrator, at=AT)

    heir = selectors.unit_at(Division.TWO_TIER, "05999")
    assert change.applied_at == AT
    assert (heir.name, heir.long_name) == ("Xã Chè Xanh", "Xã Chè Xanh, Tỉnh Thái Nguyên")
    assert (heir.path, heir.valid_from, heir.valid_to) == ("/2:19/05999/", ON, None)
    assert [(unit.name, unit.valid_to) for unit in change.units.order_by("code")] == [
        ("Xã Tân Cương", date(2026, 11, 19)),
        ("Xã Đại Phúc", date(2026, 11, 19)),
    ]
    assert [(unit.division, unit.name) for unit in selectors.predecessors_of(heir)] == [
        ("two_tier", "Xã Đại Phúc"),
        ("two_tier", "Xã Tân Cương"),
        ("three_tier", "Xã Tân Cương"),
    ]


def test_merger_when_applied_then_what_lies_there_goes_along_and_says_since_when(
    merger: Plan, hook_tea: Product, tan_cuong: Unit, administrator: User
) -> None:
    unit_changes.record(merger, by=administrator, at=AT)

    hook_tea.refresh_from_db()
    moved = PlaceChange.objects.get(product=hook_tea)
    assert hook_tea.commune.name == "Xã Chè Xanh"
    assert Subject.objects.get(pk=hook_tea.subject_id).commune == hook_tea.commune
    assert (moved.before, moved.after, moved.moved_on) == (tan_cuong, hook_tea.commune, ON)


def test_merger_into_one_of_them_when_it_keeps_its_code_then_that_unit_goes_on(
    merger: Plan, tan_cuong: Unit, dai_phuc: Unit, administrator: User
) -> None:
    into = replace(merger, outcomes=[Outcome("05503", "Phường Tân Cương")])

    unit_changes.record(into, by=administrator, at=AT)

    tan_cuong.refresh_from_db()
    dai_phuc.refresh_from_db()
    assert (tan_cuong.name, tan_cuong.kind, tan_cuong.valid_to) == (
        "Phường Tân Cương",
        "Phường",
        None,
    )
    assert dai_phuc.valid_to == date(2026, 11, 19)
    assert UnitName.objects.get(unit=tan_cuong).name == "Xã Tân Cương"


def test_change_of_a_day_to_come_when_its_legal_day_begins_then_the_task_applies_it(
    merger: Plan, hook_tea: Product, administrator: User
) -> None:
    planned = unit_changes.record(replace(merger, effective_on=NEXT_YEAR), by=administrator, at=AT)
    before = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)  # a minute to midnight

    assert planned.applied_at is None
    assert unit_changes.apply_due(at=before) == 0
    with time_machine.travel(NIGHT, tick=False):
        assert tasks.apply_unit_changes() == 1
        assert tasks.apply_unit_changes() == 0
    hook_tea.refresh_from_db()
    assert hook_tea.commune.valid_from == NEXT_YEAR
    assert Entry.objects.filter(kind="registry.unit_change.applied").count() == 1


def test_planned_change_when_withdrawn_then_nothing_happens_on_its_day(
    merger: Plan, administrator: User
) -> None:
    planned = unit_changes.record(replace(merger, effective_on=NEXT_YEAR), by=administrator, at=AT)

    unit_changes.withdraw(planned, by=administrator, at=AT)
    unit_changes.withdraw(planned, by=administrator, at=AT)

    assert unit_changes.apply_due(at=NIGHT) == 0
    assert Entry.objects.filter(kind="registry.unit_change.withdrawn").count() == 1


def test_applied_change_when_withdrawn_then_refused(merger: Plan, administrator: User) -> None:
    change = unit_changes.record(merger, by=administrator, at=AT)

    with pytest.raises(RuleBroken) as refusal:
        unit_changes.withdraw(change, by=administrator, at=AT)
    assert refusal.value.code == "unit_change.applied"


def test_officer_of_a_merged_commune_when_applied_then_goes_on_at_the_heir(
    merger: Plan, tan_cuong: Unit, administrator: User
) -> None:
    minh = make.officer(Role.COMMUNE_OFFICER, tan_cuong, "Minh")

    unit_changes.record(merger, by=administrator, at=AT)

    held = Posting.objects.filter(user=minh).order_by("pk")
    assert [(each.unit.code, each.starts_on, each.ends_on) for each in held if each.unit] == [
        ("05503", date(2026, 1, 1), None),  # for the dossiers that end under the old unit
        ("05999", ON, None),
    ]
    told = Entry.objects.get(kind="registry.posting.granted", facts__user=minh.pk)
    assert told.facts["place"] == "Xã Chè Xanh, Tỉnh Thái Nguyên"


def test_split_when_applied_then_products_wait_for_their_subject_s_word(
    hook_tea: Product, tan_cuong: Unit, administrator: User
) -> None:
    unit_changes.record(split_of(tan_cuong), by=administrator, at=AT)
    hook_tea.refresh_from_db()
    owner = make.owner_of(hook_tea.subject)
    east = selectors.unit_at(Division.TWO_TIER, "06001")
    sets = [row.product_set for row in hook_tea.classifications.all()]

    assert hook_tea.commune == tan_cuong
    with pytest.raises(RuleBroken) as refusal:
        products.update(
            hook_tea, version=1, product_sets=sets, by=owner, at=AT, name="Chè móc câu", summary="x"
        )
    products.update(
        hook_tea,
        version=1,
        product_sets=sets,
        by=owner,
        at=AT,
        name="Chè móc câu",
        commune=east,
        former_commune=None,
    )

    assert refusal.value.text == (
        "Xã Tân Cương đã kết thúc ngày 19/11/2026, nay thuộc: Xã Tân Cương Đông, "
        "Xã Tân Cương Tây. Hãy chọn đơn vị mới."
    )
    moved = PlaceChange.objects.get(product=hook_tea)
    assert (moved.before, moved.after, moved.moved_on) == (tan_cuong, east, ON)


def test_rename_when_applied_then_the_old_name_is_kept_with_its_last_day(
    tan_cuong: Unit, administrator: User
) -> None:
    plan = replace(
        split_of(tan_cuong), kind=ChangeKind.STATUS, outcomes=[Outcome("05503", "Phường Tân Cương")]
    )

    unit_changes.record(plan, by=administrator, at=AT)

    tan_cuong.refresh_from_db()
    former = UnitName.objects.get(unit=tan_cuong)
    assert (tan_cuong.name, tan_cuong.kind) == ("Phường Tân Cương", "Phường")
    assert (former.name, former.valid_from, former.valid_to) == (
        "Xã Tân Cương",
        date(2025, 7, 1),
        date(2026, 11, 19),
    )
    assert selectors.find_units("xa tan cuong", division=Division.TWO_TIER)[0] == tan_cuong


def test_province_when_renamed_then_its_communes_are_found_by_the_new_name(
    tan_cuong: Unit, administrator: User
) -> None:
    plan = replace(
        split_of(make.province()),
        kind=ChangeKind.RENAME,
        outcomes=[Outcome("19", "Thành phố Trà Xanh")],
    )

    unit_changes.record(plan, by=administrator, at=AT)

    found = selectors.find_units("tan cuong tra xanh", division=Division.TWO_TIER)
    assert [unit.code for unit in found] == ["05503"]


def test_transfer_when_applied_then_the_same_code_lies_in_the_other_province(
    hook_tea: Product, tan_cuong: Unit, administrator: User
) -> None:
    plan = replace(
        split_of(tan_cuong),
        kind=ChangeKind.TRANSFER,
        outcomes=[Outcome("05503", "Xã Tân Cương")],
        target=make.province("Tỉnh Tuyên Quang", "08"),
    )

    unit_changes.record(plan, by=administrator, at=AT)

    hook_tea.refresh_from_db()
    assert hook_tea.commune.path == "/2:08/05503/"
    assert selectors.unit_at(Division.TWO_TIER, "05503") == hook_tea.commune


def test_wrong_transfer_when_corrected_then_a_new_change_points_to_it(
    hook_tea: Product, tan_cuong: Unit, administrator: User
) -> None:
    there = replace(
        split_of(tan_cuong),
        kind=ChangeKind.TRANSFER,
        outcomes=[Outcome("05503", "Xã Tân Cương")],
        target=make.province("Tỉnh Tuyên Quang", "08"),
    )
    wrong = unit_changes.record(there, by=administrator, at=AT)
    hook_tea.refresh_from_db()
    back = replace(
        there, units=[hook_tea.commune], target=make.province(), corrects=wrong,
        effective_on=date(2026, 11, 21),
    )  # fmt: skip

    unit_changes.record(back, by=administrator, at=datetime(2026, 11, 21, 3, tzinfo=UTC))

    hook_tea.refresh_from_db()
    assert hook_tea.commune.path == "/2:19/05503~2/"
    assert [move.before.path for move in hook_tea.place_changes.all()] == [
        "/2:19/05503/",
        "/2:08/05503/",
    ]
    assert wrong.corrections.get().reason == "Chia xã"


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"effective_on": date(2025, 7, 1)}, "unit_change.too_early", "effective_on"),
        ({"outcomes": [Outcome("05700", "Xã Mới")]}, "unit_change.code_taken", "outcomes"),
        ({"outcomes": [Outcome("05999", "Xã La Bằng")]}, "unit_change.name_taken", "outcomes"),
        ({"outcomes": [Outcome("05999", "Chè Xanh")]}, "unit_change.name", "outcomes"),
        ({"outcomes": [Outcome("mới", "Xã Chè Xanh")]}, "unit_change.code", "outcomes"),
        ({"outcomes": []}, "unit_change.one_outcome", "outcomes"),
        ({"decision_number": "không số"}, "unit_change.decision", "decision_number"),
        ({"reason": " "}, "unit_change.reason", "reason"),
        ({"kind": ChangeKind.SPLIT}, "unit_change.one_unit", "units"),
    ],
)
def test_merger_when_it_cannot_be_then_refused_at_the_field(
    merger: Plan, administrator: User, change: dict[str, object], code: str, field: str
) -> None:
    make.commune("Xã La Bằng", "05700")

    with pytest.raises(RuleBroken) as refusal:
        unit_changes.record(replace(merger, **change), by=administrator, at=AT)  # type: ignore[arg-type] # named by the row

    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not UnitChange.objects.exists()


def test_merger_when_its_units_are_not_fit_then_refused(
    merger: Plan, tan_cuong: Unit, administrator: User
) -> None:
    away = make.commune("Xã Sơn Dương", "02536", make.province("Tỉnh Tuyên Quang", "08"))
    former = make.former_commune()
    faults = []

    for rows in ([tan_cuong], [tan_cuong, away], [former], [tan_cuong, tan_cuong]):
        with pytest.raises(RuleBroken) as refusal:
            unit_changes.record(replace(merger, units=rows), by=administrator, at=AT)
        faults.append(refusal.value.code)

    assert faults == [
        "unit_change.too_few",
        "unit_change.two_provinces",
        "unit_change.level",
        "unit_change.too_few",
    ]


def test_second_change_when_another_waits_or_the_unit_has_ended_then_refused(
    merger: Plan, tan_cuong: Unit, administrator: User
) -> None:
    planned = unit_changes.record(replace(merger, effective_on=NEXT_YEAR), by=administrator, at=AT)
    with pytest.raises(RuleBroken) as waits:
        unit_changes.record(split_of(tan_cuong), by=administrator, at=AT)
    unit_changes.withdraw(planned, by=administrator, at=AT)
    unit_changes.record(merger, by=administrator, at=AT)
    with pytest.raises(RuleBroken) as ended:
        unit_changes.record(split_of(tan_cuong), by=administrator, at=AT)

    assert waits.value.code == "unit_change.other_waits"
    assert ended.value.code == "unit_change.ended"  # so that no unit succeeds itself


def test_rename_when_it_changes_something_else_then_refused(
    tan_cuong: Unit, administrator: User
) -> None:
    faults = []
    for kind, outcome in (
        (ChangeKind.RENAME, Outcome("05503", "Xã Tân Cương")),
        (ChangeKind.RENAME, Outcome("05999", "Xã Khác")),
        (ChangeKind.STATUS, Outcome("05503", "Phường Khác")),
    ):
        plan = replace(split_of(tan_cuong), kind=kind, outcomes=[outcome])
        with pytest.raises(RuleBroken) as refusal:
            unit_changes.record(plan, by=administrator, at=AT)
        faults.append(refusal.value.code)

    assert faults == ["unit_change.no_change", "unit_change.code_stays", "unit_change.status"]


def test_transfer_when_nowhere_or_home_then_refused(tan_cuong: Unit, administrator: User) -> None:
    plan = replace(
        split_of(tan_cuong), kind=ChangeKind.TRANSFER, outcomes=[Outcome("05503", "Xã Tân Cương")]
    )
    faults = []
    for target in (None, make.province()):
        with pytest.raises(RuleBroken) as refusal:
            unit_changes.record(replace(plan, target=target), by=administrator, at=AT)
        faults.append(refusal.value.code)

    assert faults == ["unit_change.no_target", "unit_change.same_province"]


def test_correction_when_it_names_another_s_change_then_refused(
    merger: Plan, administrator: User
) -> None:
    other = make.commune("Xã La Bằng", "05700")
    change = unit_changes.record(merger, by=administrator, at=AT)

    with pytest.raises(RuleBroken) as refusal:
        unit_changes.record(replace(split_of(other), corrects=change), by=administrator, at=AT)
    assert refusal.value.code == "unit_change.corrects"


def test_change_when_asked_by_whom_it_does_not_concern_then_refused(
    merger: Plan, tan_cuong: Unit, provincial_officer: User
) -> None:
    keeper = make.officer(Role.ADMINISTRATOR, make.province())
    away = make.province("Tỉnh Tuyên Quang", "08")
    transfer = replace(
        split_of(tan_cuong),
        kind=ChangeKind.TRANSFER,
        outcomes=[Outcome("05503", "Xã Tân Cương")],
        target=away,
    )

    with pytest.raises(PermissionDenied):
        unit_changes.record(merger, by=provincial_officer, at=AT)
    with pytest.raises(PermissionDenied):
        unit_changes.record(transfer, by=keeper, at=AT)
    assert unit_changes.record(merger, by=keeper, at=AT).applied_at == AT


def test_preview_counts_what_lies_in_the_units(
    merger: Plan, hook_tea: Product, tan_cuong: Unit
) -> None:
    make.officer(Role.COMMUNE_OFFICER, tan_cuong)

    counts = {str(each.label): each.count for each in touched_by(merger.units, ON)}

    assert (counts["Sản phẩm"], counts["Chủ thể"], counts["Vai trò đang giao"]) == (1, 1, 1)
    assert counts["Lượt tham gia đang chạy"] == 0


def test_news_of_a_change_reaches_officers_and_producers_of_the_units(
    hook_tea: Product, tan_cuong: Unit, provincial_officer: User, stranger: User
) -> None:
    minh = make.officer(Role.COMMUNE_OFFICER, tan_cuong)
    owner = make.owner_of(hook_tea.subject)

    told = concerned_by([tan_cuong], ON)

    assert {minh, owner, provincial_officer} <= {*told}
    assert stranger not in told


def test_load_when_units_were_changed_by_hand_then_keeps_and_names_them(
    merger: Plan, administrator: User, tmp_path: Path
) -> None:
    (tmp_path / "two_tier.csv").write_text(
        "code,parent,name,latitude,longitude\n19,,Tỉnh Thái Nguyên,,\n"
        "05503,19,Xã Tân Cương,,\n05830,19,Xã Đại Phúc,,\n"
    )
    (tmp_path / "three_tier.csv").write_text("code,parent,name,latitude,longitude\n")
    (tmp_path / "renames.csv").write_text("division,code,on,name\n")
    (tmp_path / "succession.csv").write_text("old,new\n")
    units.load(tmp_path)
    unit_changes.record(merger, by=administrator, at=AT)

    first, second = units.load(tmp_path), units.load(tmp_path)

    assert (
        first["units"].kept
        == second["units"].kept
        == [
            "05503 Xã Tân Cương: valid_to",
            "05830 Xã Đại Phúc: valid_to",
        ]
    )
    assert (second["units"].created, second["units"].changed) == (0, 0)
    assert selectors.unit_at(Division.TWO_TIER, "05999").name == "Xã Chè Xanh"
    assert Unit.objects.get(path="/2:19/05503/").valid_to == date(2026, 11, 19)


def test_search_by_the_name_of_before_finds_the_heir_and_says_which(
    merger: Plan, administrator: User
) -> None:
    unit_changes.record(merger, by=administrator, at=AT)
    heir = selectors.unit_at(Division.TWO_TIER, "05999")

    for text in ("Đại Phúc", "dai phuc", "xa tan cuong thanh pho thai nguyen"):
        found = [unit for unit in selectors.find_units(text) if unit.valid_to is None]
        assert found == [heir], text
    assert selectors.names_of_before([heir], "tan cuong thanh pho thai nguyen") == {
        heir.pk: ["Xã Tân Cương, Thành phố Thái Nguyên"]
    }
