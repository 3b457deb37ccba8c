"""What is asked of a change of administrative units, by its kind."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from registry.domain.regime import Division, Level
from registry.domain.unit_changes import KINDS_OF_LEVEL, LONGEST_CODE, ChangeKind, Outcome
from registry.models import Unit, UnitChange
from registry.selectors import children_of, provinces
from registry.services.unit_changes import Plan

PARTS = 4
CODE_HELP = _("Mã do cơ quan thống kê cấp; ghi mã của một đơn vị cũ nếu đơn vị đó còn đi tiếp.")
NAME_HELP = _("Cả loại và tên riêng, ví dụ “Xã Tân Cương”.")


class ManyUnits(forms.ModelMultipleChoiceField):  # type: ignore[type-arg] # not subscriptable at run time
    """Units as boxes to tick, by their names alone."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "choices--columns"})

    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


class UnitChangeForm(NfcForm):
    """The day, the decision and the reason of any change; its own questions come before them."""

    effective_on = forms.DateField(
        label=_("Có hiệu lực từ ngày"),
        help_text=_("Có thể ghi trước; cổng tự thực hiện khi đến ngày (giờ Việt Nam)."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    decision_number = forms.CharField(label=_("Số nghị quyết, quyết định"), max_length=60)
    reason = forms.CharField(label=_("Lý do"), max_length=300)

    def __init__(
        self, data: Any = None, *, unit: Unit, kind: ChangeKind, corrects: UnitChange | None
    ) -> None:
        super().__init__(data)
        self.unit, self.kind, self.corrects = unit, kind, corrects
        ask: Callable[[], dict[str, forms.Field]] = {
            ChangeKind.MERGER: self._merger,
            ChangeKind.SPLIT: self._split,
            ChangeKind.RENAME: self._rename,
            ChangeKind.STATUS: self._status,
            ChangeKind.TRANSFER: self._transfer,
        }[kind]
        own = ask()
        self.fields = {**own, **self.fields}
        self.compose_fields()

    @property
    def called(self) -> dict[str, str]:
        """The form's fields for what the rules speak of."""
        first = next(iter(self.fields))
        return {
            "outcomes": "new_kind" if self.kind is ChangeKind.STATUS else self._name_field()
        } | {"units": first}

    def plan(self) -> Plan:
        """What was asked for, ready for the service."""
        facts = self.cleaned_data
        return Plan(
            kind=self.kind,
            units=[self.unit, *facts.get("others", ())],
            outcomes=self._outcomes(facts),
            effective_on=cast(date, facts["effective_on"]),
            decision_number=facts["decision_number"],
            reason=facts["reason"],
            target=facts.get("target"),
            corrects=self.corrects,
        )

    def _name_field(self) -> str:
        return "name_1" if self.kind is ChangeKind.SPLIT else "name"

    def _outcomes(self, facts: dict[str, Any]) -> list[Outcome]:
        unit = self.unit
        if self.kind is ChangeKind.SPLIT:
            pairs = [(facts[f"code_{part}"], facts[f"name_{part}"]) for part in range(1, PARTS + 1)]
            return [Outcome(code, name) for code, name in pairs if code or name]
        if self.kind is ChangeKind.STATUS:
            return [Outcome(unit.code, f"{facts['new_kind']} {unit.short_name}")]
        if self.kind is ChangeKind.TRANSFER:
            return [Outcome(facts["code"], unit.name)]
        return [Outcome(facts.get("code", unit.code), facts["name"])]

    def _merger(self) -> dict[str, forms.Field]:
        others = children_of(self.unit.parent).filter(
            division=Division.TWO_TIER, valid_to__isnull=True
        ) if self.unit.parent else Unit.objects.none()  # fmt: skip
        return {
            "others": ManyUnits(label=_("Sáp nhập cùng"), queryset=others.exclude(pk=self.unit.pk)),
            "code": _code(_("Mã đơn vị mới")),
            "name": _name(_("Tên đơn vị sau sáp nhập")),
        }

    def _split(self) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        for part in range(1, PARTS + 1):
            needed = part <= 2  # noqa: PLR2004 - a split has two parts at least
            fields[f"name_{part}"] = _name(_("Tên đơn vị thứ %(part)s") % {"part": part}, needed)
            fields[f"code_{part}"] = _code(_("Mã đơn vị thứ %(part)s") % {"part": part}, needed)
        return fields

    def _rename(self) -> dict[str, forms.Field]:
        return {"name": _name(_("Tên mới"))}

    def _status(self) -> dict[str, forms.Field]:
        kinds = KINDS_OF_LEVEL.get(Level(self.unit.level), ())
        choices = [(kind, kind) for kind in kinds if kind != self.unit.kind]
        return {"new_kind": forms.ChoiceField(label=_("Loại mới"), choices=choices)}

    def _transfer(self) -> dict[str, forms.Field]:
        rows = provinces(Division.TWO_TIER).filter(valid_to__isnull=True)
        return {
            "target": forms.ModelChoiceField(
                label=_("Tỉnh, thành phố nhận"),
                queryset=rows.exclude(children=self.unit),
                empty_label=_("Chọn tỉnh, thành phố"),
            ),
            "code": forms.CharField(
                label=_("Mã ở tỉnh mới"),
                max_length=LONGEST_CODE,
                initial=self.unit.code,
                help_text=_("Thường mã giữ nguyên."),
            ),
        }


def _code(label: Any, required: bool = True) -> forms.CharField:  # noqa: FBT001, FBT002 - as Django's own argument
    return forms.CharField(
        label=label, max_length=LONGEST_CODE, required=required, help_text=CODE_HELP
    )


def _name(label: Any, required: bool = True) -> forms.CharField:  # noqa: FBT001, FBT002 - as above
    return forms.CharField(label=label, max_length=80, required=required, help_text=NAME_HELP)
