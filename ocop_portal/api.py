"""The one REST entrance, /api/v1/: every app's addresses, the schema, one error shape."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import include, path
from django.utils.translation import gettext
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from ocop_portal.refusals import refusal_text
from registry.domain.errors import RuleBroken, Stale


def answer_refusal(error: Exception, context: dict[str, Any]) -> Response | None:
    """One error shape: {code, message, field}; 409 for a state, 422 for what was sent."""
    if isinstance(error, RuleBroken):
        code = (
            status.HTTP_422_UNPROCESSABLE_ENTITY
            if error.field and not isinstance(error, Stale)
            else status.HTTP_409_CONFLICT
        )
        return _shaped(error.code, refusal_text(error), error.field, code)
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, ValidationError):
        field, message = _first_fault(error.detail)
        shaped = _shaped("invalid", message, field, status.HTTP_422_UNPROCESSABLE_ENTITY)
    elif isinstance(error, APIException):
        shaped = _shaped(str(error.get_codes()), str(error.detail), "", response.status_code)
    else:
        shaped = _shaped(*_who_or_where(error), "", response.status_code)
    for header, value in response.items():
        if header.lower() not in {"content-type", "content-length"}:
            shaped[header] = value
    return shaped


def _who_or_where(error: Exception) -> tuple[str, str]:
    """Code and sentence of Django's own two refusals."""
    if isinstance(error, PermissionDenied):
        return "forbidden", gettext(str(error)) or gettext("Bạn không được phép làm việc này.")
    return "not_found", gettext("Không tìm thấy, hoặc bạn không được xem.")


def _shaped(code: str, message: str, field: str, status_code: int) -> Response:
    return Response({"code": code, "message": message, "field": field}, status=status_code)


def _first_fault(detail: Any) -> tuple[str, str]:
    if isinstance(detail, dict):
        field, faults = next(iter(detail.items()))
        return str(field), _first_fault(faults)[1]
    if isinstance(detail, list):
        return "", _first_fault(detail[0])[1]
    return "", str(detail)


urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
    path("", include("registry.api.urls")),
    path("", include("scoring.api.urls")),
    path("", include("promotion.api.urls")),
    path("", include("reporting.api.urls")),
]
