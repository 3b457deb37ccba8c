"""What is asked in a dossier, and of the offices that have it."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cycle.domain.checklist import EvidenceItem, TextItem
from cycle.domain.journey import EnrolmentKind
from cycle.facts import Known
from cycle.forms.papers import VersionedForm, text_field, wanted_field
from cycle.forms.rounds import day_field
from cycle.models import Dossier
from cycle.services.intake import REPORT_ITEMS
from ocop_portal.web.forms import NfcForm, UploadField
from registry.domain.documents import EvidenceKind
from registry.domain.merging import marks_of
from registry.models import Evidence


class DossierTextForm(VersionedForm):
    """The texts that the regime's checklist asks for."""

    def __init__(
        self, *args: Any, texts: Iterable[TextItem], kind: EnrolmentKind, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for text in texts:
            make = wanted_field if kind in text.required_for else text_field
            self.fields[text.name] = make(_(text.title), _(text.hint), rows=6)
        self.compose_fields()


class AttachForm(NfcForm):
    """A paper of the library for an item, and the criteria that it speaks to."""

    evidence = forms.ModelChoiceField(
        label=_("Chọn từ kho minh chứng"),
        queryset=Evidence.objects.none(),
        empty_label=_("Hãy chọn"),
    )

    def __init__(self, *args: Any, library: Any, known: Known, item: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Evidence]", self.fields["evidence"]).queryset = library
        self.fields["criteria"] = _criteria_field(known, item)


def _criteria_field(known: Known, item: str) -> forms.MultipleChoiceField:
    """Every criterion of the set, those that the item speaks to chosen beforehand."""
    return forms.MultipleChoiceField(
        label=_("Dùng cho các tiêu chí"),
        required=False,
        choices=[(code, f"{code} {name}") for code, name in known.names],
        initial=list(known.by_item.get(item, ())),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Một tệp dùng được cho nhiều tiêu chí; thành viên hội đồng thấy nó cạnh đó."),
    )


class UploadForm(NfcForm):
    """A new paper, kept in the library and attached to the item at once."""

    title = forms.CharField(label=_("Tên minh chứng"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại"))
    file = UploadField(label=_("Tệp"))
    valid_until = day_field(
        _("Có giá trị đến hết ngày"),
        required=False,
        help_text=_("Bỏ trống nếu giấy không ghi thời hạn."),
    )

    def __init__(self, *args: Any, item: EvidenceItem, known: Known, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criteria"] = _criteria_field(known, item.code)
        fitting = [EvidenceKind(kind) for kind in item.evidence_kinds] or list(EvidenceKind)
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [(each.value, _(each.label)) for each in fitting]
        self.fields["title"].initial = _(item.title)


class LodgeForm(NfcForm):
    """The oath of the registration form: without it nothing is lodged."""

    confirmed = forms.BooleanField(
        label=_(
            "Tôi cam đoan các thông tin và minh chứng trong hồ sơ là đúng sự thật và chịu trách "
            "nhiệm trước pháp luật."
        )
    )


class ConfirmedLodgeForm(LodgeForm):
    """The oath, and the representative's code: for who lodges in the representative's name."""

    code = forms.CharField(
        label=_("Mã xác nhận của người đại diện"),
        max_length=20,
        help_text=_("Sáu chữ số trong thư mà người đại diện nhận được."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    field_order = ("code", "confirmed")


class ReasonForm(NfcForm):
    """Why something is sent back or taken back."""

    reason = forms.CharField(
        label=_("Lý do, việc cần làm"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ReportForm(NfcForm):
    """The commune's four findings (QĐ 26/2026, Mẫu 03)."""

    local_material = text_field(
        _("1. Nguyên liệu địa phương"), _("Hồ sơ nói gì, thực tế kiểm tra ra sao.")
    )
    local_labour = text_field(
        _("2. Lao động địa phương"), _("Bao nhiêu lao động, bao nhiêu người của xã.")
    )
    origin_of_idea = text_field(
        _("3. Nguồn gốc ý tưởng sản phẩm"), _("Truyền thống hay mới, của ai.")
    )
    local_identity = text_field(
        _("4. Bản sắc, trí tuệ địa phương"), _("Gắn với văn hóa, kinh nghiệm nào của nơi này.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in REPORT_ITEMS:
            self.fields[name].required = True


def text_form(dossier: Dossier, texts: Sequence[TextItem], data: Any = None) -> DossierTextForm:
    """The given texts of a dossier as they stand, or as they were sent."""
    initial = {
        "version": dossier.version,
        "seen": marks_of({text.name: dossier.texts[text.name] for text in texts}),
        **dossier.texts,
    }
    return DossierTextForm(data, initial=initial, texts=texts, kind=EnrolmentKind(dossier.kind))
