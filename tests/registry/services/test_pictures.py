"""What is kept of a sent photograph, and who may keep one."""

import io
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from PIL import Image

from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken
from registry.domain.pictures import Shift
from registry.models import Product, ProductPicture
from registry.selectors import pictures_of
from registry.services import pictures
from tests.factories import registry as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded, pytest.mark.usefixtures("media")]


def opened(picture: ProductPicture, size: str = "large") -> Image.Image:
    with getattr(picture, size).open("rb") as stored:
        image = Image.open(io.BytesIO(stored.read()))
    image.load()
    return image


def green(image: Image.Image, place: tuple[int, int]) -> bool:
    red, green, blue = image.convert("RGB").getpixel(place)  # type: ignore[misc] # three bands
    return bool(green > 90 and red < 60 and blue < 60)


def files_in(folder: Any) -> list[Path]:
    return [path for path in Path(folder).rglob("*") if path.is_file()]


def test_picture_is_made_anew_without_place_time_and_camera() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh của Lan"
    exif[0x8825] = {1: "N", 2: (21.0, 35.0, 0.0)}
    sent = make.photo(2000, 1500, exif=exif.tobytes(), comment=b"nha Lan")

    picture = make.picture(file=sent)

    large, small = opened(picture), opened(picture, "small")
    assert (large.format, large.size, small.size) == ("WEBP", (1600, 1200), (640, 480))
    assert dict(large.getexif()) == {}
    assert set(large.info) <= {"loop", "background", "timestamp", "duration"}
    with picture.large.open("rb") as stored:
        kept = stored.read()
    assert b"Lan" not in kept
    assert (picture.width, picture.height) == (1600, 1200)


def test_picture_that_says_it_lies_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right: the left half comes on top

    large = opened(make.picture(file=make.photo(800, 600, exif=exif.tobytes())))

    assert large.size == (600, 800)
    assert green(large, (300, 50))
    assert not green(large, (300, 750))


def test_transparent_picture_stands_on_white() -> None:
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")

    large = opened(make.picture(file=ContentFile(buffer.getvalue(), name="a.png")))

    assert large.convert("RGB").getpixel((200, 200)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_accepted_kinds_are_known_by_content_whatever_the_name_says(kind: str) -> None:
    assert make.picture(file=make.photo(kind=kind, name="anh.exe")).width == 800


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (ContentFile(b"", name="a.jpg"), "picture.empty"),
        (ContentFile(b"<svg onload='alert(1)'/>" * 40, name="a.jpg"), "picture.kind_of_file"),
        (ContentFile(b"GIF89a" + b"\0" * 400, name="a.jpg"), "picture.kind_of_file"),
        (ContentFile(make.photo().read()[:900], name="a.jpg"), "picture.kind_of_file"),
        (make.photo(200, 200), "picture.too_small"),
        (make.pdf("a.jpg"), "picture.kind_of_file"),
    ],
    ids=["empty", "svg", "gif", "cut short", "tiny", "pdf"],
)
def test_what_is_no_usable_picture_is_refused_and_nothing_is_kept(
    sent: "ContentFile[bytes]", code: str, settings: Any
) -> None:
    product = make.product()

    with pytest.raises(RuleBroken) as refusal:
        make.picture(product, file=sent)

    assert (refusal.value.code, refusal.value.field) == (code, "file")
    assert not ProductPicture.objects.exists()
    assert files_in(settings.MEDIA_ROOT) == []


def test_picture_of_too_many_points_is_refused_before_it_is_unpacked() -> None:
    buffer = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(buffer, "PNG")

    with pytest.raises(RuleBroken) as refusal:
        make.picture(file=ContentFile(buffer.getvalue(), name="a.png"))

    assert refusal.value.code in {"picture.too_many_pixels", "picture.kind_of_file"}


def test_words_are_asked_for_and_kept_composed() -> None:
    product = make.product()

    with pytest.raises(RuleBroken) as refusal:
        make.picture(product, alt="  ")
    picture = make.picture(product, alt=unicodedata.normalize("NFD", "Chè đinh Tân Cương "))

    assert refusal.value.field == "alt"
    assert picture.alt == "Chè đinh Tân Cương"


def test_ninth_picture_is_refused_also_when_two_are_sent_at_once(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    product = make.product()
    for _each in range(7):
        make.picture(product)
    really = pictures._keep

    def keep_late(picture: ProductPicture, **facts: Any) -> ProductPicture:
        monkeypatch.setattr(pictures, "_keep", really)
        make.picture(product)  # the other request was faster
        return really(picture, **facts)

    monkeypatch.setattr(pictures, "_keep", keep_late)
    with pytest.raises(RuleBroken) as refusal:
        make.picture(product)

    assert refusal.value.code == "picture.too_many"
    assert ProductPicture.objects.count() == 8
    assert len(files_in(settings.MEDIA_ROOT)) == 16


def test_pictures_are_ordered_and_close_up_and_the_journal_knows(
    django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    product = make.product()
    first, second, third = (make.picture(product, alt=f"Ảnh {n}") for n in (1, 2, 3))
    owner = make.owner_of(product.subject)

    pictures.shift(third, Shift.EARLIER, by=owner, at=make.NOW)
    with django_capture_on_commit_callbacks(execute=True):
        pictures.remove(first, by=owner, at=make.NOW)
    pictures.word(second, alt="Ảnh hai", by=owner, at=make.NOW)

    kept = list(pictures_of(product).values_list("alt", "position"))
    assert kept == [("Ảnh 3", 1), ("Ảnh hai", 2)]
    assert len(files_in(settings.MEDIA_ROOT)) == 4
    kinds = Entry.objects.filter(kind__startswith="registry.product.picture").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == [
        *["registry.product.picture_added"] * 3,
        "registry.product.pictures_ordered",
        "registry.product.picture_removed",
        "registry.product.picture_worded",
    ]


def test_officer_and_stranger_may_not_touch_pictures() -> None:
    picture = make.picture()
    product: Product = picture.product
    for user in (make.person("Tuấn"), make.person(is_superuser=True)):
        with pytest.raises(PermissionDenied):
            make.picture(product, by=user)
        with pytest.raises(PermissionDenied):
            pictures.remove(picture, by=user, at=make.NOW)

    assert ProductPicture.objects.count() == 1
