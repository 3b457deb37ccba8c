"""Samples that are tasted by number: who tastes does not know whose product it is."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from scoring.models.councils import CouncilMember
from scoring.models.sessions import AgendaItem, Session


class SampleNumber(models.Model):
    """The number under which a product's sample stands on the table of one session.

    Drawn at random, because a number in the order of the agenda would name the product.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="sample_numbers")
    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="sample_number")
    number = models.PositiveSmallIntegerField(_("Số mẫu"))
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("session_id", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("session", "number"), name="samplenumber_once"),
            models.CheckConstraint(
                condition=Q(number__gte=100, number__lte=999), name="samplenumber_three_digits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.number}"


class Tasting(models.Model):
    """What a member chose for a sample, by its number alone, before knowing the product.

    Closed together with all other samples of the member in the session; then it enters the sheet.
    """

    sample = models.ForeignKey(SampleNumber, on_delete=models.PROTECT, related_name="tastings")
    member = models.ForeignKey(CouncilMember, on_delete=models.PROTECT, related_name="tastings")
    choices = models.JSONField(_("Lựa chọn"), default=dict)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(_("Lưu lúc"))
    closed_at = models.DateTimeField(_("Chốt lúc"), null=True)

    class Meta:
        ordering = ("sample_id", "member_id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("sample", "member"), name="tasting_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sample_id}: {self.member_id}"
