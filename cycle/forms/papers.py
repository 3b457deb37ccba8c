"""What is asked in the steps two to four. Nothing is required while it is only saved."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cycle.forms.rounds import day_field
from cycle.models import BusinessPlan, Idea
from ocop_portal.web.forms import NfcForm

MAX_TEXT = 20_000


class WantedField(forms.CharField):
    """A text that handing in needs and saving does not: it may be empty for now."""

    def validate(self, value: str) -> None:
        """Emptiness is for the service to judge, when the paper is handed in."""


def text_field(label: Any, hint: Any = "", *, rows: int = 4) -> forms.CharField:
    """A text of some lines that may stay empty."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=MAX_TEXT, widget=widget
    )


def wanted_field(label: Any, hint: Any = "", *, rows: int = 4) -> WantedField:
    """A text of some lines that is needed to hand the paper in."""
    widget = forms.Textarea(attrs={"rows": rows})
    return WantedField(label=label, help_text=hint, max_length=MAX_TEXT, widget=widget)


def money_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=10**15, widget=forms.NumberInput
    )


class VersionedForm(NfcForm):
    """A form that knows which version of its row the person has read."""

    use_required_attribute = False  # it may be saved half-written
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def values(self) -> dict[str, Any]:
        """What was written, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @property
    def seen_version(self) -> int:
        return self.cleaned_data.get("version") or 0


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
        return cls(initial={name: getattr(idea, name) for name in cls.base_fields})


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
        return cls(initial={name: getattr(plan, name) for name in cls.base_fields})


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
