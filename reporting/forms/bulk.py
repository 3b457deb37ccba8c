"""What is asked before an act on many rows: the words that all of them get."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cycle.domain.corrections import CorrectionReason
from cycle.models import Dossier
from cycle.selectors import correctable_items
from ocop_portal.web.forms import NfcForm
from registry.domain.clock import legal_day
from registry.filters import translated
from reporting.models import BulkJob
from reporting.services.bulk_actions import ACTIONS

MOST_TEXT = 1000
MOST_LOOKED_AT = 20


class ReturnForm(NfcForm):
    """One item and one reason for every chosen dossier."""

    item = forms.ChoiceField(label=_("Mục phải sửa"))
    code = forms.ChoiceField(
        label=_("Loại lý do"), choices=lambda: translated(CorrectionReason.choices())
    )
    note = forms.CharField(
        label=_("Cần sửa gì"), max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = forms.CharField(
        label=_("Ý kiến chung gửi chủ thể"),
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    due_on = forms.DateField(
        label=_("Sửa và nộp lại trước hết ngày"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, job: BulkJob, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["item"])
        field.choices = [("", "–"), *_items(job)]

    def clean_due_on(self) -> date | None:
        """A day that has passed cannot be kept."""
        day: date | None = self.cleaned_data["due_on"]
        if day is not None and day < legal_day(timezone.now()):
            raise forms.ValidationError(_now("Hạn sửa không thể ở trong quá khứ."))
        return day


class RemindForm(NfcForm):
    """The same words to every producer."""

    text = forms.CharField(
        label=_("Lời nhắn"), max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )
    asks = forms.BooleanField(label=_("Cần chủ thể trả lời"), required=False)

    def __init__(self, *args: Any, job: BulkJob, **kwargs: Any) -> None:  # noqa: ARG002 - as above
        super().__init__(*args, **kwargs)


FORMS: Mapping[str, Callable[..., NfcForm]] = {"return": ReturnForm, "remind": RemindForm}


def facts_form(job: BulkJob, data: Any = None) -> NfcForm | None:
    """The form of a bulk act, filled in with what was said; None where nothing is asked."""
    if not ACTIONS[job.action].asks:
        return None
    return FORMS[job.action](data, job=job, initial=job.facts)


def plain_facts(form: NfcForm) -> dict[str, Any]:
    """What was said, as it is stored."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in form.cleaned_data.items()
    }


def _items(job: BulkJob) -> list[tuple[str, str]]:
    """The items of the first chosen dossiers; where one has none of it, the trial says so."""
    ids = list(job.rows.values_list("object_id", flat=True)[:MOST_LOOKED_AT])
    rows = Dossier.objects.filter(pk__in=ids).select_related("product_set", "enrolment__product")
    found = {item.name: _now(item.title) for row in rows for item in correctable_items(row)}
    return list(found.items())
