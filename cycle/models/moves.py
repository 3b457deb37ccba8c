"""The history: every passage from a state to a state, only ever added to."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cycle.models.dossiers import Dossier
from cycle.models.enrolments import Enrolment


class Move(models.Model):
    """One passage. `name` is "what.move" (`idea.submit`, `dossier.lodge`, `enrolment.enrol`)."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="moves")
    dossier = models.ForeignKey(
        Dossier, null=True, blank=True, on_delete=models.PROTECT, related_name="moves"
    )
    name = models.CharField(_("Việc"), max_length=50)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Lúc"))
    note = models.TextField(_("Ghi chú"), blank=True)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("Lịch sử")
        verbose_name_plural = _("Lịch sử")
        indexes: ClassVar = [
            models.Index(fields=("enrolment", "-at", "-id"), name="move_of_enrolment"),
            models.Index(fields=("dossier", "-at", "-id"), name="move_of_dossier"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.from_state} → {self.to_state}"
