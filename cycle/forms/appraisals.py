"""What the appraiser says: findings, a decision, a reason."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cycle.domain.appraisal import AppraisalMove, ProductCriterion
from cycle.models import Idea
from cycle.services.ideas import Finding
from ocop_portal.web.forms import NfcForm

MAX_TEXT = 5_000
DECISIONS = (AppraisalMove.ACCEPT, AppraisalMove.RETURN, AppraisalMove.DECLINE)


class DecisionForm(NfcForm):
    """One of three decisions; sending back and declining need a reason."""

    decision = forms.ChoiceField(label=_("Quyết định"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Ý kiến gửi chủ thể"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Bắt buộc khi trả lại hoặc không chấp nhận: cần sửa gì, vì sao."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["decision"]).choices = [
            (move.value, _(move.label)) for move in DECISIONS
        ]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("decision") not in {None, AppraisalMove.ACCEPT} and not facts.get("reason"):
            self.add_error("reason", _("Hãy ghi rõ lý do để chủ thể biết cần làm gì."))
        return facts


class IdeaAppraisalForm(DecisionForm):
    """The finding and a remark for each of the three product criteria, then the decision."""

    field_order = [  # noqa: RUF012 - Django's declared attribute
        *(f"{part}_{each.value}" for each in ProductCriterion for part in ("met", "note")),
        "decision",
        "reason",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in ProductCriterion:
            self.fields[f"met_{each.value}"] = forms.ChoiceField(
                label=_(each.label),
                choices=[("yes", _("Đạt")), ("no", _("Chưa đạt"))],
                widget=forms.RadioSelect,
            )
            self.fields[f"note_{each.value}"] = forms.CharField(
                label=_("Nhận xét: %(criterion)s") % {"criterion": _(each.label)},
                required=False,
                max_length=MAX_TEXT,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.order_fields(self.field_order)
        self.compose_fields()

    @classmethod
    def on(cls, idea: Idea) -> "IdeaAppraisalForm":
        """The form with the findings of the last appraisal."""
        initial: dict[str, str] = {}
        for finding in idea.findings.all():
            initial[f"met_{finding.criterion}"] = "yes" if finding.met else "no"
            initial[f"note_{finding.criterion}"] = finding.note
        return cls(initial=initial)

    def findings(self) -> dict[ProductCriterion, Finding]:
        return {
            each: Finding(
                met=self.cleaned_data[f"met_{each.value}"] == "yes",
                note=self.cleaned_data[f"note_{each.value}"],
            )
            for each in ProductCriterion
        }
