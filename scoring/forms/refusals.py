"""A rule's refusal as an error of a form; what was typed stays in it."""

from django import forms

from ocop_portal.refusals import refusal_text
from registry.domain.errors import RuleBroken


def add_refusal(form: forms.Form, refusal: RuleBroken) -> None:
    """Says at the field, or above the form, why the rule refuses."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, forms.ValidationError(refusal_text(refusal), code=refusal.code))
