"""What the appraiser says: findings, what is to be mended, a decision, a reason."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from cycle.domain.appraisal import AppraisalMove, ProductCriterion
from cycle.domain.corrections import NOTE_MISSING, CorrectionReason, Remark
from cycle.domain.paper_items import IDEA_ITEMS, PLAN_ITEMS, PaperItem
from cycle.forms.rounds import day_field
from cycle.models import Correction, Idea
from cycle.selectors import Asked
from cycle.services.ideas import Finding
from ocop_portal.web.forms import NfcForm

MAX_TEXT = 5_000
MAX_NOTE = 1_000
DECISIONS = (AppraisalMove.ACCEPT, AppraisalMove.RETURN, AppraisalMove.DECLINE)


@dataclass(frozen=True)
class ItemRow:
    """One item before the appraiser: its text, what was asked before, what is asked now."""

    title: str
    text: str
    asked: list[Correction]
    reason: BoundField
    note: BoundField


class RemarksForm(NfcForm):
    """What is to be mended, item by item: why, and a sentence. Nothing is asked of an item left."""

    items: tuple[PaperItem, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in self.items:
            self._ask_about(item)
        self.compose_fields()

    def _ask_about(self, item: PaperItem) -> None:
        names = {"item": _(item.title)}
        self.fields[f"fix_{item.name}"] = forms.ChoiceField(
            label=_("Cần sửa “%(item)s”?") % names,
            choices=[
                ("", _("Không cần sửa")),
                *((each.value, _(each.label)) for each in CorrectionReason),
            ],
            required=False,
        )
        self.fields[f"why_{item.name}"] = forms.CharField(
            label=_("Sửa gì ở “%(item)s”") % names,
            required=False,
            max_length=MAX_NOTE,
        )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        for item in self.items:
            reason, note = facts.get(f"fix_{item.name}"), facts.get(f"why_{item.name}")
            if reason and note == "":
                self.add_error(f"why_{item.name}", _(NOTE_MISSING))
            if note and reason == "":
                self.add_error(f"fix_{item.name}", _("Hãy chọn lý do: mục này vì sao cần sửa."))
        return facts

    def _is_named(self, facts: dict[str, Any]) -> bool:
        return any(
            facts.get(f"{part}_{item.name}") for item in self.items for part in ("fix", "why")
        )

    def remarks(self) -> dict[str, Remark]:
        """What is to be mended, by item."""
        facts = self.cleaned_data
        return {
            item.name: Remark(CorrectionReason(reason), facts[f"why_{item.name}"])
            for item in self.items
            if (reason := facts[f"fix_{item.name}"])
        }

    def rows(self, texts: list[tuple[str, str]], asked: Asked) -> list[ItemRow]:
        """The items with their texts, for the page; `texts` are in the order of the items."""
        return [
            ItemRow(
                title=title,
                text=text,
                asked=asked.of(item.name),
                reason=self[f"fix_{item.name}"],
                note=self[f"why_{item.name}"],
            )
            for item, (title, text) in zip(self.items, texts, strict=True)
        ]


class PaperAppraisalForm(RemarksForm):
    """One of three decisions; sending back names items, declining needs a reason."""

    decision = forms.ChoiceField(label=_("Quyết định"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Ý kiến gửi chủ thể"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Bắt buộc khi không chấp nhận: vì sao. Khi trả lại, hãy chỉ ra từng mục cần sửa ở trên."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["decision"]).choices = [
            (move.value, _(move.label)) for move in DECISIONS
        ]

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        decision = facts.get("decision")
        if decision == AppraisalMove.DECLINE and not facts.get("reason"):
            self.add_error("reason", _("Hãy ghi rõ lý do để chủ thể biết cần làm gì."))
        if decision == AppraisalMove.RETURN and not self._is_named(facts):
            self.add_error("decision", _("Hãy chỉ ra ít nhất một mục cần sửa."))
        if decision in {AppraisalMove.ACCEPT, AppraisalMove.DECLINE} and self._is_named(facts):
            self.add_error("decision", _("Yêu cầu sửa từng mục chỉ gửi được khi trả lại để sửa."))
        return facts

    def closing_fields(self) -> list[BoundField]:
        """What follows after the items: findings, decision, opinion."""
        first = [name for name in self.fields if name.startswith(("met_", "note_"))]
        return [self[name] for name in (*first, "decision", "reason")]


class DossierReturnForm(RemarksForm):
    """A dossier goes back: at least one item is named; a word on the whole is free to give."""

    reason = forms.CharField(
        label=_("Ý kiến chung gửi chủ thể"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = day_field(
        _("Sửa và nộp lại trước hết ngày"),
        required=False,
        help_text=_("Bỏ trống nếu không hẹn ngày. Chủ thể và bạn thấy ngày này trong danh sách."),
    )

    def __init__(self, *args: Any, items: tuple[PaperItem, ...], **kwargs: Any) -> None:
        self.items = items
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if not self._is_named(facts):
            raise forms.ValidationError(_("Hãy chỉ ra ít nhất một mục cần sửa."))
        return facts


class PlanAppraisalForm(PaperAppraisalForm):
    """What is to be mended in a plan, and the decision."""

    items = PLAN_ITEMS


class IdeaAppraisalForm(PaperAppraisalForm):
    """The finding and a remark for each of the three product criteria, then the decision."""

    items = IDEA_ITEMS

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
