"""What an office says of an event, and what producers and offices say of an application."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from promotion.domain.entries import Outcome
from promotion.domain.events import EventKind
from promotion.domain.figures import LARGEST_COUNT, LARGEST_REVENUE
from promotion.models import Event
from promotion.services.events import EventFacts
from registry.models import Product, Unit

COLUMNS = ("kind", "name", "call", "place", "apply_by", "starts_on", "ends_on", "booths", "unit")


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class EventForm(NfcForm):
    """One event; the organiser is one of the person's own offices."""

    unit = forms.ModelChoiceField(label=_("Cơ quan tổ chức"), queryset=Unit.objects.none())
    kind = forms.TypedChoiceField(
        label=_("Loại sự kiện"),
        choices=lambda: [(kind.value, gettext(kind.label)) for kind in EventKind],
        coerce=EventKind,
    )
    name = forms.CharField(label=_("Tên sự kiện"), max_length=200)
    place = forms.CharField(label=_("Nơi tổ chức"), max_length=250)
    apply_by = _day(_("Hạn đăng ký"))
    starts_on = _day(_("Khai mạc"))
    ends_on = _day(_("Bế mạc"))
    booths = forms.IntegerField(
        label=_("Số gian hàng"),
        min_value=1,
        max_value=10_000,
        required=False,
        help_text=_("Bỏ trống nếu không giới hạn."),
    )
    call = forms.CharField(
        label=_("Nội dung mời"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Dành cho ai, hỗ trợ gì, cần chuẩn bị gì."),
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = units

    @property
    def facts(self) -> EventFacts:
        """What was written, as the service takes it."""
        return EventFacts(**self.cleaned_data)


def event_values(event: Event) -> dict[str, Any]:
    """What stands in the call, as the form shows it."""
    return {name: getattr(event, name) for name in COLUMNS}


class ApplicationForm(NfcForm):
    """One of the person's recognised products."""

    product = forms.ModelChoiceField(label=_("Sản phẩm"), queryset=Product.objects.none())
    note = forms.CharField(
        label=_("Lời nhắn cho ban tổ chức"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, products: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Product]", self.fields["product"])
        field.queryset = products


class SelectionForm(NfcForm):
    """Why a product is chosen or not, and its booth."""

    reason = forms.CharField(label=_("Lý do"), max_length=300)
    booth = forms.CharField(label=_("Gian hàng"), max_length=20, required=False)


class OutcomeForm(NfcForm):
    """What the event brought: whole numbers."""

    contracts = forms.IntegerField(label=_("Số hợp đồng"), min_value=0, max_value=LARGEST_COUNT)
    revenue = forms.IntegerField(
        label=_("Doanh thu (đồng)"),
        min_value=0,
        max_value=LARGEST_REVENUE,
        help_text=_("Số nguyên, không dấu chấm: 12500000 là mười hai triệu rưỡi."),
    )

    @property
    def outcome(self) -> Outcome:
        return Outcome(**self.cleaned_data)


class ConclusionForm(NfcForm):
    """How many people came."""

    visitors = forms.IntegerField(label=_("Lượt khách"), min_value=0, max_value=LARGEST_COUNT)
