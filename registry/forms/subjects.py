"""What is asked of a subject."""

from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from registry.domain import tax_code
from registry.domain.eligibility import SubjectKind
from registry.forms.places import PlacesForm
from registry.forms.refusals import judged
from registry.models import Evidence, Gender, Subject
from registry.selectors import papers_of
from registry.services.subjects import SubjectFields

REASON = ("decided_on", "document")
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
    decided_on = forms.DateField(
        label=_("Đổi từ ngày"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_(
            "Khi đổi tên, loại hình, mã số thuế hoặc người đại diện: ngày ghi trên giấy tờ. Sản "
            "phẩm và hạng sao vẫn giữ nguyên. Chỉ sửa lỗi gõ thì bỏ trống."
        ),
    )
    document = forms.ModelChoiceField(
        label=_("Theo giấy tờ"),
        queryset=Evidence.objects.none(),
        required=False,
        empty_label=_("Không kèm"),
        help_text=_("Chọn trong minh chứng đã tải lên của chủ thể."),
    )

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
        "decided_on",
        "document",
    )

    def __init__(self, *args: Any, subject: Subject | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ask_for_the_reason(subject)
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [("", _("Hãy chọn")), *((k.value, _(k.label)) for k in SubjectKind)]

    def _ask_for_the_reason(self, subject: Subject | None) -> None:
        """A new subject changes nothing; of a known one, since when and by which paper."""
        if subject is None:
            for name in REASON:
                del self.fields[name]
            return
        field = cast("forms.ModelChoiceField[Evidence]", self.fields["document"])
        field.queryset = papers_of(subject)

    def clean_tax_code(self) -> str:
        return judged(self.cleaned_data["tax_code"], tax_code.normal)

    def reason(self) -> dict[str, Any]:
        """Since when a legal fact is another one, and which paper says so."""
        return {name: self.cleaned_data.get(name) for name in REASON}

    def details(self) -> SubjectFields:
        """What the service takes."""
        asked = self.cleaned_data.keys() - {"version", *REASON}
        facts = {name: self.cleaned_data[name] for name in asked}
        return cast(SubjectFields, {**facts, "kind": SubjectKind(facts["kind"])})


def subject_values(subject: Subject) -> dict[str, Any]:
    """The first values of the form for a subject that exists."""
    asked = SubjectForm.base_fields.keys() - {"version", *REASON}
    values = {name: getattr(subject, name) for name in asked}
    return {
        **values,
        "version": subject.version,
        "commune": subject.commune_id,
        "former_commune": subject.former_commune_id or "",
    }
