"""Confirmations: a representative lets somebody else lodge exactly this content."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cycle.domain.confirmation import MOST_ATTEMPTS
from cycle.models.dossiers import Dossier


class LodgingConfirmation(models.Model):
    """One asking for the representative's word; of a dossier's only the newest counts.

    `content_hash` is that of what would be lodged. The code itself stands nowhere: it follows
    from `nonce` and the portal's own key, so that neither the database nor the journal tells it.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="confirmations")
    content_hash = models.CharField(max_length=64)
    nonce = models.CharField(max_length=32)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("Xin mã lúc"))
    expires_at = models.DateTimeField(_("Mã hết hạn lúc"))
    attempts = models.PositiveSmallIntegerField(_("Số lần nhập sai"), default=0)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Người xác nhận"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("Xác nhận lúc"), null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("Xác nhận của người đại diện")
        verbose_name_plural = _("Xác nhận của người đại diện")

    def __str__(self) -> str:
        return f"{self.dossier} ({self.asked_at:%d/%m/%Y %H:%M})"

    def is_live(self, at: datetime) -> bool:
        """Whether a code may still be entered."""
        return at < self.expires_at and self.attempts < MOST_ATTEMPTS
