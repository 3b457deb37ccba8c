"""What is asked of a subject."""

from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from registry.domain.eligibility import SubjectKind
from registry.forms.places import PlacesForm
from registry.models import Gender, Subject
from registry.services.subjects import SubjectFields

PHONE = RegexValidator(
    r"^\+?[\d .()-]{8,20}$", _("Số điện thoại gồm 8 đến 15 chữ số, có thể có dấu cách."), "phone"
)


class SubjectForm(PlacesForm):
    """A subject; `version` says which state of it the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Tên chủ thể"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại hình"))
    tax_code = forms.CharField(
        label=_("Mã số thuế"),
        max_length=20,
        required=False,
        help_text=_(
            "10 số, 13 số với chi nhánh, hoặc 12 số định danh với hộ. Tổ hợp tác có thể bỏ trống."
        ),
    )
    registration_number = forms.CharField(
        label=_("Số đăng ký kinh doanh"), max_length=50, required=False
    )
    registered_on = forms.DateField(
        label=_("Ngày đăng ký"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    representative_name = forms.CharField(label=_("Người đại diện"), max_length=150)
    representative_gender = forms.ChoiceField(
        label=_("Giới tính người đại diện"),
        choices=[("", _("Chưa ghi")), *Gender.choices],
        required=False,
    )
    representative_ethnicity = forms.CharField(
        label=_("Dân tộc của người đại diện"), max_length=50, required=False
    )
    representative_has_disability = forms.BooleanField(
        label=_("Người đại diện là người khuyết tật"), required=False
    )
    phone = forms.CharField(
        label=_("Điện thoại"),
        max_length=20,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    address_line = forms.CharField(label=_("Số nhà, đường, thôn"), max_length=200, required=False)

    field_order = (
        "version",
        "name",
        "kind",
        "tax_code",
        "registration_number",
        "registered_on",
        "representative_name",
        "representative_gender",
        "representative_ethnicity",
        "representative_has_disability",
        "phone",
        "email",
        "commune",
        "former_commune",
        "address_line",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [("", _("Hãy chọn")), *((k.value, _(k.label)) for k in SubjectKind)]

    def details(self) -> SubjectFields:
        """What the service takes."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return cast(SubjectFields, {**facts, "kind": SubjectKind(facts["kind"])})


def subject_values(subject: Subject) -> dict[str, Any]:
    """The first values of the form for a subject that exists."""
    values = {name: getattr(subject, name) for name in SubjectForm.base_fields if name != "version"}
    return {
        **values,
        "version": subject.version,
        "commune": subject.commune_id,
        "former_commune": subject.former_commune_id or "",
    }
