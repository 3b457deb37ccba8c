"""What templates need to show values: terms, money, dates, stars, addresses with their filters."""

import zlib
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.middleware.csrf import get_token
from django.template import RequestContext
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from ocop_portal.web.placeholder import HEIGHT, WIDTH, drawing
from ocop_portal.web.wording import worded

register = template.Library()

NO_BREAK = "\N{NO-BREAK SPACE}"
STARS = 5


@register.filter
def term(value: object) -> str:
    """A Vietnamese text that a rule marked with `term`, in the reader's language.

    A refusal keeps its sentence and its facts apart, so that the sentence can be translated.
    """
    message = getattr(value, "message", value)
    if not message:
        return ""
    return worded(str(message), getattr(value, "facts", None))


@register.filter
def vnd(amount: int | str | None) -> str:
    """An amount of đồng: 150000 is “150.000 ₫”; an unknown amount is a dash."""
    if amount is None or amount == "":
        return "–"
    return f"{int(amount):,}".replace(",", ".") + f"{NO_BREAK}₫"


@register.filter
def vn_date(moment: date | None) -> str:
    """A day as Vietnam writes it, 22/11/2026; a moment is first taken to legal time."""
    if not moment:
        return ""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return f"{moment:%d/%m/%Y}"


@register.filter
def vn_datetime(moment: datetime | None) -> str:
    """A moment as Vietnam writes it: 14:05, 22/11/2026."""
    if not moment:
        return ""
    if timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return f"{moment:%H:%M, %d/%m/%Y}"


@register.filter
def stars_text(stars: int | None) -> str:
    """Stars in words: “4 trên 5 sao”; no result of its own is said, not drawn."""
    if not stars:
        return gettext("Chưa có hạng sao")
    return gettext("%(stars)s trên 5 sao") % {"stars": stars}


@register.filter
def star_states(stars: int | None) -> list[bool]:
    """Five truths, one for each star of the picture."""
    return [place <= (stars or 0) for place in range(1, STARS + 1)]


@register.simple_tag
def element_id(*about: object) -> str:
    """A stable id for an element that must be pointed at, made from what it is about."""
    return f"e{zlib.crc32(' '.join(map(str, about)).encode()):08x}"


@register.filter
def focus_id(field: BoundField) -> str:
    """The id of the first control of a field: where an error summary leads."""
    if field.use_fieldset and field.subwidgets:
        return field.subwidgets[0].id_for_label or field.auto_id
    return field.id_for_label or field.auto_id


@register.filter
def is_kind(field: BoundField, kind: str) -> bool:
    """Whether a field is drawn by a widget of this kind: checkbox, clearablefile, select …"""
    return field.widget_type == kind


@register.filter
def inside(path: str, address: str) -> bool:
    """Whether a page's path lies at or below an address; nothing lies below the first page."""
    return bool(address) and address != "/" and str(path).startswith(address)


@register.simple_tag(takes_context=True)
def query_string(context: RequestContext, **changes: object) -> str:
    """The page's own query with some values changed; None takes a value out.

    `{% query_string page=3 %}` keeps filter and order: “?nhom=che&page=3”.
    """
    request: HttpRequest | None = getattr(context, "request", None)
    return _query(request.GET if request else None, changes)


@register.simple_tag
def page_query(query: QueryDict | str | None, number: int) -> str:
    """The address of another page of the same list; `query` is request.GET or its text."""
    current = QueryDict(query.lstrip("?")) if isinstance(query, str) else query
    # The first page keeps the list's plain address, so that it is known by one address only.
    return _query(current, {"page": number if number > 1 else None})


def _query(current: QueryDict | None, changes: dict[str, Any]) -> str:
    query = current.copy() if current else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        elif isinstance(value, list | tuple):
            query.setlist(name, [str(each) for each in value])
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.filter
def page_numbers(page: "Page[Any]") -> list[int | None]:
    """The page numbers worth a link, around this one; None stands for a gap."""
    ellipsis = page.paginator.ELLIPSIS
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [None if str(number) == str(ellipsis) else int(number) for number in shown]


@register.simple_tag(takes_context=True)
def csrf_field(context: RequestContext) -> SafeString:
    """The hidden CSRF field, also inside a component that was included with `only`."""
    request: HttpRequest | None = getattr(context, "request", None)
    if request is None:
        return SafeString("")
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)
    )


@register.simple_tag
def placeholder(seed: str, *kinds: str) -> SafeString:
    """The drawn stand-in for a photograph, inside the page: it costs no request of its own."""
    shapes = mark_safe(drawing(seed, " ".join(kinds)))  # noqa: S308 # made of our own shapes and numbers
    return format_html(
        '<svg class="placeholder" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">'
        "{}</svg>",
        WIDTH,
        HEIGHT,
        shapes,
    )
