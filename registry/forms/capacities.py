"""What is asked of a subject's capacity, its material areas and a craft village."""

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from registry.domain.capacity import FIRST_YEAR, AreaCertificate
from registry.forms.places import commune_field
from registry.models import CraftVillage, MaterialArea, Subject
from registry.selectors import villages_near

M2_IN_A_HECTARE = 10_000
MOST_HECTARES = 1_000_000
MOST_WORKERS = 1_000_000


def day_field(**kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(required=False, widget=widget, **kwargs)


class VillageChoice(forms.ModelChoiceField):  # type: ignore[type-arg] # not subscriptable at run time
    """A craft village with its commune."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.commune.name})"


class CapacityForm(NfcForm):
    """Workers, craft village, circular chain."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    workers = forms.IntegerField(
        label=_("Số lao động"), min_value=0, max_value=MOST_WORKERS, required=False
    )
    trained_workers = forms.IntegerField(
        label=_("Trong đó lao động qua đào tạo"),
        min_value=0,
        max_value=MOST_WORKERS,
        required=False,
        help_text=_("Có bằng, chứng chỉ hoặc chứng nhận đào tạo phù hợp với việc đang làm."),
    )
    workers_year = forms.IntegerField(
        label=_("Số liệu năm"), min_value=FIRST_YEAR, max_value=9999, required=False
    )
    craft_village = VillageChoice(
        label=_("Làng nghề"),
        queryset=CraftVillage.objects.none(),
        required=False,
        empty_label=_("Không thuộc làng nghề nào"),
        help_text=_("Làng nghề đã được công nhận trong tỉnh; thiếu thì hỏi cán bộ OCOP cấp tỉnh."),
    )
    has_circular_chain = forms.BooleanField(
        label=_("Có chuỗi tuần hoàn, kinh tế xanh"), required=False
    )
    circular_note = forms.CharField(
        label=_("Chuỗi tuần hoàn thế nào"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: bã chè ủ phân bón lại cho đồi chè."),
    )

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[CraftVillage]", self.fields["craft_village"])
        field.queryset = villages_near(subject)

    def details(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def capacity_values(subject: Subject) -> dict[str, Any]:
    return {name: getattr(subject, name) for name in CapacityForm.base_fields} | {
        "craft_village": subject.craft_village_id
    }


class MaterialAreaForm(NfcForm):
    """One area; its size in hectares is kept in square metres."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Tên vùng"), max_length=150, help_text=_("Ví dụ: đồi chè xóm Hồng Thái.")
    )
    hectares = forms.DecimalField(
        label=_("Diện tích (ha)"),
        min_value=Decimal("0.0001"),
        max_value=MOST_HECTARES,
        decimal_places=4,
        localize=True,
        help_text=_("Một sào Bắc Bộ là 0,036 ha."),
    )
    commune = commune_field(
        label=_("Xã, phường"),
        help_text=_("Gõ tên xã, có thể kèm tên tỉnh, không cần dấu: “tan cuong thai nguyen”."),
        error_messages={"required": _("Hãy tìm và chọn xã, phường.")},
    )
    code = forms.CharField(
        label=_("Mã số vùng trồng"),
        max_length=40,
        required=False,
        help_text=_("Ghi đúng như giấy cấp mã; chưa có thì bỏ trống."),
    )
    certificate = forms.ChoiceField(label=_("Chứng nhận"), required=False)
    valid_until = day_field(label=_("Chứng nhận có giá trị đến hết ngày"))

    def __init__(self, *args: Any, query: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune"].widget.query = query
        field = cast(forms.ChoiceField, self.fields["certificate"])
        field.choices = [("", _("Chưa có")), *((c.value, _(c.label)) for c in AreaCertificate)]

    def details(self) -> dict[str, Any]:
        facts = {k: v for k, v in self.cleaned_data.items() if k not in {"version", "hectares"}}
        certificate = AreaCertificate(facts["certificate"]) if facts["certificate"] else None
        size = int(self.cleaned_data["hectares"] * M2_IN_A_HECTARE)
        return {**facts, "certificate": certificate, "area_m2": size}


def area_values(area: MaterialArea) -> dict[str, Any]:
    kept = ("version", "name", "code", "certificate", "valid_until")
    return {name: getattr(area, name) for name in kept} | {
        "hectares": Decimal(area.area_m2) / M2_IN_A_HECTARE,
        "commune": area.commune_id,
    }


class CraftVillageForm(NfcForm):
    """A village as the decision recognised it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Tên làng nghề"), max_length=150)
    commune = commune_field(
        label=_("Xã, phường"),
        help_text=_("Gõ tên xã, có thể kèm tên tỉnh, không cần dấu: “tan cuong thai nguyen”."),
        error_messages={"required": _("Hãy tìm và chọn xã, phường.")},
    )
    is_traditional = forms.BooleanField(label=_("Làng nghề truyền thống"), required=False)
    decision_number = forms.CharField(
        label=_("Số quyết định công nhận"), max_length=50, required=False
    )
    recognised_on = day_field(label=_("Công nhận ngày"))

    def __init__(self, *args: Any, query: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune"].widget.query = query

    def details(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def village_values(village: CraftVillage) -> dict[str, Any]:
    return {name: getattr(village, name) for name in CraftVillageForm.base_fields} | {
        "commune": village.commune_id
    }
