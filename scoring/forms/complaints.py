"""Complaints, their answers, and the council's remark beside a result."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from scoring.domain.complaint_states import ComplaintEffect
from scoring.domain.rubric import Rubric

ROWS = 5
AREA = {"rows": 3}


class ComplaintForm(NfcForm):
    """Up to five named criteria, each with its reason; empty rows are left out."""

    text = forms.CharField(
        label=_("Ý kiến chung"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs=AREA),
    )

    def __init__(self, *args: Any, rubric: Rubric, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, f"{code} {each.name}") for code, each in rubric.by_code.items()]
        rows: dict[str, forms.Field] = {}
        for row in range(1, ROWS + 1):
            rows[f"criterion_{row}"] = forms.ChoiceField(
                label=_("Tiêu chí %(row)s") % {"row": row},
                required=row == 1,
                choices=[("", _("– chọn tiêu chí –")), *named],
            )
            rows[f"reason_{row}"] = forms.CharField(
                label=_("Vì sao kết quả của tiêu chí này chưa đúng"),
                required=row == 1,
                max_length=2000,
                widget=forms.Textarea(attrs=AREA),
            )
        self.fields = {**rows, **self.fields}
        self.compose_fields()

    def clean(self) -> dict[str, Any]:
        """A row is whole: a criterion with its reason, each criterion once."""
        data = super().clean() or self.cleaned_data
        seen: set[str] = set()
        for row in range(1, ROWS + 1):
            criterion, reason = data.get(f"criterion_{row}"), data.get(f"reason_{row}")
            if row > 1 and bool(criterion) != bool(reason):
                missing = f"reason_{row}" if criterion else f"criterion_{row}"
                self.add_error(missing, _("Hãy điền cả tiêu chí lẫn lý do."))
            if criterion and criterion in seen:
                self.add_error(f"criterion_{row}", _("Tiêu chí này đã nêu ở trên."))
            seen.add(str(criterion))
        return data

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each criterion with its reason; the first one is asked for, the others are offered."""
        numbers = range(1, ROWS + 1)
        return [(self[f"criterion_{row}"], self[f"reason_{row}"]) for row in numbers]

    @property
    def is_long(self) -> bool:
        """Whether something stands in the rows after the first, so that they are shown open."""
        return any(field.value() or field.errors for row in self.rows[1:] for field in row)

    @property
    def points(self) -> Mapping[str, str]:
        """The reasons by criterion."""
        pairs = (
            (self.cleaned_data.get(f"criterion_{row}"), self.cleaned_data.get(f"reason_{row}"))
            for row in range(1, ROWS + 1)
        )
        return {str(criterion): str(reason) for criterion, reason in pairs if criterion}


class ExtensionForm(NfcForm):
    """Why a complaint needs the longer time."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Lý do gia hạn"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class AnswerForm(NfcForm):
    """The recorded answer and what follows from it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    effect = forms.TypedChoiceField(
        label=_("Kết quả giải quyết"),
        choices=[],
        coerce=ComplaintEffect,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Nội dung trả lời"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Chủ thể đọc nguyên văn; nếu đính chính, đây là lý do trong quyết định."),
    )

    def __init__(self, *args: Any, is_decided: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            (effect.value, _(effect.label))
            for effect in ComplaintEffect
            if is_decided or effect is not ComplaintEffect.CORRECT
        ]
        cast(forms.TypedChoiceField, self.fields["effect"]).choices = offered


class RemarkForm(NfcForm):
    """What the producer is told beside the figures."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Nhận xét của hội đồng"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Không nêu tên hay điểm của thành viên nào."),
    )
