"""Picking a commune out of 3,321, and the one it was before: by search, never by a long list.

Both widgets work without JavaScript: the search button sends the form back with what was found
and with everything typed so far. With htmx the list renews itself while the person types.
"""

from typing import Any, cast

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from registry.domain.regime import Division, Level
from registry.models import Unit
from registry.selectors import find_units, former_units_of, heirs_of, names_of_before, units

OFFERED = 12
LONGEST_KEY = 18
FIND = "_find"  # the name of the search buttons; a form sent by one is not yet to be judged
LATER = "later"  # the answer "I cannot say yet" to the question for the former commune


class UnitPicker(forms.Widget):
    """A search field with the units that it found as radio buttons."""

    template_name = "registry/widgets/unit_picker.html"
    use_fieldset = True

    def __init__(self, division: Division | None, levels: tuple[Level, ...]) -> None:
        super().__init__()
        self.division = division
        self.levels = levels
        self.query = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"].update(
            picked(
                name,
                chosen=str(value or ""),
                query=self.query,
                division=self.division,
                levels=self.levels,
            ),
            search_url=self._search_url(name),
            find_name=FIND,
        )
        return context

    def _search_url(self, name: str) -> str:
        levels = "".join(f"&level={level.value}" for level in self.levels)
        division = f"&division={self.division.value}" if self.division else ""
        return f"{reverse('registry:unit-search')}?field={name}{division}{levels}"


def picked(
    name: str,
    *,
    chosen: str,
    query: str,
    division: Division | None,
    levels: tuple[Level, ...],
) -> dict[str, Any]:
    """What the list of a picker shows: the chosen unit, then what the search found."""
    found: list[Unit] = []
    if query.strip():
        rows = find_units(query, division=division, levels=levels)
        if division == Division.TWO_TIER:
            rows = rows.filter(valid_to__isnull=True)  # what is asked for is a place of today
        found = list(rows[: OFFERED + 1])
    options = found[:OFFERED]
    held, heirs = _held(chosen, division)
    offered_keys = {unit.pk for unit in options}
    options = [*(unit for unit in [*held, *heirs] if unit.pk not in offered_keys), *options]
    before = names_of_before(options, query) if options and query.strip() else {}
    return {
        "name": name,
        "query": query,
        "chosen": chosen,
        "heirs": heirs,
        "options": [(str(unit.pk), unit, before.get(unit.pk, [])) for unit in options],
        "searched": bool(query.strip()),
        "found_nothing": bool(query.strip()) and not found,
        "there_are_more": len(found) > OFFERED,
    }


def _held(chosen: str, division: Division | None) -> tuple[list[Unit], list[Unit]]:
    """The chosen unit, and where that is a commune that has ended, those that took it over."""
    held = list(units().filter(pk=int(chosen))) if is_key(chosen) else []
    has_ended = division == Division.TWO_TIER and any(unit.valid_to for unit in held)
    return held, list(heirs_of(held[0])) if has_ended else []


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg] # not subscriptable at run time
    """A unit found by name; the rows are never listed, only looked up."""

    widget: UnitPicker

    def __init__(
        self,
        *,
        division: Division | None = None,
        levels: tuple[Level, ...] = (),
        **kwargs: Any,
    ) -> None:
        queryset = units()
        if division is not None:
            queryset = queryset.filter(division=division)
        if levels:
            queryset = queryset.filter(level__in=levels)
        super().__init__(queryset=queryset, widget=UnitPicker(division, levels), **kwargs)


def commune_field(**kwargs: Any) -> UnitField:
    """A commune of today."""
    return UnitField(division=Division.TWO_TIER, levels=(Level.COMMUNE,), **kwargs)


class FormerCommunePicker(forms.Widget):
    """The units whose land became the chosen commune, as radio buttons, with “later”."""

    template_name = "registry/widgets/former_commune.html"
    use_fieldset = True

    def __init__(self) -> None:
        super().__init__()
        self.commune_id = ""
        self.commune_name = "commune"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"].update(
            offered(name, commune_id=self.commune_id, chosen=str(value or "")),
            url=f"{reverse('registry:former-communes')}?field={name}&of={self.commune_name}",
            commune_name=self.commune_name,
        )
        return context


def offered(name: str, *, commune_id: str, chosen: str) -> dict[str, Any]:
    """The former units of a commune; where there is one alone, it is offered as chosen."""
    found = former_units(commune_id)
    if not chosen and len(found) == 1:
        chosen = str(found[0].pk)
    return {
        "name": name,
        "chosen": chosen,
        "options": [(str(unit.pk), unit) for unit in found],
        "later": LATER,
        "knows_commune": bool(commune_id),
    }


def is_key(text: str) -> bool:
    """Whether a text from outside can be the key of a row; no database takes thirty digits."""
    return text.isdecimal() and len(text) <= LONGEST_KEY


def former_units(commune_id: str) -> list[Unit]:
    """The predecessors of the commune of a key; none where the key is none."""
    if not is_key(commune_id):
        return []
    return list(former_units_of(Unit(pk=int(commune_id))))


class FormerCommuneField(forms.Field):
    """A former unit of the commune, or None for “later”; the form asks for one of the answers."""

    widget = FormerCommunePicker

    def clean(self, value: Any) -> Unit | None:
        return self.to_python(value)

    def to_python(self, value: Any) -> Unit | None:
        if value in (None, "", LATER):
            return None
        picker = cast(FormerCommunePicker, self.widget)
        found = {str(unit.pk): unit for unit in former_units(picker.commune_id)}
        if value not in found:
            raise forms.ValidationError(
                _("Xã cũ này không nhập vào xã đã chọn; hãy chọn lại."), code="former"
            )
        return found[value]


class PlacesForm(NfcForm):
    """Asks for a commune of today and, once that is chosen, for what it was before."""

    commune = commune_field(
        label=_("Xã, phường hiện nay"),
        help_text=_("Gõ tên xã, có thể kèm tên tỉnh, không cần dấu: “tan cuong thai nguyen”."),
        error_messages={"required": _("Hãy tìm và chọn xã, phường.")},
    )
    former_commune = FormerCommuneField(
        label=_("Xã, phường trước 1/7/2025"),
        help_text=_(
            "Đợt đánh giá ba cấp tính theo xã cũ. Một xã hiện nay có thể gồm nhiều xã cũ, nên cổng "
            "không tự chọn thay bạn."
        ),
    )

    def __init__(self, *args: Any, query: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source = self.data if self.is_bound else self.initial
        self.fields["commune"].widget.query = query
        self.fields["former_commune"].widget.commune_id = str(source.get("commune") or "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        unanswered = not self.data.get("former_commune")
        if cleaned.get("commune") and unanswered and former_units(str(self.data["commune"])):
            self.add_error(
                "former_commune",
                _("Hãy chọn xã cũ, hoặc chọn “để sau” nếu chưa chắc."),
            )
        return cleaned


def is_looking(data: Any) -> bool:
    """Whether a form was sent to search for a place, not to be judged."""
    return FIND in data
