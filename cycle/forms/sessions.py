"""What is asked of a session, of who comes, and of what is handed out."""

from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from cycle.domain.sessions import SessionKind
from ocop_portal.web.forms import NfcForm, UploadField
from registry.models import Unit

PHONE = RegexValidator(
    r"^\+?[\d .()-]{8,20}$", _("Số điện thoại gồm 8 đến 15 chữ số, có thể có dấu cách."), "phone"
)
MAX_SEATS = 10_000


def moment_field(label: Any, **kwargs: Any) -> forms.DateTimeField:
    """A day and an hour, picked by the browser's own calendar."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
    return forms.DateTimeField(label=label, widget=widget, input_formats=formats, **kwargs)


class SessionForm(NfcForm):
    """A session in the name of one of the units of the person."""

    title = forms.CharField(label=_("Tên lớp"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại"), widget=forms.RadioSelect)
    unit = forms.ModelChoiceField(label=_("Đơn vị tổ chức"), queryset=Unit.objects.none())
    place = forms.CharField(label=_("Địa điểm"), max_length=250)
    starts_at = moment_field(_("Bắt đầu lúc"))
    ends_at = moment_field(_("Kết thúc lúc"))
    registration_closes_at = moment_field(
        _("Nhận đăng ký đến"),
        required=False,
        help_text=_("Bỏ trống: nhận đến giờ bắt đầu."),
    )
    capacity = forms.IntegerField(
        label=_("Số chỗ"),
        min_value=1,
        max_value=MAX_SEATS,
        required=False,
        help_text=_("Bỏ trống nếu không giới hạn."),
    )
    description = forms.CharField(
        label=_("Nội dung"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [(each.value, _(each.label)) for each in SessionKind]
        unit = cast("forms.ModelChoiceField[Unit]", self.fields["unit"])
        unit.queryset = places
        unit.label_from_instance = _long_name  # type: ignore[method-assign,assignment] # Django's documented hook
        unit.initial = next(iter(places), None)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not facts.get("registration_closes_at") and "registration_closes_at" not in self.errors:
            facts["registration_closes_at"] = facts.get("starts_at")
        return facts


def _long_name(unit: Unit) -> str:
    return unit.long_name


class RegistrationForm(NfcForm):
    """How to reach the person when the session is moved."""

    phone = forms.CharField(
        label=_("Điện thoại"),
        max_length=20,
        validators=[PHONE],
        help_text=_("Chỉ đơn vị tổ chức thấy số này, để báo khi lớp thay đổi."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )


class GuestForm(NfcForm):
    """Somebody without an account, as the office writes people down."""

    name = forms.CharField(label=_("Họ và tên"), max_length=150)
    phone = forms.CharField(label=_("Điện thoại"), max_length=20, validators=[PHONE])
    is_official = forms.BooleanField(label=_("Cán bộ làm công tác OCOP"), required=False)


class MaterialForm(NfcForm):
    """A file with its title."""

    title = forms.CharField(label=_("Tên tài liệu"), max_length=200)
    file = UploadField(label=_("Tệp"))
