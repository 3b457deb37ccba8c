"""Pages of the postings."""

from typing import Any

import pytest
from django.urls import reverse

from registry.domain.roles import Role
from registry.models import Posting
from tests.factories import registry as make
from tests.registry.views.test_subjects import signed_in

pytestmark = pytest.mark.django_db
MINH = "minh@ocop.example"


def test_administrator_finds_a_unit_and_gives_a_role() -> None:
    commune = make.commune()
    administrator = make.officer(Role.ADMINISTRATOR, make.province())
    minh = make.officer(Role.COMMUNE_OFFICER, make.commune("Xã Đại Phúc", "05512"), email=MINH)
    client = signed_in(administrator)
    url = reverse("registry:posting-create")
    facts = {"email": MINH, "role": "commune_officer", "starts_on": "2026-11-20"}

    looked = client.post(url, {**facts, "unit_q": "tan cuong", "_find": "unit"}).content.decode()
    given = client.post(url, {**facts, "unit": commune.pk})

    assert f'value="{commune.pk}"' in looked
    assert f'value="{MINH}"' in looked
    assert given["Location"] == reverse("registry:posting-list")
    assert Posting.objects.filter(user=minh, unit=commune).count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"role": "provincial_officer"}, "không giao ở cấp xã"),
        ({"unit": "elsewhere"}, "Bạn không được giao vai trò này ở đây"),
        ({"role": "administrator", "unit": "province"}, "administrator không"),
        ({"unit": ""}, "Hãy tìm và chọn đơn vị."),
    ],
)
def test_faulty_posting_is_told_at_its_field(changes: dict[str, Any], said: str) -> None:
    elsewhere = make.province("Tỉnh Lâm Đồng", "68")
    administrator = make.officer(Role.ADMINISTRATOR, make.province())
    facts: dict[str, Any] = {
        "email": MINH,
        "role": "commune_officer",
        "starts_on": "2026-11-20",
        "unit": make.commune().pk,
        **changes,
    }
    if facts["unit"] == "elsewhere":
        facts["unit"] = elsewhere.pk
    if facts["unit"] == "province":
        facts["unit"] = make.province().pk

    page = signed_in(administrator).post(reverse("registry:posting-create"), facts)

    assert said in page.content.decode()
    assert Posting.objects.count() == 1


def test_administrator_sees_and_ends_postings_of_the_own_area_only() -> None:
    administrator = make.officer(Role.ADMINISTRATOR, make.province())
    minh = make.officer(Role.COMMUNE_OFFICER, make.commune(), "Minh")
    far = make.officer(Role.PROVINCIAL_OFFICER, make.province("Tỉnh Lâm Đồng", "68"))
    make.subject()
    client = signed_in(administrator)

    listed = client.get(reverse("registry:posting-list")).context["rows"]
    ended = client.post(reverse("registry:posting-end", args=[Posting.objects.get(user=minh).pk]))
    hidden = client.post(reverse("registry:posting-end", args=[Posting.objects.get(user=far).pk]))

    assert {row.user for row in listed} == {administrator, minh}
    assert ended.status_code == 302
    assert hidden.status_code == 404
    assert Posting.objects.get(user=minh).ends_on is not None


def test_others_are_refused_with_the_reason() -> None:
    client = signed_in(make.officer(Role.COMMUNE_OFFICER, make.commune()))

    assert client.get(reverse("registry:posting-list")).status_code == 403
    assert client.get(reverse("registry:posting-create")).status_code == 403


@pytest.mark.usefixtures("register_alone")
@pytest.mark.parametrize("number", [1, 50])
def test_list_of_postings_costs_the_same_for_any_number(
    number: int, django_assert_num_queries: Any
) -> None:
    administrator = make.officer(Role.ADMINISTRATOR, make.country())
    for _each in range(number - 1):
        make.officer(Role.COMMUNE_OFFICER, make.commune())
    client = signed_in(administrator)
    client.get(reverse("registry:posting-list"))

    with django_assert_num_queries(6):
        page = client.get(reverse("registry:posting-list"))

    assert len(page.context["rows"]) == number
