"""Figures, craft villages, material areas and the history of a subject: the only doors."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ocop_portal.journal.models import Entry
from registry import selectors
from registry.domain.capacity import AreaCertificate
from registry.domain.eligibility import SubjectKind
from registry.domain.errors import RuleBroken, Stale
from registry.domain.roles import Role
from registry.models import CraftVillage, MaterialArea, Subject, SubjectChange
from registry.services import capacities, craft_villages, evidence, material_areas, subjects
from tests.factories import registry as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def figures(**changes: Any) -> dict[str, Any]:
    return {
        "workers": 20,
        "trained_workers": 5,
        "workers_year": 2026,
        "craft_village": None,
        "has_circular_chain": True,
        "circular_note": "Bã chè ủ phân bón",
        **changes,
    }


def save(subject: Subject, version: int = 1, **changes: Any) -> Subject:
    by = changes.pop("by", None) or make.owner_of(subject)
    return capacities.save(subject, version=version, by=by, at=make.NOW, **figures(**changes))


def test_saved_figures_are_kept_with_their_year() -> None:
    subject = make.subject()
    village = make.craft_village()

    saved = save(subject, craft_village=village)

    assert (saved.workers, saved.trained_workers, saved.workers_year) == (20, 5, 2026)
    assert (saved.craft_village, saved.version) == (village, 2)
    assert Entry.objects.filter(kind="registry.subject.capacity_saved").count() == 1


def test_saving_the_same_figures_again_changes_nothing() -> None:
    subject = save(make.subject())

    again = save(subject, version=2)

    assert again.version == 2
    assert Entry.objects.filter(kind="registry.subject.capacity_saved").count() == 1


def test_village_of_another_province_is_refused() -> None:
    elsewhere = make.commune("Xã Đồng Văn", "00721", make.province("Tỉnh Tuyên Quang", "08"))

    with pytest.raises(RuleBroken) as refusal:
        save(make.subject(), craft_village=make.craft_village(elsewhere))

    assert refusal.value.field == "craft_village"


def test_figures_of_an_older_version_are_refused() -> None:
    subject = save(make.subject())

    with pytest.raises(Stale):
        save(subject, version=1, workers=30)


def test_stranger_saves_no_figures() -> None:
    with pytest.raises(PermissionDenied):
        save(make.subject(), by=make.person("Tuấn"))


def test_database_refuses_more_trained_workers_than_workers() -> None:
    subject = make.subject()

    with pytest.raises(IntegrityError), transaction.atomic():
        Subject.objects.filter(pk=subject.pk).update(workers=1, trained_workers=2)


def test_village_is_kept_by_officers_of_its_province_alone() -> None:
    commune = make.commune()
    minh = make.officer(Role.COMMUNE_OFFICER, commune)
    elsewhere = make.officer(Role.PROVINCIAL_OFFICER, make.province("Tỉnh Tuyên Quang", "08"))

    for person in (minh, elsewhere):
        with pytest.raises(PermissionDenied):
            make.craft_village(commune, by=person)

    assert make.craft_village(commune).pk


def test_village_does_not_wander_into_another_province() -> None:
    village = make.craft_village()
    keeper = make.officer(Role.PROVINCIAL_OFFICER, make.province())
    elsewhere = make.commune("Xã Đồng Văn", "00721", make.province("Tỉnh Tuyên Quang", "08"))

    with pytest.raises(PermissionDenied):
        craft_villages.update(
            village, version=1, name="Làng chè", commune=elsewhere, by=keeper, at=make.NOW
        )


def test_village_is_changed_once_for_each_version() -> None:
    village = make.craft_village()
    facts: dict[str, Any] = {"name": "Làng chè Hồng Thái", "commune": village.commune}
    facts |= {"by": make.officer(Role.PROVINCIAL_OFFICER, make.province()), "at": make.NOW}

    changed = craft_villages.update(village, version=1, is_traditional=True, **facts)

    assert (changed.name, changed.is_traditional, changed.version) == (facts["name"], True, 2)
    with pytest.raises(Stale):
        craft_villages.update(village, version=1, **facts)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": "LÀNG  CHÈ"}, "name"), ({"recognised_on": date(2027, 1, 1)}, "recognised_on")],
)
def test_village_with_a_fault_is_refused(changes: dict[str, Any], field: str) -> None:
    make.craft_village(name="Làng chè")

    with pytest.raises(RuleBroken) as refusal:
        make.craft_village(**changes)

    assert refusal.value.field == field
    assert CraftVillage.objects.count() == 1


def test_area_is_kept_in_square_metres_with_its_code() -> None:
    area = make.material_area(code=" vn-tn-001 ", certificate=AreaCertificate.VIETGAP)

    assert (area.area_m2, area.code, area.certificate) == (25_000, "VN-TN-001", "vietgap")


def test_area_without_a_size_is_refused() -> None:
    with pytest.raises(RuleBroken) as refusal:
        make.material_area(area_m2=0)

    assert refusal.value.code == "material_area.size"


def test_code_is_listed_once_until_its_area_is_removed() -> None:
    subject = make.subject()
    area = make.material_area(subject, code="VN-TN-001")

    with pytest.raises(RuleBroken) as refusal:
        make.material_area(subject, code="vn-tn-001")
    material_areas.remove(area, by=make.owner_of(subject), at=make.NOW)

    assert refusal.value.field == "code"
    assert make.material_area(subject, code="VN-TN-001").pk


def test_removed_area_stays_and_is_removed_once() -> None:
    subject = make.subject()
    area = make.material_area(subject)
    lan = make.owner_of(subject)

    material_areas.remove(area, by=lan, at=make.NOW)
    material_areas.remove(area, by=lan, at=make.NOW + timedelta(days=1))

    assert MaterialArea.objects.get().removed_at == make.NOW
    assert list(selectors.material_areas_of(subject)) == []
    assert Entry.objects.filter(kind="registry.material_area.removed").count() == 1


def test_area_changed_meanwhile_is_refused_as_stale() -> None:
    area = make.material_area()
    lan = make.owner_of(area.subject)
    facts: dict[str, Any] = {"name": "Đồi chè", "commune": area.commune, "area_m2": 900}

    changed = material_areas.update(area, version=1, by=lan, at=make.NOW, **facts)

    assert (changed.area_m2, changed.version) == (900, 2)
    with pytest.raises(Stale):
        material_areas.update(area, version=1, by=lan, at=make.NOW, **facts)


def renamed(subject: Subject, **changes: Any) -> Subject:
    facts: dict[str, Any] = {
        "name": subject.name,
        "kind": SubjectKind(subject.kind),
        "representative_name": subject.representative_name,
        "phone": subject.phone,
        "tax_code": subject.tax_code,
        "commune": subject.commune,
        **changes,
    }
    by = make.owner_of(subject)
    return subjects.update(subject, version=subject.version, by=by, at=make.NOW, **facts)


@pytest.mark.usefixtures("media")
def test_change_of_form_and_representative_keeps_what_was_before() -> None:
    subject = make.subject(kind=SubjectKind.HOUSEHOLD)
    product = make.product(subject)
    paper = make.paper(subject)

    changed = renamed(
        subject,
        kind=SubjectKind.COOPERATIVE,
        representative_name="Trần Văn Hùng",
        decided_on=date(2026, 10, 1),
        document=paper,
    )

    rows = SubjectChange.objects.order_by("field").values_list("field", "before", "after")
    assert list(rows) == [
        ("kind", "household", "cooperative"),
        ("representative_name", "Nguyễn Thị Lan", "Trần Văn Hùng"),
    ]
    row = SubjectChange.objects.earliest("pk")
    assert (row.decided_on, row.document) == (date(2026, 10, 1), paper)
    product.refresh_from_db()
    assert (product.subject_id, changed.pk) == (subject.pk, subject.pk)


def test_change_of_a_telephone_is_no_history() -> None:
    renamed(make.subject(), phone="0912 345 678")

    assert not SubjectChange.objects.exists()


@pytest.mark.usefixtures("media")
def test_change_by_a_strange_or_withdrawn_paper_or_from_a_day_to_come_is_refused() -> None:
    subject = make.subject()
    own = make.paper(subject)
    evidence.withdraw(own, by=make.owner_of(subject), at=make.NOW)
    own.refresh_from_db()

    for reason in (
        {"document": make.paper()},
        {"document": own},
        {"decided_on": make.TODAY + timedelta(days=1)},
    ):
        with pytest.raises(RuleBroken):
            renamed(subject, name="Hợp tác xã khác", **reason)

    assert not SubjectChange.objects.exists()
