"""Giving a person a role, on a subject or on a unit."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from registry.domain.roles import SUBJECT_ROLES, Role
from registry.forms.places import UnitField


class PersonForm(NfcForm):
    """Names a person by a mail address; whether it has an account is not told."""

    email = forms.EmailField(label=_("Thư điện tử của người được giao"))
    role = forms.ChoiceField(label=_("Vai trò"))

    def offer(self, roles: list[Role]) -> None:
        field = cast(forms.ChoiceField, self.fields["role"])
        field.choices = [(role.value, _(role.label)) for role in roles]

    def clean_email(self) -> str:
        """Whoever it is, with an account or without: who invites is not told which."""
        email: str = self.cleaned_data["email"].lower()
        return email


class MemberForm(PersonForm):
    """Somebody who works for a subject."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer([role for role in Role if role in SUBJECT_ROLES])
        self.initial.setdefault("role", Role.EDITOR)
        self.fields["email"].label = _("Thư điện tử của người được mời")
        self.fields["email"].help_text = _(
            "Cổng gửi thư mời tới địa chỉ này; người đó nhận lời rồi mới làm được hồ sơ."
        )


class RepresentativeForm(NfcForm):
    """The representative of a subject that came from a register, and what the office checked."""

    email = forms.EmailField(
        label=_("Thư điện tử của người đại diện"),
        help_text=_("Chưa có hộp thư thì giúp người đó mở một hộp; liên kết mời có thể in ra."),
    )
    checked = forms.CharField(
        label=_("Giấy tờ đã kiểm tra"),
        max_length=300,
        help_text=_(
            "Ví dụ: giấy đăng ký kinh doanh, căn cước của người đại diện. Người nhận lời còn phải "
            "ghi đúng mã số thuế của chủ thể."
        ),
    )


class PostingForm(PersonForm):
    """Somebody who serves a unit."""

    unit = UnitField(
        label=_("Đơn vị"),
        help_text=_("Gõ tên tỉnh, huyện hoặc xã; “viet nam” là cấp trung ương."),
        error_messages={"required": _("Hãy tìm và chọn đơn vị.")},
    )
    starts_on = forms.DateField(
        label=_("Từ ngày"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("Hết quyền từ ngày"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, roles: list[Role], query: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(roles)
        self.fields["email"].help_text = _(
            "Đồng nghiệp đã có trong danh sách người của địa bàn nhận vai trò ngay; người "
            "khác nhận thư mời và có vai trò khi nhận lời."
        )
        self.fields["unit"].widget.query = query
