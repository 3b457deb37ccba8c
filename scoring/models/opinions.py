"""What the advisory team says of a product: shown to the members, counted nowhere."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from scoring.models.councils import CouncilMember
from scoring.models.sessions import AgendaItem


class Opinion(models.Model):
    """One adviser's opinion on one product; without `sent_at` nobody else reads it.

    `version` rises with each save. The visit to the place and what the dossier still lacks are
    plain text; a request for supplements is told to the council's keepers when it is sent.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="opinions")
    member = models.ForeignKey(CouncilMember, on_delete=models.PROTECT, related_name="opinions")
    visited_on = models.DateField(_("Ngày thẩm tra thực tế"), null=True, blank=True)
    visit_note = models.TextField(_("Ghi nhận khi thẩm tra thực tế"), blank=True)
    supplements = models.TextField(_("Đề nghị bổ sung"), blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(_("Lưu lúc"))
    sent_at = models.DateTimeField(_("Gửi lúc"), null=True)

    class Meta:
        ordering = ("item_id", "member_id")
        verbose_name = _("Ý kiến tư vấn")
        verbose_name_plural = _("Ý kiến tư vấn")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("item", "member"), name="opinion_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.member_id}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:opinion", args=[self.item_id])


class OpinionLine(models.Model):
    """What an opinion says of one criterion: a level (null: none named), a remark, or both."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="lines")
    criterion = models.CharField(max_length=12)
    option = models.CharField(max_length=60, null=True)
    remark = models.TextField(blank=True)

    class Meta:
        ordering = ("opinion_id", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("opinion", "criterion"), name="opinionline_once"),
            models.CheckConstraint(
                condition=models.Q(option__isnull=False) | ~models.Q(remark=""),
                name="opinionline_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opinion_id}: {self.criterion}"
