"""Fields that save themselves: the server's side of static/js/autosave.js, for every app.

A page posts `{"fields": {name: {"value": …, "seen": mark, "tried": [text, …]}}}` to an address of
its own; `tried` holds what it sent of the field before without hearing the answer. The answer
tells of each field that it stands (`saved`, with its new mark), that somebody else changed it too
(`conflicts`, with what stands there), or why it is refused (`errors`). What concerns the whole is
an error status with a `reason`. An account other than the page's own writes nothing.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from ocop_portal.refusals import refusal_text
from registry.domain.clock import LEGAL_ZONE
from registry.domain.errors import RuleBroken
from registry.domain.merging import Merged, Seen, mark_of
from registry.domain.text import term

OWNER_HEADER = "X-Draft-Owner"
MOST_TRIED = 5
View = Callable[..., HttpResponse]
# values, marks → what was written and what is in conflict
Save = Callable[[dict[str, Any], dict[str, Seen]], Merged]


@dataclass(frozen=True)
class Sent:
    """A field as the page sent it, with the mark of what the page had read and what it tried."""

    value: str
    seen: str
    tried: tuple[str, ...]


def autosaved(view: View) -> View:
    """Guards an address that a page posts its fields to: refusals become JSON with a reason."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        owner = request.headers.get(OWNER_HEADER, "")
        if owner and owner != str(request.user.pk):
            text = _("Trang này là của một tài khoản khác; chữ chưa được lưu.")
            return refused(text, code="other_person", status=HTTPStatus.CONFLICT)
        try:
            return view(request, *args, **kwargs)
        except RuleBroken as refusal:
            return refused(refusal_text(refusal), code=refusal.code, status=HTTPStatus.CONFLICT)
        except PermissionDenied as refusal:
            return refused(_(str(refusal)), code="forbidden", status=HTTPStatus.FORBIDDEN)

    return guarded


def refused(reason: str, *, code: str, status: HTTPStatus) -> JsonResponse:
    return JsonResponse({"code": code, "reason": reason}, status=status)


def sent_fields(request: HttpRequest) -> dict[str, Sent]:
    """What the page sent; anything else than its own form of message is refused."""
    try:
        body = json.loads(request.body)
        return {name: _sent(each) for name, each in body["fields"].items()}
    except RequestDataTooBig:
        raise RuleBroken("autosave.too_big", TOO_BIG) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RuleBroken("autosave.malformed", MALFORMED) from None


def save_each(
    request: HttpRequest, fields: Mapping[str, forms.Field], save: Save, *, at: datetime
) -> JsonResponse:
    """Saves what can be saved: one field's fault is told of that field and keeps back no other."""
    sent = sent_fields(request)
    values, errors = _cleaned(sent, fields)
    known = {name: _known(sent[name], fields[name]) for name in values}
    merged = Merged()
    while values:
        try:
            merged = save(values, known)
        except RuleBroken as refusal:
            if refusal.field not in values:
                raise
            errors[refusal.field] = refusal_text(refusal)
            del values[refusal.field]
        else:
            break
    return outcome_of(values, merged, errors, at=at)


def outcome_of(
    values: Mapping[str, Any], merged: Merged, errors: Mapping[str, str], *, at: datetime
) -> JsonResponse:
    """The answer; `values` are those that were not refused."""
    conflicts = {
        name: {"value": "" if stored is None else str(stored), "seen": mark_of(stored)}
        for name, stored in merged.conflicts.items()
    }
    saved = {name: mark_of(values[name]) for name in values if name not in conflicts}
    time = f"{at.astimezone(LEGAL_ZONE):%H:%M}"
    return JsonResponse({"at": time, "saved": saved, "conflicts": conflicts, "errors": errors})


def _cleaned(
    sent: Mapping[str, Sent], fields: Mapping[str, forms.Field]
) -> tuple[dict[str, Any], dict[str, str]]:
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name, each in sent.items():
        if name not in fields:
            errors[name] = _("Mục này không có hoặc không sửa được.")
            continue
        try:
            values[name] = _read(each.value, fields[name])
        except ValidationError as error:
            errors[name] = " ".join(error.messages)
    return values, errors


def _read(text: str, field: forms.Field) -> Any:
    return field.clean(text.replace("\r\n", "\n").replace("\r", "\n"))


def _known(sent: Sent, field: forms.Field) -> Seen:
    """The marks of what this page knows to have stood there."""
    marks = {sent.seen}
    for text in sent.tried:
        try:
            marks.add(mark_of(_read(text, field)))
        except ValidationError:
            continue  # it was refused then, too
    return frozenset(marks)


def _sent(each: Any) -> Sent:
    tried = each.get("tried", [])[-MOST_TRIED:]
    return Sent(_text(each["value"]), _text(each["seen"]), tuple(_text(text) for text in tried))


def _text(value: object) -> str:
    """A text that can be stored; half a letter (a lone surrogate) is none."""
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # UnicodeEncodeError is a ValueError
    return value


TOO_BIG = term("Gửi quá nhiều chữ trong một lần. Hãy rút ngắn bớt.")
MALFORMED = term("Cổng không đọc được những gì trang gửi. Hãy tải lại trang.")
