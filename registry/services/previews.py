"""Pictures of a paper's pages: a tablet without a PDF viewer shows them beside a criterion.

Nothing is kept: a picture is made when somebody who may see the paper asks for it. Every size is
bounded, whatever a file claims of itself.
"""

import io
import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from registry.domain.documents import FileKind
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from registry.models import Evidence

WIDTH = 1000
HIGHEST = 3000
MOST_PAGES = 60
MOST_PIXELS = 100_000_000  # of a photograph before it is made smaller
_PHOTOS = (FileKind.JPEG, FileKind.PNG)
# The library may be used by one thread at a time.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class PageSize:
    """A page with the size of its picture in pixels, so that its place is kept while it loads."""

    number: int
    width: int
    height: int


def pages_of(evidence: Evidence) -> list[PageSize]:
    """The pages that can be shown; none for office files. A broken file is refused."""
    if evidence.file_kind in _PHOTOS:
        with _photo(evidence) as photo:
            return [_photo_size(photo)]
    if evidence.file_kind is not FileKind.PDF:
        return []
    with _document(evidence) as document:
        return [_page_size(document, number) for number in range(_shown(document))]


def picture_of(evidence: Evidence, number: int) -> bytes | None:
    """One page as JPEG, numbered from 1; None where there is no such page. Broken: refused."""
    if evidence.file_kind in _PHOTOS:
        with _photo(evidence) as photo:
            return _smaller(photo) if number == 1 else None
    if evidence.file_kind is not FileKind.PDF:
        return None
    with _document(evidence) as document:
        return _drawn(document, number - 1) if 1 <= number <= _shown(document) else None


def _unreadable() -> RuleBroken:
    return RuleBroken(
        "evidence.no_preview", term("Không xem trước được tệp này. Hãy mở tệp để xem.")
    )


@contextmanager
def _document(evidence: Evidence) -> Iterator["pypdfium2.PdfDocument"]:
    with evidence.file.open("rb") as stored:
        content = stored.read()
    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise _unreadable() from error
        try:
            yield document
        except pypdfium2.PdfiumError as error:
            raise _unreadable() from error
        finally:
            document.close()


def _shown(document: "pypdfium2.PdfDocument") -> int:
    return min(len(document), MOST_PAGES)


def _page_size(document: "pypdfium2.PdfDocument", index: int) -> PageSize:
    scale = _scale(*document.get_page_size(index))
    width, height = document.get_page_size(index)
    return PageSize(index + 1, math.ceil(width * scale), math.ceil(height * scale))


def _scale(width: float, height: float) -> float:
    return min(WIDTH / max(width, 1), HIGHEST / max(height, 1))


def _drawn(document: "pypdfium2.PdfDocument", index: int) -> bytes:
    page = document[index]
    try:
        drawn = page.render(scale=_scale(*page.get_size())).to_pil()
    finally:
        page.close()
    return _jpeg(drawn)


@contextmanager
def _photo(evidence: Evidence) -> Iterator[Image.Image]:
    try:
        with evidence.file.open("rb") as stored, Image.open(stored) as photo:
            if photo.width * photo.height > MOST_PIXELS:
                raise _unreadable()
            yield photo
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise _unreadable() from error


def _photo_size(photo: Image.Image) -> PageSize:
    width, height = photo.size
    if photo.getexif().get(0x0112, 1) >= 5:  # noqa: PLR2004 - EXIF: the camera was held upright
        width, height = height, width
    scale = min(_scale(width, height), 1)
    return PageSize(1, max(1, round(width * scale)), max(1, round(height * scale)))


def _smaller(photo: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(photo)
    upright.thumbnail((WIDTH, HIGHEST))
    return _jpeg(upright)


def _jpeg(picture: Image.Image) -> bytes:
    """On white paper, without what a camera noted about place and time."""
    out = io.BytesIO()
    if picture.mode in {"RGBA", "LA", "P", "PA"}:
        layer = picture.convert("RGBA")
        picture = Image.new("RGB", layer.size, "white")
        picture.paste(layer, mask=layer.getchannel("A"))
    picture.convert("RGB").save(out, "JPEG", quality=82)
    return out.getvalue()
