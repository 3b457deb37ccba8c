"""What is asked in the steps two to four. Nothing is required while it is only saved."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cycle.forms.rounds import day_field
from cycle.models import BusinessPlan, Idea
from ocop_portal.web.forms import NfcForm
from registry.domain.merging import marks_of

MAX_TEXT = 20_000
BESIDE = frozenset({"version", "seen"})  # what was read stands beside what is written


class WantedField(forms.CharField):
    """A text that handing in needs and saving does not: it may be empty for now."""

    def validate(self, value: str) -> None:
        """Emptiness is for the service to judge, when the paper is handed in."""


def text_field(label: Any, hint: Any = "", *, rows: int = 4) -> forms.CharField:
    """A text of some lines that may stay empty."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=MAX_TEXT,
        widget=widget,
        strip=False,
    )


def wanted_field(label: Any, hint: Any = "", *, rows: int = 4) -> WantedField:
    """A text of some lines that is needed to hand the paper in."""
    widget = forms.Textarea(attrs={"rows": rows})
    return WantedField(label=label, help_text=hint, max_length=MAX_TEXT, widget=widget, strip=False)


def money_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=10**15, widget=forms.NumberInput
    )


class VersionedForm(NfcForm):
    """A form that knows what of its row the person has read: its version, and field by field."""

    use_required_attribute = False  # it may be saved half-written
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen = forms.JSONField(widget=forms.HiddenInput, required=False)
    # What others saved meanwhile, after a refusal: label and stored value.
    conflicts: Sequence[tuple[str, Any]] = ()
    # For the page's script, after such a refusal: the marks of what was read before it, as JSON.
    marks_read = ""

    def values(self) -> dict[str, Any]:
        """What was written, without what was read."""
        return {name: value for name, value in self.cleaned_data.items() if name not in BESIDE}

    def writable(self) -> dict[str, forms.Field]:
        """The fields in which one writes, by name."""
        return {name: field for name, field in self.fields.items() if name not in BESIDE}

    @property
    def seen_version(self) -> int:
        return self.cleaned_data.get("version") or 0

    @property
    def seen_marks(self) -> dict[str, str] | None:
        """The mark of each field as it was read; None where the form does not say."""
        marks = self.cleaned_data.get("seen")
        return marks if isinstance(marks, dict) and marks else None


def written_fields(form_class: type[VersionedForm]) -> list[str]:
    """The names of the fields in which one writes."""
    return [name for name in form_class.base_fields if name not in BESIDE]


def read_from(row: Idea | BusinessPlan, form_class: type[VersionedForm]) -> dict[str, Any]:
    """The values of a row for its form, with its version and the marks of what it holds."""
    values = {name: getattr(row, name) for name in written_fields(form_class)}
    return {**values, "version": row.version, "seen": marks_of(values)}


class IdeaForm(VersionedForm):
    """One short page; the three product criteria in the subject's own words."""

    description = wanted_field(_("Sản phẩm là gì, làm từ gì, làm thế nào"), _("Vài câu là đủ."))
    difference = text_field(_("Khác sản phẩm cùng loại ở chỗ nào"))
    local_speciality = wanted_field(
        _("Tiêu chí 1: là đặc sản, có thế mạnh của địa phương"),
        _("Nguyên liệu, nghề, con người nơi đây."),
    )
    value_added = wanted_field(
        _("Tiêu chí 2: làm tăng giá trị cho địa phương"),
        _("Việc làm, thu nhập, liên kết với người trồng."),
    )
    no_harm = wanted_field(
        _("Tiêu chí 3: không gây hại cho môi trường"),
        _("Chất thải, nước, hóa chất được xử lý ra sao."),
    )
    market = text_field(_("Ai mua, bán ở đâu"))
    support_wanted = text_field(_("Cần hỗ trợ gì"))

    @classmethod
    def on(cls, idea: Idea) -> "IdeaForm":
        return cls(initial=read_from(idea, cls))


class PlanForm(VersionedForm):
    """The plan of production and business, as the official form asks."""

    goals = wanted_field(_("Mục tiêu"), _("Muốn đạt gì, trong bao lâu."))
    material_area = wanted_field(_("Vùng nguyên liệu"), _("Diện tích, sản lượng, liên kết."))
    technology = wanted_field(_("Công nghệ, quy trình, thiết bị"))
    quality = wanted_field(_("Bảo đảm chất lượng"), _("Tiêu chuẩn, kiểm nghiệm, ghi chép."))
    market = wanted_field(_("Thị trường, cách bán"))
    organisation = text_field(_("Tổ chức, lao động"))
    investment = money_field(_("Vốn cần có (đồng)"))
    own_capital = money_field(_("Trong đó vốn tự có (đồng)"))
    finance = text_field(_("Hiệu quả tài chính"))

    @classmethod
    def on(cls, plan: BusinessPlan) -> "PlanForm":
        return cls(initial=read_from(plan, cls))


class MilestoneForm(NfcForm):
    """A thing to be done by a day."""

    title = forms.CharField(label=_("Việc cần làm"), max_length=200)
    due_on = day_field(_("Làm xong trước hết ngày"))
    cost = money_field(_("Chi phí dự kiến (đồng)"))


class MilestoneDoneForm(NfcForm):
    """What came of it, and when it was done."""

    completed_on = day_field(_("Xong ngày"))
    note = text_field(_("Kết quả"), rows=2)
    cost = money_field(_("Chi phí thực tế (đồng)"))
