"""Pictures of registered products for programs, through a door of their own."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from ocop_portal.accounts.people import signed_in
from ocop_portal.web.pictures import WEBP, picture_response
from registry.domain.clock import legal_day
from registry.domain.pictures import PictureSize
from registry.selectors import visible_pictures

A_DAY = 24 * 3600


class RegisteredPicture(APIView):
    """The file of a picture of a product that the caller may see; 404 for everybody else."""

    @extend_schema(
        operation_id="registered_pictures_read",
        summary="Tệp ảnh của một sản phẩm trong sổ",
        responses={(200, WEBP): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, token: str, size: str) -> FileResponse:
        on = legal_day(timezone.now())
        seen = visible_pictures(signed_in(request._request), on)
        picture = get_object_or_404(seen, token=token)
        if size not in set(PictureSize):
            raise Http404(_("Ảnh không có cỡ này."))
        stored = picture.file_of(PictureSize(size))
        return picture_response(stored, cache=f"private, max-age={A_DAY}")
