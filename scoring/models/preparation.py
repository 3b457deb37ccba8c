"""What goes before the scoring: members' statements of interests, and who reads what."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from scoring.models.councils import CouncilMember
from scoring.models.sessions import AgendaItem


class InterestStatement(models.Model):
    """What a member states of himself, so that relations to subjects can be proposed.

    Shown to nobody else: others see only which kind of relation is proposed.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="interest_statement"
    )
    tax_code = models.CharField(_("Mã số thuế của bạn"), max_length=20, blank=True)
    phone = models.CharField(_("Số điện thoại khác"), max_length=20, blank=True)
    communes = models.TextField(_("Xã, phường nơi ở và quê quán"), blank=True)
    employers = models.TextField(_("Nơi làm việc hiện nay và trước đây"), blank=True)
    stated_at = models.DateTimeField()

    class Meta:
        ordering = ("user_id",)

    def __str__(self) -> str:
        return f"{self.user_id}"


class Assignment(models.Model):
    """A member reads a dossier in depth and presents it; `reasons` as they were read then."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="assignments")
    member = models.ForeignKey(CouncilMember, on_delete=models.PROTECT, related_name="assignments")
    reasons = models.JSONField(default=list)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("item_id", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("item", "member"), name="assignment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.member_id}"
