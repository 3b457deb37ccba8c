"""REST toolkit: fast JSON in and out, one way of paging."""

from collections.abc import Mapping
from typing import IO, Any

import orjson
from django.conf import settings
from django.utils.translation import gettext, gettext_lazy
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

from ocop_portal.web.views import BarePaginator


class TooLarge(APIException):
    """More was sent than settings.DATA_UPLOAD_MAX_MEMORY_SIZE."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = gettext_lazy("Nội dung gửi lên quá lớn; hãy gửi ít hơn mỗi lần.")
    default_code = "too_large"


class FastJSONParser(BaseParser):
    """JSON by orjson, which refuses in words what would break an answer or a thread.

    Text that is no UTF-8, half a character, NaN and nesting without end are refused with their
    place, and what is larger than a form may be is not read to its end.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002 - the framework's signature
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002 - as above
    ) -> Any:
        most: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(most + 1)
        if len(body) > most:
            raise TooLarge
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError as wrong:
            sentence = gettext("Nội dung gửi lên không phải JSON hợp lệ: dòng %d, cột %d.")
            raise ParseError(sentence % (wrong.lineno, wrong.colno)) from wrong


class FastJSONRenderer(BaseRenderer):
    """JSON by orjson; text stays readable Vietnamese."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,  # noqa: ARG002 - the framework's signature
        renderer_context: Mapping[str, Any] | None = None,  # noqa: ARG002 - as above
    ) -> bytes:
        if data is None:
            return b""
        return orjson.dumps(data, default=str, option=orjson.OPT_NON_STR_KEYS)


class Pages(PageNumberPagination):
    """Numbered pages of 50, counted on the bare table; `page_size` up to 200."""

    django_paginator_class: Any = BarePaginator

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
