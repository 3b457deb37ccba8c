"""A paper opened in place: its pages as pictures, for those who may see it and nobody else."""

import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image
from pypdf import PdfWriter

from registry.models import Evidence
from tests.factories import registry as make
from tests.registry.views.test_subjects import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def two_pages() -> "ContentFile[bytes]":
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_blank_page(842, 595)
    out = io.BytesIO()
    writer.write(out)
    return ContentFile(out.getvalue(), name="hai-trang.pdf")


def photograph(mode: str = "RGB", kind: str = "jpeg") -> "ContentFile[bytes]":
    out = io.BytesIO()
    Image.new(mode, (1600, 1200), (120, 160, 80, 90)[: len(mode)]).save(out, kind)
    return ContentFile(out.getvalue(), name=f"anh.{kind}")


def paper(file: "ContentFile[bytes]") -> Evidence:
    return make.paper(file=file)


def addresses(evidence: Evidence) -> tuple[str, str]:
    return (
        reverse("registry:evidence-preview", args=[evidence.pk]),
        reverse("registry:evidence-page", args=[evidence.pk, 1]),
    )


def test_every_page_of_a_pdf_is_a_picture_of_a_bounded_size() -> None:
    evidence = paper(two_pages())
    client = signed_in(make.owner_of(evidence.subject))
    preview, first = addresses(evidence)

    part = client.get(preview, headers={"X-Part": "1"}).content.decode()
    picture = client.get(first)
    sizes = Image.open(io.BytesIO(picture.content)).size
    beyond = client.get(reverse("registry:evidence-page", args=[evidence.pk, 3]))

    assert part.count("<img") == 2
    assert "<html" not in part
    assert 'width="1000" height="1416"' in part
    assert sizes == (1000, 1416)
    assert picture["Cache-Control"] == "private, no-store"
    assert beyond.status_code == 404


@pytest.mark.parametrize(("mode", "kind"), [("RGB", "jpeg"), ("RGBA", "png")])
def test_a_photograph_is_made_smaller_and_loses_nothing_else(mode: str, kind: str) -> None:
    evidence = paper(photograph(mode, kind))
    client = signed_in(make.owner_of(evidence.subject))

    picture = client.get(addresses(evidence)[1])

    assert picture["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(picture.content)).size == (1000, 750)


def test_a_broken_file_is_told_and_not_an_error() -> None:
    evidence = paper(make.pdf())
    client = signed_in(make.owner_of(evidence.subject))
    preview, first = addresses(evidence)

    page = client.get(preview)

    assert page.status_code == 200
    assert "Không xem trước được" in page.content.decode()
    assert client.get(first).status_code == 409


def test_strangers_find_no_page() -> None:
    evidence = paper(two_pages())
    stranger = signed_in(make.owner_of(make.subject()))

    assert [stranger.get(address).status_code for address in addresses(evidence)] == [404, 404]
