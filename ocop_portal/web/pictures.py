"""Sends a stored picture as a picture and as nothing else; tells programs where it is."""

from collections.abc import Iterable
from typing import Any, Protocol

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers

WEBP = "image/webp"


class StoredPicture(Protocol):
    """What is told of a picture."""

    token: str
    alt: str
    width: int
    height: int


class PictureSerializer(serializers.Serializer[Any]):
    """A picture of a product; the first of a list is the product's face."""

    url = serializers.CharField(help_text="WebP, the longest side at most 1,600 px.")
    thumbnail = serializers.CharField(help_text="WebP, the longest side at most 640 px.")
    alt = serializers.CharField(help_text="What the picture shows, in the producer's words.")
    width = serializers.IntegerField(help_text="Pixels of `url`.")
    height = serializers.IntegerField(help_text="Pixels of `url`.")


def picture_rows(
    pictures: Iterable[StoredPicture], *, door: str, large: str, small: str
) -> list[dict[str, Any]]:
    """The pictures in their order; `door` names the address that gives out a size of one."""
    return [
        {
            "url": reverse(door, args=[picture.token, large]),
            "thumbnail": reverse(door, args=[picture.token, small]),
            "alt": picture.alt,
            "width": picture.width,
            "height": picture.height,
        }
        for picture in pictures
    ]


def picture_response(stored: FieldFile, *, cache: str) -> FileResponse:
    """The file, whatever a browser would like to guess; 404 where it is gone."""
    try:
        opened = stored.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("Tệp không còn trong kho.")) from error
    response = FileResponse(opened, content_type=WEBP)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = cache
    return response
