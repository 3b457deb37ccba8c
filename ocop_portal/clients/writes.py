"""How programs write: keys for repeated writes, versions against lost updates."""

import re
from collections.abc import Callable
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.clients import answers
from ocop_portal.clients.scopes import Scope

KEY_HEADER = "Idempotency-Key"
LONGEST_KEY = 100
ETAG = re.compile(r'^(?:W/)?"(\d{1,9})"$')


class VersionNeeded(APIException):
    """A change of something that others change too says which state of it was read."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "version_needed"
    default_detail = _("Hãy gửi If-Match với ETag của bản bạn đã đọc.")


class KeyReused(APIException):
    """The key was used for another request."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "key_reused"
    default_detail = _("Idempotency-Key này đã dùng cho một yêu cầu khác; hãy dùng khóa mới.")


class WriteView(APIView):
    """A view whose writes may carry `Idempotency-Key` and `If-Match`.

    A repeated key gets the first answer again, marked `Idempotency-Replayed: true`; nothing is
    done twice. Where `If-Match` names an older version, the write is 412 with the current one.
    """

    write_scope: ClassVar[Scope]

    @property
    def person(self) -> User:
        """Who asks, logged in or by token."""
        return signed_in(self.request._request)

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        # Read before a parser takes the stream: it is part of what makes a request the same.
        self.sent = request.body if request.headers.get(KEY_HEADER) else b""
        return super().dispatch(request, *args, **kwargs)

    def once(self, request: Request, give: Callable[[], Response]) -> Response:
        """The response of `give()`, which does the write; for a repeated key the first one's."""
        key = request.headers.get(KEY_HEADER, "")
        if not key:
            return give()
        if len(key) > LONGEST_KEY or not key.isprintable():
            raise ValidationError({KEY_HEADER: _("Khóa dài nhất 100 ký tự.")})
        try:
            given, is_repeated = answers.once(
                self.person,
                key,
                request_digest=answers.request_digest(
                    str(request.method), request.get_full_path(), self.sent
                ),
                give=lambda: _kept(give()),
                at=timezone.now(),
            )
        except answers.KeyReused as reused:
            raise KeyReused from reused
        headers = {**given.headers, **({"Idempotency-Replayed": "true"} if is_repeated else {})}
        return Response(given.body, status=given.status, headers=headers)


def _kept(response: Response) -> answers.Given:
    headers = {name: str(response[name]) for name in ("ETag", "Location") if name in response}
    return answers.Given(status=response.status_code, body=response.data, headers=headers)


def etag(version: int) -> dict[str, str]:
    """The header that names a version."""
    return {"ETag": f'"{version}"'}


def version_asked(request: Request) -> int | None:
    """The version of `If-Match`; None where the caller names none (or any: `*`)."""
    asked = request.headers.get("If-Match", "").strip()
    if asked in {"", "*"}:
        return None
    if found := ETAG.match(asked):
        return int(found[1])
    raise ValidationError({"If-Match": _("Hãy gửi lại đúng giá trị ETag đã nhận.")})


def required_version(request: Request) -> int:
    """The version of `If-Match`; refused where the caller does not say what was read."""
    version = version_asked(request)
    if version is None:
        raise VersionNeeded
    return version
