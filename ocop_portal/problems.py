"""One shape for every refusal of the API: problem+json (RFC 9457) with code, message and field.

`status`: 401 who are you, 403 you may not, 404 not there for you, 409 the state forbids it or
somebody was faster, 412 the version of `If-Match` is old, 413 too large, 422 what was sent is
wrong (the field is named), 429 too often (`Retry-After`).
"""

from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as RuleOfField
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader
from django.utils.translation import gettext
from django.views import defaults
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from ocop_portal.refusals import refusal_text
from ocop_portal.web.tracing import current_id
from registry.domain.errors import RuleBroken, Stale

MEDIA_TYPE = "application/problem+json"
API = "/api/"


def answer_refusal(error: Exception, context: dict[str, Any]) -> Response | None:
    """What the REST framework asks for each exception; None for what is a fault of ours."""
    if isinstance(error, RuleBroken):
        return _of_rule(error, context)
    if isinstance(error, RuleOfField):
        error = ValidationError(error.messages)
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, ValidationError):
        field, message = _first_fault(error.detail)
        shaped = _shaped("invalid", message, field, HTTPStatus.UNPROCESSABLE_ENTITY)
    elif isinstance(error, APIException):
        shaped = _shaped(str(error.get_codes()), str(error.detail), "", response.status_code)
    else:
        shaped = _shaped(*_who_or_where(error), "", response.status_code)
    for header, value in response.items():
        if header.lower() not in {"content-type", "content-length"}:
            shaped[header] = value
    return shaped


def _of_rule(error: RuleBroken, context: dict[str, Any]) -> Response:
    """409 for a state, 422 for what was sent, 412 where the caller named an old version."""
    request, view = context.get("request"), context.get("view")
    if isinstance(error, Stale):
        is_asked = request is not None and "If-Match" in request.headers
        code = HTTPStatus.PRECONDITION_FAILED if is_asked else HTTPStatus.CONFLICT
        shaped = _shaped(error.code, refusal_text(error), error.field, code)
        current = getattr(view, "current_version", None)
        if callable(current):
            shaped.data["version"] = current()
            shaped["ETag"] = f'"{shaped.data["version"]}"'
        return shaped
    code = HTTPStatus.UNPROCESSABLE_ENTITY if error.field else HTTPStatus.CONFLICT
    return _shaped(error.code, refusal_text(error), error.field, code)


def _who_or_where(error: Exception) -> tuple[str, str]:
    """Code and sentence of Django's own two refusals."""
    if isinstance(error, PermissionDenied):
        return "forbidden", gettext(str(error)) or gettext("Bạn không được phép làm việc này.")
    return "not_found", gettext("Không tìm thấy, hoặc bạn không được xem.")


def problem(code: str, message: str, field: str, status: int) -> dict[str, Any]:
    """The body of a refusal."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "code": code,
        "message": message,
        "detail": message,
        "field": field,
    }


def _shaped(code: str, message: str, field: str, status: int) -> Response:
    return Response(problem(code, message, field, status), status=status, content_type=MEDIA_TYPE)


def _first_fault(detail: Any) -> tuple[str, str]:
    """The first fault with the path of its field: `choices.1.1`."""
    if isinstance(detail, dict):
        field, faults = next(iter(detail.items()))
        inner, message = _first_fault(faults)
        return f"{field}.{inner}" if inner else str(field), message
    if isinstance(detail, list):
        return _first_fault(next(each for each in detail if each)) if detail else ("", "")
    return "", str(detail)


# --- What is refused before a REST view is reached ------------------------------------------------


def _plain(code: str, message: str, status: int) -> HttpResponse:
    body = orjson.dumps(problem(code, message, "", status))
    return HttpResponse(body, status=status, content_type=MEDIA_TYPE)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a page for people, a problem for programs."""
    if request.path.startswith(API):
        return _plain("bad_request", gettext("Yêu cầu không đọc được."), HTTPStatus.BAD_REQUEST)
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: a page for people, a problem for programs."""
    if request.path.startswith(API):
        return _plain(*_who_or_where(PermissionDenied(str(exception))), HTTPStatus.FORBIDDEN)
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: a page for people, a problem for programs."""
    if request.path.startswith(API):
        return _plain(*_who_or_where(exception), HTTPStatus.NOT_FOUND)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page for people, a problem for programs."""
    if request.path.startswith(API):
        sentence = gettext("Cổng gặp lỗi; lỗi đã được ghi lại. Hãy thử lại sau ít phút.")
        body = problem("server_error", sentence, "", HTTPStatus.INTERNAL_SERVER_ERROR)
        body["request_id"] = current_id()
        return HttpResponse(orjson.dumps(body), status=body["status"], content_type=MEDIA_TYPE)
    page = loader.get_template("500.html").render({"request_id": current_id()})
    return HttpResponseServerError(page)
