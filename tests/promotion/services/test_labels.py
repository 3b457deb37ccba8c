"""Label packs: only while the certificate is valid, with the province's own mark."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from PIL import Image

from promotion.models import OfficialMark
from promotion.services import labels
from registry.domain.errors import RuleBroken
from registry.domain.roles import Role
from scoring.domain.decision_states import DecisionKind
from scoring.models import Certificate
from scoring.services.documents import verification_url
from tests.factories import cycle, registry, scoring
from tests.factories import inspections as visits
from tests.factories import promotion as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
NOW, TODAY = make.NOW, make.TODAY


@pytest.fixture
def held() -> Certificate:
    return make.certificate(registry.product(name="Chè Tân Cương"), stars=4)


def keep(held: Certificate, file: Any, *, stars: int = 4) -> OfficialMark:
    return labels.keep_mark(held.unit, stars=stars, file=file, by=visits.officer(held), at=NOW)


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def read_codes(picture: Image.Image) -> list[str]:
    """What another library than the one that drew them reads."""
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def test_pack_when_the_province_gave_its_mark_then_byte_for_byte(held: Certificate) -> None:
    mark = visits.picture("nhan hieu 4 sao.png")
    mark.seek(0)
    content = mark.read()
    keep(held, visits.picture("cu.png"), stars=3)
    keep(held, mark)

    with opened(labels.pack(held, on=TODAY)) as archive:
        assert sorted(archive.namelist()) == [
            "ma-qr.png",
            "ma-qr.svg",
            "nhan-hieu-4-sao.png",
            "the-ke.pdf",
            "thong-tin.txt",
        ]
        assert archive.read("nhan-hieu-4-sao.png") == content
        with Image.open(io.BytesIO(archive.read("ma-qr.png"))) as drawn:
            assert read_codes(drawn.convert("L")) == [verification_url(held.code)]
        words = archive.read("thong-tin.txt").decode()
    assert held.number in words
    assert "02/03/2029" in words


def test_pack_when_there_is_no_mark_then_a_placeholder_that_says_so(held: Certificate) -> None:
    with opened(labels.pack(held, on=TODAY)) as archive:
        placeholder = archive.read("o-giu-cho-khong-phai-nhan-hieu.svg").decode()
        words = archive.read("thong-tin.txt").decode()

    assert "Không phải nhãn hiệu OCOP" in placeholder
    assert "không được in" in words


def test_shelf_card_when_printed_then_its_code_leads_to_the_live_status(
    held: Certificate,
) -> None:
    page = pypdfium2.PdfDocument(labels.shelf_card(held, on=TODAY))[0]

    drawn = page.render(scale=3).to_pil()
    text = page.get_textpage().get_text_range()

    assert read_codes(drawn.convert("L")) == [verification_url(held.code)]
    assert "Chè Tân Cương" in text
    assert held.shown_code in text


@pytest.mark.parametrize("kind", [DecisionKind.SUSPEND, DecisionKind.REVOKE])
def test_pack_when_the_certificate_is_not_in_force_then_refused(
    held: Certificate, kind: DecisionKind
) -> None:
    with pytest.raises(RuleBroken, match="not_valid"):
        labels.pack(held, on=held.valid_until + timedelta(days=1))
    scoring.decided(held, kind)

    for made in (labels.pack, labels.shelf_card):
        with pytest.raises(RuleBroken, match="not_valid"):
            made(held, on=TODAY)


def test_mark_when_not_a_picture_or_not_of_the_office_then_refused(held: Certificate) -> None:
    with pytest.raises(RuleBroken):
        keep(held, ContentFile(b"<svg onload=alert(1)></svg>", "mark.png"))
    elsewhere = cycle.holder(Role.PROVINCIAL_OFFICER, registry.province("Tỉnh Lào Cai", "15"))
    for person in (elsewhere, cycle.holder(Role.AUTHORITY, held.unit)):
        with pytest.raises(PermissionDenied):
            labels.keep_mark(held.unit, stars=4, file=visits.picture(), by=person, at=NOW)
    assert not OfficialMark.objects.exists()


def test_mark_when_changed_in_the_store_then_not_handed_out(held: Certificate) -> None:
    mark = keep(held, visits.picture())
    OfficialMark.objects.filter(pk=mark.pk).update(sha256="0" * 64)

    with pytest.raises(RuleBroken, match="changed"):
        labels.pack(held, on=TODAY)
