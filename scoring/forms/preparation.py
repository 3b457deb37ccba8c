"""A member's statement of interests, and the chair's choice of readers."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from scoring.models import InterestStatement

READERS_PREFIX = "doc-"
MOST_READERS = 9


class StatementForm(NfcForm):
    """What the portal compares with the facts of a subject; shown to nobody else."""

    tax_code = forms.CharField(
        label=_("Mã số thuế của bạn"),
        max_length=20,
        required=False,
        help_text=_("Của cá nhân, hộ kinh doanh hoặc doanh nghiệp mà bạn có vốn."),
    )
    phone = forms.CharField(label=_("Số điện thoại khác"), max_length=20, required=False)
    communes = forms.CharField(
        label=_("Xã, phường nơi ở và quê quán"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi dòng một nơi, chẳng hạn: Xã La Bằng, Thái Nguyên."),
    )
    employers = forms.CharField(
        label=_("Nơi làm việc hiện nay và trước đây"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một nơi."),
    )


def stated(row: InterestStatement | None) -> dict[str, Any]:
    """What the form begins with."""
    names = ("tax_code", "phone", "communes", "employers")
    return {name: getattr(row, name) for name in names} if row else {}


def readers_in(data: QueryDict, items: Mapping[int, object]) -> dict[int, list[int]]:
    """The members that were ticked beside each of these items, as `doc-<item>`."""
    return {
        item: [int(each) for each in data.getlist(f"{READERS_PREFIX}{item}") if is_id(each)]
        for item in items
    }


def is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10  # noqa: PLR2004 - fits a column


def readers_each(text: str) -> int:
    """How many readers each dossier is to have: two, unless a small number is asked for."""
    return int(text) if is_id(text) and 1 <= int(text) <= MOST_READERS else 2
