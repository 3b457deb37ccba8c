"""A rule's refusal as an error of a form; what was typed stays in it."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms

from cycle.forms.papers import VersionedForm
from cycle.services.papers import composed
from ocop_portal.refusals import refusal_text
from registry.domain.errors import RuleBroken, Stale
from registry.domain.merging import marks_of


def add_refusal(form: forms.Form, refusal: RuleBroken, *, version: int | None = None) -> None:
    """Says at the field, or above the form, why the rule refuses.

    After a refusal as stale the person has been told; with `version` the next save may pass.
    """
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, forms.ValidationError(refusal_text(refusal), code=refusal.code))
    if isinstance(refusal, Stale) and version is not None:
        renew_version(form, version)


def add_paper_refusal(
    form: VersionedForm, refusal: RuleBroken, *, version: int, stored: Mapping[str, Any]
) -> None:
    """As `add_refusal`, for a form that knows what was read field by field.

    What others saved meanwhile (`stored`, as it is now) is shown beside what was typed; the next
    save is a choice made knowing both. What was saved before another rule refused is known as read.
    """
    typed = form.values()  # a field that is marked as wrong is no longer among them
    add_refusal(form, refusal)
    renew_version(form, version)
    in_conflict = refusal.facts.get("fields", ()) if isinstance(refusal, Stale) else ()
    assert isinstance(in_conflict, tuple)  # noqa: S101 - the service says so
    form.conflicts = [(str(form.fields[name].label), stored[name]) for name in in_conflict]
    before = form.seen_marks or {}
    if in_conflict:
        form.marks_read = json.dumps(before)
    is_told = isinstance(refusal, Stale)
    known = {
        name: stored[name]
        for name, value in typed.items()
        if is_told or composed(value) == stored[name]
    }
    form.data = {**form.data, "seen": json.dumps({**before, **marks_of(known)})}


def renew_version(form: forms.Form, version: int) -> None:
    """The form is shown again on the present version of its row."""
    form.data = {**{name: form.data[name] for name in form.data}, "version": str(version)}
