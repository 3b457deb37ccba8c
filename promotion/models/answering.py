"""What enquiries and reports keep of their way to an answer."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from promotion.domain.answering import AnswerState


def answer_state_choices() -> list[tuple[str, str]]:
    return AnswerState.choices()


class Awaiting(models.Model):
    """Waits for an answer until a day: who takes care of it, and what was answered when."""

    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=answer_state_choices, default=AnswerState.RECEIVED
    )
    due_on = models.DateField(_("Trả lời trước ngày"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Người phụ trách"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answer = models.TextField(_("Trả lời"), blank=True)
    answered_at = models.DateTimeField(_("Trả lời lúc"), null=True)

    class Meta:
        abstract = True

    @property
    def status(self) -> AnswerState:
        return AnswerState(self.state)

    def is_overdue(self, on: date) -> bool:
        return self.status is not AnswerState.ANSWERED and self.due_on < on
