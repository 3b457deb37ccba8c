"""Sends a stored picture as a picture and as nothing else."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

WEBP = "image/webp"


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
