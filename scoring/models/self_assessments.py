"""The subject's own view of its product, on the rubric that the council will use."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from scoring.models.rubrics import RubricEdition


class SelfAssessment(models.Model):
    """One dossier's self-assessment: the subject's choice for each criterion answered so far.

    `choices` maps criterion codes to option ids, or to null where no option is met; a code that
    is absent has not been answered. `version` rises with each save.
    """

    dossier = models.OneToOneField(
        "cycle.Dossier", on_delete=models.CASCADE, related_name="self_assessment"
    )
    edition = models.ForeignKey(
        RubricEdition, on_delete=models.PROTECT, related_name="self_assessments"
    )
    choices = models.JSONField(_("Lựa chọn"), default=dict)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(_("Lưu lúc"))
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("dossier_id",)
        verbose_name = _("Tự đánh giá")
        verbose_name_plural = _("Tự đánh giá")

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.edition_id}"
