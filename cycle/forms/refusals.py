"""A rule's refusal as an error of a form; what was typed stays in it."""

from django import forms

from ocop_portal.refusals import refusal_text
from registry.domain.errors import RuleBroken, Stale


def add_refusal(form: forms.Form, refusal: RuleBroken, *, version: int | None = None) -> None:
    """Says at the field, or above the form, why the rule refuses.

    After a refusal as stale the person has been told; with `version` the next save may pass.
    """
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, forms.ValidationError(refusal_text(refusal), code=refusal.code))
    if isinstance(refusal, Stale) and version is not None:
        renew_version(form, version)


def renew_version(form: forms.Form, version: int) -> None:
    """The form is shown again on the present version of its row."""
    form.data = {**{name: form.data[name] for name in form.data}, "version": str(version)}
