"""A rule's refusal as an error of a form, at the field that it is about."""

from collections.abc import Callable, Mapping

from django import forms

from ocop_portal.refusals import refusal_text
from registry.domain.errors import RuleBroken


def add_refusal(
    form: forms.Form, refusal: RuleBroken, *, called: Mapping[str, str] | None = None
) -> None:
    """Says at the field, or above the form, why the rule refuses.

    `called` names the form's field where the rule speaks of it by another name.
    """
    name = (called or {}).get(refusal.field, refusal.field)
    field = name if name in form.fields else None
    form.add_error(field, forms.ValidationError(refusal_text(refusal), code=refusal.code))


def judged(text: str, rule: Callable[[str], str]) -> str:
    """What was typed, if the rule for it alone has nothing to say: with all other faults at once.

    The text stays as it was typed; the service brings it into the form in which it is kept.
    """
    try:
        rule(text)
    except RuleBroken as refusal:
        raise forms.ValidationError(refusal_text(refusal), code=refusal.code) from refusal
    return text
