"""Pages of the subjects: seen by whom, registered without JavaScript, nothing typed lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from registry.domain.eligibility import SubjectKind
from registry.domain.roles import Role
from registry.models import Invitation, Posting, Subject
from registry.services import subjects
from tests.factories import registry as make

pytestmark = pytest.mark.django_db


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def status(client: Client, url: str) -> int:
    """The status of a page, or of a file that was read to its end."""
    answer: Any = client.get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return int(answer.status_code)


def answers(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Hợp tác xã chè Tân Cương",
        "kind": "cooperative",
        "tax_code": "0100109106",
        "representative_name": "Nguyễn Thị Lan",
        "phone": "0208 385 6789",
        **changes,
    }


def test_commune_is_searched_and_nothing_typed_is_lost() -> None:
    commune = make.commune()
    client = signed_in(make.person("Lan"))

    page = client.post(
        reverse("registry:subject-create"),
        answers(commune_q="tan cuong", _find="commune"),
    )

    html = page.content.decode()
    assert page.status_code == 200
    assert f'value="{commune.pk}"' in html
    assert 'value="Hợp tác xã chè Tân Cương"' in html
    assert "Có chỗ cần sửa" not in html
    assert not Subject.objects.exists()


def test_former_communes_are_offered_and_one_must_be_answered() -> None:
    commune = make.commune()
    first = make.former_commune("Xã Tân Cương", "05503", successor=commune)
    make.former_commune("Xã Thịnh Đức", "05500", successor=commune)
    client = signed_in(make.person("Lan"))
    url = reverse("registry:subject-create")

    unanswered = client.post(url, answers(commune=commune.pk))
    answered = client.post(url, answers(commune=commune.pk, former_commune=first.pk))

    html = unanswered.content.decode()
    assert "Hãy chọn xã cũ" in html
    assert f'value="{first.pk}"' in html
    subject = Subject.objects.get()
    assert answered["Location"] == subject.get_absolute_url()
    assert subject.former_commune == first


def test_former_commune_may_be_left_for_later() -> None:
    commune = make.commune()
    make.former_commune(successor=commune)
    client = signed_in(make.person("Lan"))

    client.post(
        reverse("registry:subject-create"), answers(commune=commune.pk, former_commune="later")
    )

    assert Subject.objects.get().former_commune is None


def test_former_commune_of_elsewhere_is_refused() -> None:
    commune = make.commune()
    make.former_commune(successor=commune)
    elsewhere = make.former_commune("Xã Phúc Trìu", "05501")
    client = signed_in(make.person("Lan"))

    page = client.post(
        reverse("registry:subject-create"),
        answers(commune=commune.pk, former_commune=elsewhere.pk),
    )

    assert "không nhập vào xã đã chọn" in page.content.decode()
    assert not Subject.objects.exists()


def test_single_former_commune_is_offered_as_chosen() -> None:
    commune = make.commune()
    only = make.former_commune(successor=commune)
    client = signed_in(make.person())

    asked: dict[str, Any] = {
        "field": "former_commune",
        "of": "commune",
        "commune": commune.pk,
    }
    page = client.get(reverse("registry:former-communes"), asked)

    assert f'value="{only.pk}" checked' in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tax_code": "0100109107"}, "sai số kiểm tra"),
        ({"phone": "abc"}, "Số điện thoại gồm"),
        ({"name": "x" * 301}, "Tên chủ thể:"),
        ({"commune": "999999"}, "Xã, phường hiện nay:"),
        ({"commune": ""}, "Hãy tìm và chọn xã, phường."),
    ],
)
def test_faulty_answer_is_told_at_its_field(changes: dict[str, Any], said: str) -> None:
    commune = make.commune()
    client = signed_in(make.person())

    page = client.post(
        reverse("registry:subject-create"), answers(**{"commune": commune.pk, **changes})
    )

    assert said in page.content.decode()
    assert not Subject.objects.exists()


def test_stale_form_keeps_what_was_typed_and_passes_the_second_time() -> None:
    maker = make.subject(name="Hợp tác xã cũ")
    owner = make.owner_of(maker)
    client = signed_in(owner)
    url = reverse("registry:subject-edit", args=[maker.pk])
    typed = answers(
        name="Tên của Lan", tax_code=maker.tax_code, commune=maker.commune_id, version=1
    )
    subjects.update(
        maker,
        version=1,
        by=owner,
        at=make.NOW,
        name="Tên của người khác",
        kind=SubjectKind(maker.kind),
        tax_code=maker.tax_code,
        representative_name="Trần Văn Bình",
        phone=maker.phone,
        commune=maker.commune,
    )

    refused = client.post(url, typed)
    html = refused.content.decode()

    assert "đã có người sửa" in html
    assert 'value="Tên của Lan"' in html
    assert 'name="version" value="2"' in html
    assert dict(refused.context["stored"]) == {
        "Tên chủ thể": "Tên của người khác",
        "Người đại diện": "Trần Văn Bình",
    }
    assert client.post(url, {**typed, "version": 2}).status_code == 302
    maker.refresh_from_db()
    assert (maker.name, maker.version) == ("Tên của Lan", 3)


@pytest.mark.usefixtures("media")
def test_stranger_gets_not_found_on_everything_of_a_subject() -> None:
    maker = make.subject()
    product, paper = make.product(maker), make.paper(maker)
    membership = Posting.objects.get(subject=maker)
    urls = [
        maker.get_absolute_url(),
        reverse("registry:subject-edit", args=[maker.pk]),
        reverse("registry:member-create", args=[maker.pk]),
        reverse("registry:product-create", args=[maker.pk]),
        product.get_absolute_url(),
        reverse("registry:product-edit", args=[product.pk]),
        reverse("registry:evidence-list", args=[maker.pk]),
        reverse("registry:evidence-create", args=[maker.pk]),
        paper.get_absolute_url(),
        reverse("registry:evidence-file", args=[paper.pk]),
    ]
    posts = [
        reverse("registry:evidence-withdraw", args=[paper.pk]),
        reverse("registry:member-end", args=[maker.pk, membership.pk]),
    ]
    owner, stranger = signed_in(make.owner_of(maker)), signed_in(make.person("Tuấn"))

    assert [status(owner, url) for url in urls] == [200] * len(urls)
    assert [status(stranger, url) for url in urls] == [404] * len(urls)
    assert {stranger.post(url).status_code for url in posts} == {404}


def test_officer_reads_and_may_not_write() -> None:
    maker = make.subject()
    minh = make.officer(Role.COMMUNE_OFFICER, maker.commune, "Minh")
    client = signed_in(minh)

    assert client.get(maker.get_absolute_url()).status_code == 200
    assert client.get(reverse("registry:subject-edit", args=[maker.pk])).status_code == 403
    assert client.get(reverse("registry:product-create", args=[maker.pk])).status_code == 403
    assert client.get(reverse("registry:member-create", args=[maker.pk])).status_code == 403


def test_visitor_is_sent_to_the_login() -> None:
    page = Client().get(reverse("registry:subject-list"))

    assert page.status_code == 302
    assert page["Location"].startswith(reverse("accounts:login"))


def test_owner_invites_by_mail_address_and_does_not_learn_who_has_an_account() -> None:
    maker = make.subject()
    make.person("Hoa", email="hoa@ocop.example")
    client = signed_in(make.owner_of(maker))
    url = reverse("registry:member-create", args=[maker.pk])

    pages = [
        client.post(url, {"email": email, "role": "editor"}, follow=True).content.decode()
        for email in ("ai@ocop.example", "HOA@ocop.example")
    ]

    assert list(Invitation.objects.order_by("pk").values_list("email", flat=True)) == [
        "ai@ocop.example",
        "hoa@ocop.example",
    ]
    assert "Đã gửi thư mời tới hoa@ocop.example." in pages[1]
    assert "Hoa" not in pages[1]
    assert Posting.objects.filter(subject=maker).count() == 1


def test_owner_takes_a_role_back() -> None:
    maker = make.subject()
    friend = make.person("Hoa")
    posting = make.posting(friend, Role.EDITOR, maker)
    client = signed_in(make.owner_of(maker))

    client.post(reverse("registry:member-end", args=[maker.pk, posting.pk]))

    posting.refresh_from_db()
    assert posting.ends_on is not None


@pytest.mark.usefixtures("register_alone")
@pytest.mark.parametrize("number", [1, 50])
def test_list_of_subjects_costs_the_same_for_any_number(
    number: int, django_assert_num_queries: Any
) -> None:
    minh = make.officer(Role.COMMUNE_OFFICER, make.commune(), "Minh")
    owner = make.person()
    for _each in range(number):
        make.subject(owner)
    client = signed_in(minh)
    client.get(reverse("registry:subject-list"))

    with django_assert_num_queries(7):
        page = client.get(reverse("registry:subject-list"))

    assert len(page.context["rows"]) == number


def test_search_finds_without_marks_and_by_tax_code() -> None:
    minh = make.officer(Role.COMMUNE_OFFICER, make.commune(), "Minh")
    tea = make.subject(name="Trà Hảo Đạt")
    make.subject(name="Miến Việt Cường")
    client = signed_in(minh)

    by_name = client.get(reverse("registry:subject-list"), {"q": "HAO dat"})
    by_code = client.get(reverse("registry:subject-list"), {"q": tea.tax_code})

    assert [row.pk for row in by_name.context["rows"]] == [tea.pk]
    assert [row.pk for row in by_code.context["rows"]] == [tea.pk]


def test_producer_desk_leads_to_the_first_step_and_then_shows_the_subject() -> None:
    lan = make.person("Lan")
    client = signed_in(lan)
    empty = client.get(reverse("registry:desk")).content.decode()
    maker = make.subject(lan)
    make.product(maker, name="Chè đinh")

    full = client.get(reverse("registry:desk")).content.decode()

    assert "Bạn chưa có chủ thể nào" in empty
    assert maker.name in full
    assert "Chè đinh" in full


@pytest.mark.usefixtures("register_alone")
@pytest.mark.parametrize("number", [1, 50])
def test_desk_of_a_producer_costs_the_same_for_any_number_of_subjects_and_products(
    number: int, django_assert_num_queries: Any
) -> None:
    lan = make.person("Lan")
    for _each in range(number):
        make.product(make.subject(lan))
    client = signed_in(lan)
    client.get(reverse("registry:desk"))

    with django_assert_num_queries(6):
        page = client.get(reverse("registry:desk"))

    assert len(page.context["subjects"]) == number
