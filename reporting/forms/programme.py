"""What is asked in the programme room: a request, the words of a report, a plan, a spending."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm, UploadField
from registry.filters import translated
from registry.models import Unit
from reporting.domain.funds import MOST, Named
from reporting.domain.periods import Period
from reporting.domain.plan_states import FIRST_YEAR, LAST_YEAR
from reporting.domain.report_states import RequestKind
from reporting.domain.targets import Indicator, TargetUnit
from reporting.forms.periods import day_field

LONGEST = 20_000


def long_text(label: Any, hint: Any = "", *, rows: int = 6) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=LONGEST, widget=widget
    )


class RequestForm(NfcForm):
    """A report that the centre wants: of which period, by which day, from whom."""

    title = forms.CharField(label=_("Tên báo cáo"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại báo cáo"), choices=())
    first = day_field(_("Kỳ báo cáo từ ngày"), required=True)
    last = day_field(_("Đến hết ngày"), required=True)
    due_on = day_field(_("Hạn gửi"), required=True)
    text = long_text(_("Yêu cầu nội dung"), rows=4)
    everybody = forms.BooleanField(
        label=_("Mọi tỉnh, thành phố hiện nay"), required=False, initial=True
    )
    units = forms.ModelMultipleChoiceField(
        label=_("Hoặc chọn tỉnh, thành phố"),
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, provinces: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.provinces = provinces
        cast("forms.ModelMultipleChoiceField[Unit]", self.fields["units"]).queryset = provinces
        cast(forms.ChoiceField, self.fields["kind"]).choices = translated(RequestKind.choices())

    @property
    def facts(self) -> dict[str, Any]:
        """As the service takes them."""
        given = self.cleaned_data
        units = self.provinces if given["everybody"] else given["units"]
        return {
            "title": given["title"],
            "kind": RequestKind(given["kind"]),
            "period": Period(given["first"], given["last"]),
            "due_on": given["due_on"],
            "text": given["text"],
            "units": list(units),
        }


class WordsForm(NfcForm):
    """What the office writes beside the portal's figures; may be saved half-written."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    results = long_text(
        _("Kết quả đạt được"), _("Chưa viết xong vẫn lưu được; phải có trước khi gửi."), rows=8
    )
    difficulties = long_text(_("Khó khăn, vướng mắc"))
    proposals = long_text(_("Kiến nghị, việc kỳ tới"))

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("results", "difficulties", "proposals")}


class SendForm(NfcForm):
    """Sending: the version that was read, and a paper where there is one."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    file = UploadField(label=_("Văn bản kèm theo"), required=False)


class WhyForm(NfcForm):
    """Why a report goes back, or a line is struck out; whoever it concerns reads it."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class NewPlanForm(NfcForm):
    """Whose plan, of which year."""

    unit = forms.ModelChoiceField(
        label=_("Tỉnh, thành phố"), queryset=Unit.objects.none(), empty_label=None
    )
    year = forms.IntegerField(label=_("Năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = units


class AimsForm(NfcForm):
    """The aims of a plan: one field for each indicator; an empty one is no aim."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = long_text(_("Nội dung chính của kế hoạch"), rows=4)

    def __init__(self, *args: Any, indicators: Sequence[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicators = indicators
        for each in indicators:
            percent = each.unit is TargetUnit.PERCENT
            self.fields[f"aim_{each.code}"] = forms.IntegerField(
                label=f"{each.label} (%)" if percent else each.label,
                required=False,
                min_value=0,
                max_value=100 if percent else 10**9,
            )

    @property
    def aims(self) -> dict[str, int]:
        found = {each.code: self.cleaned_data[f"aim_{each.code}"] for each in self.indicators}
        return {code: aim for code, aim in found.items() if aim is not None}


class MoneyForm(NfcForm):
    """A source, a component project and whole đồng; the lists are those of a year."""

    source = forms.ChoiceField(label=_("Nguồn vốn"), choices=())
    project = forms.ChoiceField(label=_("Dự án thành phần"), choices=())
    amount = forms.IntegerField(
        label=_("Số tiền (đồng)"), min_value=0, max_value=MOST, widget=forms.NumberInput
    )

    def __init__(
        self, *args: Any, sources: Sequence[Named], projects: Sequence[Named], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, names in (("source", sources), ("project", projects)):
            choices = [(each.code, each.label) for each in names]
            cast(forms.ChoiceField, self.fields[name]).choices = choices


class PlanFundsForm(MoneyForm):
    """A line of a plan; 0 takes it out."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ApprovalForm(NfcForm):
    """The decision that puts a plan in force."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.CharField(label=_("Số quyết định"), max_length=60)
    approved_on = day_field(_("Ngày phê duyệt"), required=True)


class SpendingForm(MoneyForm):
    """One amount that a province spent."""

    unit = forms.ModelChoiceField(
        label=_("Tỉnh, thành phố"), queryset=Unit.objects.none(), empty_label=None
    )
    spent_on = day_field(_("Ngày chi"), required=True)
    note = forms.CharField(label=_("Nội dung chi"), max_length=300)
    field_order = ("unit", "spent_on", "source", "project", "amount", "note")

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = units
