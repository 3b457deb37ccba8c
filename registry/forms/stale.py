"""What somebody else saved while a person was typing, shown beside what was typed."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ocop_portal.web.templatetags.portal import vn_date
from registry.models import CraftVillage, Product, Subject, Unit


def differences(
    form: forms.Form, stored: Subject | Product | CraftVillage
) -> list[tuple[str, Any]]:
    """Label and stored value of every answer in which the form and the row differ."""
    return [
        (str(bound.label), _shown(bound.field, getattr(stored, bound.name)))
        for bound in form.visible_fields()
        if hasattr(stored, bound.name)
        and form.cleaned_data.get(bound.name) != getattr(stored, bound.name)
    ]


def _shown(field: forms.Field, value: Any) -> Any:
    if isinstance(value, Unit):
        return value.long_name
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, date):
        return vn_date(value)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return dict(choices).get(value, value)
    return value
