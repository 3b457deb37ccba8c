"""Pages of the people of an area."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from registry.domain.roles import Role
from registry.services import postings
from tests.factories import registry as make
from tests.registry.views.test_subjects import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> User:
    return make.officer(Role.ADMINISTRATOR, make.province(), "Hạnh")


def names(page: Any) -> set[str]:
    return {person.full_name for person in page.context["rows"]}


def test_an_office_sees_the_people_of_its_area_and_nobody_else(head: User) -> None:
    minh = make.officer(Role.COMMUNE_OFFICER, make.commune(), "Minh")
    make.officer(Role.PROVINCIAL_OFFICER, make.province("Tỉnh Lâm Đồng", "68"), "Xa")
    lan = make.owner_of(make.subject(commune=make.commune()))
    url = reverse("registry:person-list")

    assert names(signed_in(head).get(url)) == {"Hạnh", "Minh", lan.full_name}
    assert names(signed_in(minh).get(url)) == {"Minh", lan.full_name}
    assert signed_in(lan).get(url).status_code == 403


def test_somebody_elsewhere_is_not_there(head: User) -> None:
    far = make.officer(Role.PROVINCIAL_OFFICER, make.province("Tỉnh Lâm Đồng", "68"))
    browser = signed_in(head)

    for name in ("detail", "deactivate", "reactivate"):
        assert browser.get(reverse(f"registry:person-{name}", args=[far.pk])).status_code == 404
    assert browser.post(reverse("registry:person-unlock", args=[far.pk])).status_code == 404
    assert browser.get(reverse("registry:duty-list", args=[far.pk])).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=minh", {"Minh"}),
        ("q=hanh", {"Hạnh"}),
        ("q=dong", {"Đóng"}),
        ("role=administrator", {"Hạnh"}),
        ("place=tan cuong", {"Minh", "Cũ"}),
        ("state=ended", {"Cũ"}),
        ("state=closed", {"Đóng"}),
        ("state=active", {"Hạnh", "Minh"}),
        ("seen=30", {"Hạnh", "Minh"}),
        ("state=never", {"Cũ", "Đóng"}),
        ("seen=-90", {"Cũ", "Đóng"}),
    ],
)
def test_the_list_is_filtered(head: User, query: str, found: set[str]) -> None:
    now = timezone.now()
    minh = make.officer(Role.COMMUNE_OFFICER, make.commune(), "Minh", email="minh@ocop.example")
    User.objects.filter(pk=minh.pk).update(last_login=now - timedelta(days=3))
    gone = make.officer(Role.COMMUNE_OFFICER, make.commune(), "Cũ")
    gone.postings.update(starts_on="2025-01-01", ends_on="2025-06-01")
    closed = make.officer(Role.PROVINCIAL_OFFICER, make.province(), "Đóng")
    User.objects.filter(pk=closed.pk).update(is_active=False, closed_at=now)

    page = signed_in(head).get(f"{reverse('registry:person-list')}?{query}")

    assert names(page) - {"Đóng"} == found - {"Đóng"}
    assert ("Đóng" in names(page)) == ("Đóng" in found)


def test_the_list_is_a_file_too(head: User) -> None:
    make.officer(Role.COMMUNE_OFFICER, make.commune(), "=Minh")

    answer = signed_in(head).get(f"{reverse('registry:person-list')}?xuat=csv")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined] # streams

    assert "'=Minh" in text
    assert "Cán bộ cấp xã, Xã Tân Cương, Tỉnh Thái Nguyên" in text


def test_a_person_is_shown_with_roles_givers_and_history(head: User) -> None:
    minh = make.person("Minh")
    postings.grant(
        minh,
        role=Role.COMMUNE_OFFICER,
        unit=make.commune(),
        starts_on=make.TODAY,
        by=head,
        at=make.NOW,
    )
    make.posting(
        minh, Role.COMMUNE_OFFICER, make.commune("Xã Xa", "00009", make.province("Tỉnh Xa", "68"))
    )

    page = signed_in(head).get(reverse("registry:person-detail", args=[minh.pk]))
    text = page.content.decode()

    assert [(row["giver"], str(row["posting"].unit)) for row in page.context["rows"]] == [
        ("Hạnh", str(make.commune()))
    ]
    assert "Vai trò được giao" in text
    assert "Xã Xa" not in text
    assert not page.context["may_close"]


def test_a_lock_is_shown_and_taken_away(head: User) -> None:
    minh = make.officer(Role.COMMUNE_OFFICER, make.commune(), "Minh")
    AccessAttempt.objects.create(
        username=minh.email,
        ip_address="192.0.2.1",
        user_agent="x",
        failures_since_start=settings.AXES_FAILURE_LIMIT,
    )
    browser = signed_in(head)
    url = reverse("registry:person-detail", args=[minh.pk])

    locked = browser.get(url).context["locked_until"]
    browser.post(reverse("registry:person-unlock", args=[minh.pk]))

    assert locked is not None
    assert browser.get(url).context["locked_until"] is None
    assert Entry.objects.filter(kind="registry.person.unlocked", subject_id=minh.pk).exists()


def test_an_account_is_closed_and_opened_on_its_page(head: User) -> None:
    minh = make.officer(Role.COMMUNE_OFFICER, make.commune(), "Minh")
    browser = signed_in(head)

    asked = browser.post(reverse("registry:person-deactivate", args=[minh.pk]), {"reason": ""})
    browser.post(reverse("registry:person-deactivate", args=[minh.pk]), {"reason": "Nghỉ hưu"})
    minh.refresh_from_db()
    closed = minh.closed_at
    browser.post(reverse("registry:person-reactivate", args=[minh.pk]), {"reason": "Nhầm"})
    minh.refresh_from_db()
    history = browser.get(reverse("registry:person-detail", args=[minh.pk])).content.decode()

    assert "reason" in asked.context["form"].errors
    assert closed is not None
    assert minh.is_active
    assert "Nghỉ hưu" in history


def test_a_reader_of_the_list_may_not_act(head: User) -> None:
    minh = make.officer(Role.COMMUNE_OFFICER, make.commune(), "Minh")
    other = make.officer(Role.COMMUNE_OFFICER, make.commune(), "Mơ")

    answer = signed_in(minh).post(
        reverse("registry:person-deactivate", args=[other.pk]), {"reason": "x"}
    )

    assert answer.status_code == 403
    assert signed_in(minh).get(reverse("registry:office-invitation-list")).status_code == 403
    assert signed_in(head).get(reverse("registry:office-invitation-list")).status_code == 200


@pytest.mark.usefixtures("register_alone")
@pytest.mark.parametrize("number", [1, 50])
def test_list_of_people_costs_the_same_for_any_number(
    number: int, django_assert_num_queries: Any
) -> None:
    head = make.officer(Role.ADMINISTRATOR, make.country())
    for _each in range(number - 1):
        make.officer(Role.COMMUNE_OFFICER, make.commune())
    client = signed_in(head)
    client.get(reverse("registry:person-list"))

    with django_assert_num_queries(8):
        page = client.get(reverse("registry:person-list"))

    assert len(page.context["rows"]) == number


@pytest.mark.usefixtures("register_alone")
@pytest.mark.parametrize("number", [1, 50])
def test_list_of_invitations_costs_the_same_for_any_number(
    number: int, django_assert_num_queries: Any
) -> None:
    head = make.officer(Role.ADMINISTRATOR, make.country())
    for each in range(number):
        make.office_invitation(f"moi{each}@ocop.example", by=head)
    client = signed_in(head)
    client.get(reverse("registry:office-invitation-list"))

    with django_assert_num_queries(6):
        page = client.get(reverse("registry:office-invitation-list"))

    assert len(page.context["rows"]) == number
