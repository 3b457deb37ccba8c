"""Sessions: calling, declaring, reasons, findings."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cycle.models import Dossier
from ocop_portal.web.forms import NfcForm
from scoring.domain.lower_choice import LowerChoiceKind
from scoring.domain.rubric import Rubric

GATE_PREFIX = "gate-"
MET, NOT_MET = "dat", "khong-dat"


class DossierChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg] # not subscriptable at run time
    """A dossier named by its product and its subject."""

    def label_from_instance(self, obj: Dossier) -> str:
        product = obj.enrolment.product
        return f"{product.name} – {product.subject.name} ({obj.code})"


class SessionForm(NfcForm):
    """When, where, and the agenda."""

    starts_at = forms.DateTimeField(
        label=_("Bắt đầu lúc"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    place = forms.CharField(label=_("Địa điểm"), max_length=250)
    sheets_due_on = forms.DateField(
        label=_("Hạn nộp phiếu"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Để trống nếu phiếu phải nộp ngay trong ngày họp."),
    )
    dossiers = DossierChoice(
        label=_("Hồ sơ trong chương trình"),
        queryset=Dossier.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["dossiers"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - declared above
        field.queryset = waiting


class WrittenForm(NfcForm):
    """Which re-evaluations are asked about in writing, and until when."""

    due_on = forms.DateField(
        label=_("Hạn cho ý kiến"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    dossiers = DossierChoice(
        label=_("Hồ sơ lấy ý kiến"),
        queryset=Dossier.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(DossierChoice, self.fields["dossiers"]).queryset = waiting


class DeclarationForm(NfcForm):
    """A member's word on one product."""

    has_conflict = forms.TypedChoiceField(
        label=_("Bạn có lợi ích liên quan tới sản phẩm hoặc chủ thể này không?"),
        choices=[("khong", _("Không có xung đột lợi ích")), ("co", _("Có xung đột lợi ích"))],
        coerce=lambda value: value == "co",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Ghi chú"),
        max_length=500,
        required=False,
        help_text=_("Nếu có: quan hệ với chủ thể là gì."),
    )


class ReasonForm(NfcForm):
    """A reason that others will read."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class CloseForm(NfcForm):
    """What the minutes add to the data."""

    note = forms.CharField(
        label=_("Ý kiến khác ghi vào biên bản"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GroundForm(NfcForm):
    """A ground of the rubric that the council found."""

    ground = forms.ChoiceField(label=_("Căn cứ loại, dừng chấm hoặc không tính điểm"))
    note = forms.CharField(
        label=_("Phát hiện dựa trên"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, rubric: Rubric, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = ground_choices(rubric)


class LowerChoiceForm(NfcForm):
    """What the lower level does with the higher council's result."""

    choice = forms.TypedChoiceField(
        label=_("Cách xử lý"),
        choices=LowerChoiceKind.choices,
        coerce=LowerChoiceKind,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Căn cứ"), max_length=500, required=False)


def ground_choices(rubric: Rubric) -> list[tuple[str, str]]:
    """Every ground of a rubric in its words: exclusions, then the notes of criteria."""
    grounds = [(each.id, each.text) for each in rubric.exclusions]
    return grounds + [
        (rule.id, f"{criterion.code}: {rule.when}") for criterion, rule in rubric.rules
    ]


def gate_findings_in(data: Mapping[str, str]) -> dict[tuple[str, int], bool]:
    """Findings that were sent as `gate-<criterion>-<star>`; anything else is left out."""
    found = {}
    for name, value in data.items():
        criterion, _between, star = name.removeprefix(GATE_PREFIX).rpartition("-")
        if name.startswith(GATE_PREFIX) and star.isdecimal() and value in {MET, NOT_MET}:
            found[criterion, int(star)] = value == MET
    return found
