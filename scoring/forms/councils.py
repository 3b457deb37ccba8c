"""Councils and their seats."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.accounts.models import User
from ocop_portal.web.forms import NfcForm
from registry.domain.regime import Level
from registry.models import Unit
from scoring.domain.council import Seat
from scoring.selectors.bodies import bodies_at, groups_by_body
from scoring.selectors.councils import industries, usual_regulation

DAY = {"type": "date"}


def industry_choices() -> list[tuple[str, str]]:
    """Every trade that a product set belongs to, in the order of the alphabet."""
    return [(name, name) for name in industries()]


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg] # not subscriptable at run time
    """A unit with those above it."""

    def label_from_instance(self, obj: Unit) -> str:
        return obj.long_name


class CouncilForm(NfcForm):
    """The decision, the term, and the regulation's figures."""

    unit = UnitChoice(label=_("Cấp và đơn vị"), queryset=Unit.objects.none())
    body = forms.ChoiceField(
        label=_("Loại hội đồng"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Hội đồng chuyên ngành chấm trước theo nhóm; hội đồng sau kết luận của cấp."),
    )
    groups = forms.MultipleChoiceField(
        label=_("Nhóm sản phẩm của hội đồng chuyên ngành"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    name = forms.CharField(label=_("Tên hội đồng"), max_length=200)
    decision_number = forms.CharField(label=_("Số quyết định thành lập"), max_length=60)
    decided_on = forms.DateField(label=_("Ngày quyết định"), widget=forms.DateInput(attrs=DAY))
    starts_on = forms.DateField(label=_("Nhiệm kỳ từ ngày"), widget=forms.DateInput(attrs=DAY))
    ends_on = forms.DateField(
        label=_("Đến hết ngày"), required=False, widget=forms.DateInput(attrs=DAY)
    )
    quorum_percent = forms.IntegerField(
        label=_("Tỷ lệ có mặt tối thiểu (%)"),
        min_value=1,
        max_value=100,
        help_text=_("Tính trên số người chấm không có xung đột lợi ích, gồm cả người chủ trì."),
    )
    max_spread = forms.IntegerField(
        label=_("Chênh lệch điểm lớn nhất"),
        min_value=0,
        max_value=100,
        help_text=_("Các phiếu chênh nhau quá mức này thì phải chấm lại."),
    )
    notice_working_days = forms.IntegerField(
        label=_("Số ngày làm việc báo trước"), min_value=0, max_value=60
    )
    minimum_members = forms.IntegerField(label=_("Số người chấm ít nhất"), min_value=1)
    reconciliation_rounds = forms.IntegerField(
        label=_("Số lượt chấm lại nhiều nhất"), min_value=0, max_value=9
    )

    rounds_around_tests = forms.BooleanField(
        label=_("Chấm hai lượt: trước và sau kết quả kiểm nghiệm"),
        required=False,
        help_text=_("Khi chọn, hội đồng chỉ kết luận sau lượt chấm có kết quả kiểm nghiệm."),
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = units
        self._offer_bodies({Level(level) for level in units.values_list("level", flat=True)})

    def _offer_bodies(self, levels: set[Level]) -> None:
        """The kinds of council at the person's levels; with one kind there is nothing to choose."""
        found = [(level, body) for level in sorted(levels) for body in bodies_at(level)]
        ordered = [(level, body) for level, body in found if body.code]
        if not ordered:
            del self.fields["body"], self.fields["groups"]
            return
        names = {body.code: body.name for _level, body in [*found, *ordered]}
        cast(forms.ChoiceField, self.fields["body"]).choices = list(names.items())
        groups = [name for level, body in ordered for name in groups_by_body(level, body.code)]
        cast(forms.MultipleChoiceField, self.fields["groups"]).choices = [
            (name, name) for name in dict.fromkeys(groups)
        ]

    @staticmethod
    def usual(level: Any) -> dict[str, int]:
        """The figures to begin with."""
        return usual_regulation(level)


class MemberForm(NfcForm):
    """Who sits where; people are found by their mail address."""

    email = forms.EmailField(
        label=_("Thư điện tử của người được phân công"),
        help_text=_("Người này cần có tài khoản trên cổng."),
    )
    seat = forms.ChoiceField(label=_("Vị trí"), choices=Seat.choices)
    office = forms.CharField(label=_("Chức vụ, cơ quan"), max_length=200, required=False)

    industries = forms.MultipleChoiceField(
        label=_("Ngành am hiểu"),
        required=False,
        choices=industry_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Dùng để đề nghị phân công đọc hồ sơ."),
    )

    def clean_email(self) -> str:
        address = str(self.cleaned_data["email"]).lower()
        if not User.objects.filter(email=address, is_active=True).exists():
            raise forms.ValidationError(_("Không có tài khoản nào dùng địa chỉ này."))
        return address

    @property
    def person(self) -> User:
        return User.objects.get(email=self.cleaned_data["email"])
