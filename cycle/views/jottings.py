"""Where messages and milestones keep themselves while they are typed, and come back."""

import json
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from cycle.forms import MessageForm, MilestoneDoneForm, MilestoneForm
from cycle.forms.jottings import JottingForm, typed_names
from cycle.models import Enrolment
from cycle.permissions import may_message, may_write
from cycle.selectors import jotted, milestones_in_reach, shared_enrolments, visible_enrolments
from cycle.services import jottings
from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.autosave import autosaved, save_each
from registry.domain.clock import legal_day
from registry.domain.merging import marks_of

MESSAGE = "message"
MILESTONE = "milestone"


def form_of(milestone_pk: int) -> str:
    """The name of the form that says what came of a milestone."""
    return f"done-{milestone_pk}"


def kept_in(form: forms.Form, enrolment: Enrolment, name: str, user: User) -> dict[str, Any]:
    """Fills an unbound form with what the person typed before; answers with what a page needs."""
    kept = jotted(enrolment, name, user)
    if not form.is_bound:
        form.initial.update({name: kept[name] for name in kept if name in form.fields})
    marks = marks_of({field: kept.get(field, "") for field in typed_names(form)})
    return {"document": f"cycle.jotting.{name}:{enrolment.pk}", "seen": json.dumps(marks)}


@login_required
@require_POST
@autosaved
def message_fields(request: HttpRequest, pk: int) -> HttpResponse:
    user, on = signed_in(request), legal_day(timezone.now())
    enrolment = get_object_or_404(shared_enrolments(user, on), pk=pk)
    require(may_message(user, enrolment, on=on))
    return _save(request, enrolment, MESSAGE, MessageForm())


@login_required
@require_POST
@autosaved
def milestone_fields(request: HttpRequest, pk: int) -> HttpResponse:
    user, on = signed_in(request), legal_day(timezone.now())
    rows = visible_enrolments(user, on).filter(plan__isnull=False)
    enrolment = get_object_or_404(rows, pk=pk)
    require(may_write(user, enrolment, on=on))
    return _save(request, enrolment, MILESTONE, MilestoneForm())


@login_required
@require_POST
@autosaved
def milestone_done_fields(request: HttpRequest, pk: int) -> HttpResponse:
    user, on = signed_in(request), legal_day(timezone.now())
    milestone = get_object_or_404(milestones_in_reach(user, on), pk=pk)
    require(may_write(user, milestone.enrolment, on=on))
    return _save(request, milestone.enrolment, form_of(milestone.pk), MilestoneDoneForm())


def _save(request: HttpRequest, enrolment: Enrolment, name: str, form: forms.Form) -> HttpResponse:
    user, at = signed_in(request), timezone.now()
    return save_each(
        request,
        JottingForm(form).fields,
        lambda values, seen: jottings.save(enrolment, name, values, seen=seen, by=user, at=at),
        at=at,
    )
