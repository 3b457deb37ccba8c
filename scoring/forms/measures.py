"""What is asked of a decision about a certificate."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from scoring.domain.certificate_states import RevocationGround
from scoring.domain.decision_states import DecisionKind
from scoring.domain.measures import Case, takes_force_away
from scoring.forms.decisions import DecisionForm


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day, picked by the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


class MeasureForm(NfcForm):
    """Why a certificate is suspended, restored or revoked, and whether the subject was heard."""

    ground = forms.TypedChoiceField(
        label=_("Căn cứ"), coerce=RevocationGround, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Lý do"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Câu này đứng trong quyết định và được công khai; đừng ghi thông tin cá nhân."),
    )
    concluded_on = day_field(
        _("Ngày kết luận"),
        help_text=_("Ngày kết luận kiểm tra, hoặc ngày cấp xã xác nhận đã ngừng sản xuất."),
    )
    heard_on = day_field(
        _("Ngày nghe ý kiến chủ thể"),
        required=False,
        help_text=_("Bỏ trống nếu chưa nghe được; ghi lý do ở ô dưới."),
    )
    hearing_note = forms.CharField(
        label=_("Ý kiến của chủ thể"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Chủ thể nói gì, hoặc vì sao chưa nghe được. Không công khai."),
    )
    title = DecisionForm.base_fields["title"]
    number = DecisionForm.base_fields["number"]
    decided_on = DecisionForm.base_fields["decided_on"]
    version = DecisionForm.base_fields["version"]

    def __init__(self, *args: Any, kind: DecisionKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not takes_force_away(kind):
            for name in ("ground", "heard_on", "hearing_note"):
                del self.fields[name]
            return
        ground = self.fields["ground"]
        assert isinstance(ground, forms.TypedChoiceField)  # noqa: S101 - declared above
        ground.choices = [(each.value, gettext(each.label)) for each in RevocationGround]

    @property
    def case(self) -> Case:
        """What was written, once it is valid."""
        return Case(
            note=self.cleaned_data["note"],
            concluded_on=self.cleaned_data["concluded_on"],
            ground=self.cleaned_data.get("ground"),
            heard_on=self.cleaned_data.get("heard_on"),
            hearing_note=self.cleaned_data.get("hearing_note", ""),
        )
