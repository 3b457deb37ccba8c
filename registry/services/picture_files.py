"""Makes what is kept of a photograph: read, turned upright, made smaller, written anew.

Nothing of the sent file survives but what is seen: place, time, camera and every hidden part go.
"""

import io
from dataclasses import dataclass
from typing import Any

import puremagic
from django.core.files.base import File
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from registry.domain.pictures import PictureSize, check_bytes, check_dimensions, not_a_picture

HEAD_BYTES = 4096
FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".jfif": "JPEG", ".png": "PNG", ".webp": "WEBP"}
QUALITY = 82
PAPER = "white"  # what shows through where a picture is transparent


@dataclass(frozen=True)
class Made:
    """The two sizes of one picture, and how large the larger is."""

    large: bytes
    small: bytes
    width: int
    height: int


def make(file: "File[Any]") -> Made:
    """Both sizes as WebP; refused is whatever is no JPEG, PNG or WebP by its content."""
    check_bytes(file.size or 0)
    picture = _upright(_opened(file))
    large = _fitted(picture, PictureSize.LARGE)
    return Made(
        large=_written(large),
        small=_written(_fitted(large, PictureSize.SMALL)),
        width=large.width,
        height=large.height,
    )


def _opened(file: "File[Any]") -> Image.Image:
    """The picture, its pixels not read yet: its size is judged first."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    try:
        kind = FORMATS[puremagic.from_string(head).lower()]
        picture = Image.open(file, formats=[kind])
    except (KeyError, puremagic.PureError, ValueError, OSError, UnidentifiedImageError):
        raise not_a_picture() from None
    except Image.DecompressionBombError:
        raise not_a_picture() from None
    check_dimensions(picture.width, picture.height)
    return picture


def _upright(picture: Image.Image) -> Image.Image:
    """As it is meant to be seen: decoded, turned by its own note, in the colours of the web."""
    longest = PictureSize.LARGE.longest_side
    picture.draft("RGB", (longest, longest))  # a JPEG is decoded smaller, which is much faster
    try:
        picture.load()
        turned = ImageOps.exif_transpose(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise not_a_picture() from None
    return _in_web_colours(_on_paper(turned))


def _on_paper(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, PAPER)
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _in_web_colours(picture: Image.Image) -> Image.Image:
    """A phone's wide colours brought to sRGB; a broken profile is left out."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode == "RGB":
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(picture, source, target) or picture
        except (ImageCms.PyCMSError, OSError):
            return picture
    return picture.convert("RGB")


def _fitted(picture: Image.Image, size: PictureSize) -> Image.Image:
    smaller = picture.copy()
    longest = size.longest_side
    smaller.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return smaller


def _written(picture: Image.Image) -> bytes:
    """WebP with no metadata: a new picture takes nothing along."""
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    written = io.BytesIO()
    bare.save(written, "WEBP", quality=QUALITY, method=4)
    return written.getvalue()
