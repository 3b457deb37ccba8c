"""What is asked of inspections: the plan, an ad hoc visit, what was seen, what is to be mended."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from scoring.domain.certificate_states import RevocationGround
from scoring.domain.inspections import Answer, CheckItem, Proposal
from scoring.forms.measures import day_field
from scoring.models import Certificate
from scoring.services.inspections import Seen


class CertificateChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg] # not subscriptable at run time
    """A certificate named by its product and when it was last visited."""

    def label_from_instance(self, obj: Certificate) -> str:
        last = getattr(obj, "last_visit", None)
        visit = f"{last:%d/%m/%Y}" if last else gettext("chưa kiểm tra lần nào")
        return f"{obj.product_name} – {obj.subject_name} ({obj.stars}★), {visit}"


class PlanForm(NfcForm):
    """Certificates that are to be visited by a day."""

    certificates = CertificateChoice(
        label=_("Sản phẩm đưa vào kế hoạch"),
        queryset=Certificate.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = day_field(_("Kiểm tra trước ngày"))

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(CertificateChoice, self.fields["certificates"]).queryset = waiting


class OrderForm(NfcForm):
    """An ad hoc visit."""

    occasion = forms.CharField(
        label=_("Lý do kiểm tra đột xuất"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ví dụ: phản ánh của người dân. Chủ thể không được báo trước."),
    )
    due_on = day_field(_("Kiểm tra trước ngày"))


class RecordForm(NfcForm):
    """The visit: who, when, each line of the checklist, the conclusion."""

    visited_on = day_field(_("Ngày kiểm tra"))
    inspectors = forms.CharField(
        label=_("Thành phần đoàn"), max_length=500, help_text=_("Tên và đơn vị của từng người.")
    )
    conclusion = forms.CharField(
        label=_("Kết luận"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, items: Sequence[CheckItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[item.code] = forms.ChoiceField(
                label=item.text,
                choices=[(each.value, gettext(each.label)) for each in Answer],
                widget=forms.RadioSelect,
                help_text=item.clause,
            )
            self.fields[f"note-{item.code}"] = forms.CharField(
                label=_("Ghi chú"), max_length=500, required=False
            )
        self.order_fields(["visited_on", "inspectors", *self.fields])
        self.fields["conclusion"] = self.fields.pop("conclusion")

    @property
    def seen(self) -> dict[str, Seen]:
        """What was seen, by the code of the line."""
        return {
            item.code: Seen(
                Answer(self.cleaned_data[item.code]), self.cleaned_data[f"note-{item.code}"]
            )
            for item in self.items
        }


class FindingForm(NfcForm):
    """Something to be mended, or a proposal to the authority."""

    text = forms.CharField(
        label=_("Điều phát hiện"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    proposal = forms.TypedChoiceField(label=_("Xử lý"), coerce=Proposal, widget=forms.RadioSelect)
    due_on = day_field(
        _("Khắc phục trước ngày"), required=False, help_text=_("Cần có khi yêu cầu khắc phục.")
    )
    ground = forms.TypedChoiceField(
        label=_("Căn cứ"),
        coerce=RevocationGround,
        required=False,
        empty_value=None,
        help_text=_("Cần có khi đề nghị tạm dừng hoặc thu hồi."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        proposal = cast(forms.ChoiceField, self.fields["proposal"])
        proposal.choices = [(each.value, gettext(each.label)) for each in Proposal]
        proposal.initial = Proposal.NONE.value
        ground = cast(forms.ChoiceField, self.fields["ground"])
        grounds = [(each.value, gettext(each.label)) for each in RevocationGround]
        ground.choices = [("", gettext("Hãy chọn")), *grounds]


class NoteForm(NfcForm):
    """One sentence with an act."""

    note = forms.CharField(
        label=_("Ghi chú"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class PhotoForm(NfcForm):
    """A photograph of the visit."""

    file = forms.FileField(
        label=_("Ảnh"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        allow_empty_file=True,  # the service says what is wrong with an empty one
    )
    caption = forms.CharField(label=_("Ảnh cho thấy gì"), max_length=200)
