"""Pages of the papers: content checked on the way in, permission on the way out."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from registry import shields
from registry.domain.roles import Role
from registry.models import Evidence
from tests.factories import registry as make
from tests.registry.services.test_evidence import office
from tests.registry.views.test_subjects import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def upload(client: Client, pk: int, content: bytes, **changes: Any) -> Any:
    facts = {
        "title": "Giấy an toàn thực phẩm",
        "kind": "production_eligibility",
        "file": SimpleUploadedFile("giay.pdf", content),
        **changes,
    }
    return client.post(reverse("registry:evidence-create", args=[pk]), facts)


def test_paper_is_uploaded_and_listed() -> None:
    maker = make.subject()
    client = signed_in(make.owner_of(maker))

    answer = upload(client, maker.pk, make.pdf().read(), valid_until="2026-01-01")

    assert answer["Location"] == reverse("registry:evidence-list", args=[maker.pk])
    page = client.get(answer["Location"]).content.decode()
    assert "Giấy an toàn thực phẩm" in page
    assert "hết hạn" in page


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "không có nội dung"), (b"MZ" + b"\x00" * 90, "Chỉ nhận tệp PDF")]
)
def test_unfit_file_is_refused_at_its_field(content: bytes, said: str) -> None:
    maker = make.subject()
    client = signed_in(make.owner_of(maker))

    page = upload(client, maker.pk, content).content.decode()

    assert said in page
    assert 'value="Giấy an toàn thực phẩm"' in page
    assert not Evidence.objects.exists()


def test_pdf_opens_in_the_browser_and_an_office_file_is_saved() -> None:
    maker = make.subject()
    client = signed_in(make.owner_of(maker))
    pdf, sheet = make.paper(maker), make.paper(maker, file=office("xl/workbook.xml"))

    opened: Any = client.get(reverse("registry:evidence-file", args=[pdf.pk]))
    saved: Any = client.get(reverse("registry:evidence-file", args=[sheet.pk]))

    assert opened["Content-Type"] == "application/pdf"
    assert opened["Content-Disposition"].startswith("inline")
    assert saved["Content-Disposition"] == 'attachment; filename="so-lieu.xlsx"'
    assert opened["X-Content-Type-Options"] == "nosniff"
    assert opened["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in opened["Content-Security-Policy"]
    assert "sandbox" in saved["Content-Security-Policy"]
    assert b"".join(opened.streaming_content).startswith(b"%PDF")
    assert b"".join(saved.streaming_content).startswith(b"PK")


def test_a_picture_goes_out_shut_in_and_under_its_own_name() -> None:
    maker = make.subject()
    client = signed_in(make.owner_of(maker))
    picture = make.paper(maker, file=make.png("Ảnh 😀.png"))

    file: Any = client.get(reverse("registry:evidence-file", args=[picture.pk]))

    assert file["Content-Security-Policy"].endswith("sandbox")
    assert file["Content-Disposition"].startswith("inline; filename*=utf-8''%E1%BA%A2nh")
    assert b"".join(file.streaming_content).startswith(b"\x89PNG")
    assert "Chưa quét" in client.get(picture.get_absolute_url()).content.decode()


def test_a_paper_is_renewed_on_its_page() -> None:
    old = make.paper(valid_until=make.TODAY)
    client = signed_in(make.owner_of(old.subject))
    url = reverse("registry:evidence-renew", args=[old.pk])
    assert old.title in client.get(url).content.decode()

    empty = client.post(url, {"title": "Bản mới", "file": SimpleUploadedFile("a.pdf", b"")})
    file = SimpleUploadedFile("a.png", make.png().read())
    answer = client.post(url, {"title": "Bản mới", "valid_until": "2030-01-01", "file": file})

    assert "không có nội dung" in empty.content.decode()
    new = Evidence.objects.get(replaces=old)
    assert answer["Location"] == new.get_absolute_url()
    assert (
        reverse("registry:evidence-renew", args=[old.pk])
        not in client.get(old.get_absolute_url()).content.decode()
    )
    again = client.post(
        url, {"title": "Nữa", "file": SimpleUploadedFile("b.pdf", make.pdf().read())}
    )
    assert "bản mới nhất" in again.content.decode()


def test_a_file_above_the_limit_is_refused_with_its_size_and_the_rest_stays(settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    maker = make.subject()
    client = signed_in(make.owner_of(maker))

    page = upload(client, maker.pk, b"0" * (3 * 1024 * 1024 + 1)).content.decode()

    assert "Tệp nặng 4 MB; tối đa là 1 MB." in page
    assert 'data-max-bytes="1048576"' in page
    assert 'value="Giấy an toàn thực phẩm"' in page
    assert not Evidence.objects.exists()


def test_file_that_is_gone_is_not_found() -> None:
    paper = make.paper()
    paper.file.storage.delete(str(paper.file.name))
    client = signed_in(make.owner_of(paper.subject))

    assert client.get(reverse("registry:evidence-file", args=[paper.pk])).status_code == 404


def test_withdrawn_paper_leaves_the_list_and_can_still_be_read() -> None:
    paper = make.paper()
    client = signed_in(make.owner_of(paper.subject))

    client.post(reverse("registry:evidence-withdraw", args=[paper.pk]))

    listed = client.get(reverse("registry:evidence-list", args=[paper.subject_id]))
    assert list(listed.context["rows"]) == []
    assert client.get(paper.get_absolute_url()).status_code == 200


def test_shield_hides_a_paper_from_an_officer_who_would_see_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paper = make.paper()
    minh = make.officer(Role.COMMUNE_OFFICER, paper.subject.commune, "Minh")
    client = signed_in(minh)
    assert client.get(paper.get_absolute_url()).status_code == 200
    monkeypatch.setattr(shields, "_shields", {})

    def conflict(user: Any, on: date) -> Q:
        return Q(pk__in=[paper.pk]) if user == minh else shields.NOTHING

    shields.hide("registry.Evidence", conflict)

    assert client.get(paper.get_absolute_url()).status_code == 404
    assert client.get(reverse("registry:evidence-file", args=[paper.pk])).status_code == 404
    listed = client.get(reverse("registry:evidence-list", args=[paper.subject_id]))
    assert list(listed.context["rows"]) == []
    owner = signed_in(make.owner_of(paper.subject))
    assert owner.get(paper.get_absolute_url()).status_code == 200


@pytest.mark.usefixtures("register_alone")
@pytest.mark.parametrize("number", [1, 50])
def test_list_of_papers_costs_the_same_for_any_number(
    number: int, django_assert_num_queries: Any
) -> None:
    maker = make.subject()
    for _each in range(number):
        make.paper(maker)
    client = signed_in(make.owner_of(maker))
    url = reverse("registry:evidence-list", args=[maker.pk])
    client.get(url)

    with django_assert_num_queries(7):
        page = client.get(url)

    assert len(page.context["rows"]) == number
