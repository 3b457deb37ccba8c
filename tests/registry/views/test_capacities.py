"""Pages of figures, areas, villages and history: nothing typed lost, nothing shown too much."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from registry.domain.roles import Role
from registry.models import CraftVillage, MaterialArea, Subject, SubjectChange
from tests.factories import registry as make
from tests.registry.views.test_subjects import signed_in

pytestmark = pytest.mark.django_db


def test_owner_saves_figures_and_reads_them_on_the_page() -> None:
    subject = make.subject()
    village = make.craft_village(name="Làng chè Hồng Thái")
    client = signed_in(make.owner_of(subject))
    url = reverse("registry:capacity-edit", args=[subject.pk])

    form = client.get(url).content.decode()
    answer = client.post(
        url,
        {
            "version": 1,
            "workers": "20",
            "trained_workers": "5",
            "workers_year": "2025",
            "craft_village": village.pk,
            "has_circular_chain": "on",
            "circular_note": "Bã chè ủ phân",
        },
    )

    page = client.get(answer["Location"]).content.decode()
    assert "Làng chè Hồng Thái (Xã Tân Cương)" in form
    assert "20 (năm 2025)" in page
    assert "Bã chè ủ phân" in page


def test_refused_figures_stay_in_the_form() -> None:
    subject = make.subject()
    client = signed_in(make.owner_of(subject))

    page = client.post(
        reverse("registry:capacity-edit", args=[subject.pk]),
        {"version": 1, "workers": "5", "trained_workers": "9", "workers_year": "2025"},
    ).content.decode()

    assert "không thể nhiều hơn tổng số lao động" in page
    assert 'value="9"' in page


def test_stale_figures_stand_beside_what_was_typed() -> None:
    subject = make.subject()
    Subject.objects.filter(pk=subject.pk).update(version=2, workers=7)
    client = signed_in(make.owner_of(subject))

    page = client.post(
        reverse("registry:capacity-edit", args=[subject.pk]),
        {"version": 1, "workers": "5", "workers_year": "2025"},
    ).content.decode()

    assert "đã có người sửa" in page
    assert 'name="version" value="2"' in page
    assert "Đang lưu trên cổng" in page


def area(**changes: Any) -> dict[str, Any]:
    return {"name": "Đồi chè", "hectares": "2,5", "commune": make.commune().pk, **changes}


def test_area_is_entered_in_hectares_and_searched_without_scripts() -> None:
    subject = make.subject()
    client = signed_in(make.owner_of(subject))
    url = reverse("registry:material-area-create", args=[subject.pk])

    found = client.post(url, area(commune="", commune_q="tan cuong", _find="commune"))
    answer = client.post(url, area())

    assert 'value="Đồi chè"' in found.content.decode()
    assert MaterialArea.objects.get().area_m2 == 25_000
    assert answer["Location"] == subject.get_absolute_url()
    assert "2,5" in client.get(subject.get_absolute_url()).content.decode()


@pytest.mark.parametrize("size", ["0", "-1", "nhiều", "0,00001", "9999999999"])
def test_size_that_is_none_is_refused_and_kept(size: str) -> None:
    subject = make.subject()
    client = signed_in(make.owner_of(subject))

    page = client.post(
        reverse("registry:material-area-create", args=[subject.pk]), area(hectares=size)
    ).content.decode()

    assert "Có chỗ cần sửa" in page
    assert f'value="{size}"' in page
    assert not MaterialArea.objects.exists()


def test_area_is_changed_and_removed() -> None:
    row = make.material_area()
    client = signed_in(make.owner_of(row.subject))
    url = reverse("registry:material-area-edit", args=[row.pk])

    form = client.get(url).content.decode()
    client.post(url, area(version=1, hectares="3", certificate="organic"))
    stale = client.post(url, area(version=1, hectares="4")).content.decode()
    client.post(reverse("registry:material-area-remove", args=[row.pk]))

    row.refresh_from_db()
    assert 'value="2,5' in form
    assert (row.area_m2, row.certificate) == (30_000, "organic")
    assert "đã có người sửa" in stale
    assert client.get(url).status_code == 404


def test_officer_keeps_the_register_of_villages() -> None:
    commune = make.commune()
    elsewhere = make.commune("Xã Đồng Văn", "00721", make.province("Tỉnh Tuyên Quang", "08"))
    client = signed_in(make.officer(Role.PROVINCIAL_OFFICER, make.province()))
    create = reverse("registry:craft-village-create")

    refused = client.post(create, {"name": "Làng lanh", "commune": elsewhere.pk}).content.decode()
    client.post(create, {"name": "Làng chè", "commune": commune.pk})
    village = CraftVillage.objects.get()
    edit = reverse("registry:craft-village-edit", args=[village.pk])
    client.post(edit, {"version": 1, "name": "Làng chè Hồng Thái", "commune": commune.pk})

    assert "Chỉ cán bộ OCOP cấp tỉnh" in refused
    village.refresh_from_db()
    assert village.name == "Làng chè Hồng Thái"
    assert (
        "Làng chè Hồng Thái" in client.get(reverse("registry:craft-village-list")).content.decode()
    )


def test_producer_reads_the_register_of_villages_and_changes_nothing() -> None:
    village = make.craft_village()
    client = signed_in(make.owner_of(make.subject()))

    page = client.get(reverse("registry:craft-village-list")).content.decode()
    edit = client.get(reverse("registry:craft-village-edit", args=[village.pk]))

    assert village.name in page
    assert reverse("registry:craft-village-edit", args=[village.pk]) not in page
    assert edit.status_code == 403


@pytest.mark.usefixtures("register_alone")
@pytest.mark.parametrize("number", [1, 50])
def test_list_of_villages_costs_the_same_for_any_number(
    number: int, django_assert_num_queries: Any
) -> None:
    ha = make.officer(Role.PROVINCIAL_OFFICER, make.province())
    for _each in range(number):
        make.craft_village(by=ha)
    client = signed_in(ha)
    client.get(reverse("registry:craft-village-list"))

    with django_assert_num_queries(7):
        page = client.get(reverse("registry:craft-village-list"))

    assert len(page.context["rows"]) == number


@pytest.mark.usefixtures("register_alone")
@pytest.mark.parametrize("number", [1, 50])
def test_page_of_a_subject_costs_the_same_for_any_number_of_areas_and_changes(
    number: int, django_assert_num_queries: Any
) -> None:
    subject = make.subject()
    for _each in range(number):
        make.material_area(subject)
        SubjectChange.objects.create(
            subject=subject,
            field="name",
            before="a",
            after="b",
            changed_by=make.owner_of(subject),
            changed_at=make.NOW,
        )
    client = signed_in(make.owner_of(subject))
    client.get(subject.get_absolute_url())

    with django_assert_num_queries(12):
        client.get(subject.get_absolute_url())


@pytest.mark.usefixtures("media")
def test_change_of_owner_stands_on_the_page_with_its_day_and_paper() -> None:
    subject = make.subject()
    paper = make.paper(subject)
    client = signed_in(make.owner_of(subject))
    url = reverse("registry:subject-edit", args=[subject.pk])
    typed = {
        "version": 1,
        "name": subject.name,
        "kind": "sme",
        "tax_code": subject.tax_code,
        "representative_name": "Trần Văn Hùng",
        "phone": subject.phone,
        "commune": subject.commune_id,
        "document": paper.pk,
    }

    later = client.post(url, {**typed, "decided_on": "2999-01-01"}).content.decode()
    client.post(url, {**typed, "decided_on": "2026-10-01"})

    page = client.get(subject.get_absolute_url()).content.decode()
    assert "Ngày đổi không thể sau hôm nay" in later
    assert SubjectChange.objects.filter(decided_on=date(2026, 10, 1)).count() == 2
    assert "Từ 01/10/2026:" in page
    assert '<span class="muted">Hợp tác xã</span> → Doanh nghiệp nhỏ và vừa' in page
    assert paper.get_absolute_url() in page


@pytest.mark.usefixtures("media")
def test_paper_of_another_subject_is_not_offered() -> None:
    subject, strange = make.subject(), make.paper(title="Giấy của người khác")
    client = signed_in(make.owner_of(subject))

    page = client.get(reverse("registry:subject-edit", args=[subject.pk])).content.decode()

    assert strange.title not in page
