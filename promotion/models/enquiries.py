"""Buyers' enquiries, split by producer."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from promotion.models.answering import Awaiting
from scoring.domain import short_code


class Enquiry(models.Model):
    """What a buyer asked, once, of one or several producers.

    Whoever holds the code reads the answers. `mail` is the portal's alone, for telling that an
    answer is there; `shown_contact` is what the buyer wants the producers to see.
    """

    code = models.CharField(_("Mã hỏi mua"), max_length=short_code.LENGTH, unique=True)
    name = models.CharField(_("Tên người hỏi"), max_length=120, blank=True)
    mail = models.EmailField(_("Thư điện tử"), blank=True)
    shown_contact = models.CharField(_("Liên hệ cho chủ thể thấy"), max_length=200, blank=True)
    text = models.TextField(_("Nội dung"), max_length=3000)
    sent_at = models.DateTimeField(_("Gửi lúc"))

    class Meta:
        ordering = ("-sent_at", "-id")
        verbose_name = _("Hỏi mua")
        verbose_name_plural = _("Hỏi mua")

    def __str__(self) -> str:
        return self.shown_code

    @property
    def shown_code(self) -> str:
        """In groups of four, as it is told."""
        return short_code.shown(self.code)


class EnquiryPart(Awaiting):
    """One producer's part: the products asked about, who answers by which day, the answer."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="parts")
    subject = models.ForeignKey(
        "registry.Subject",
        verbose_name=_("Chủ thể"),
        on_delete=models.PROTECT,
        related_name="enquiries",
    )

    class Meta:
        ordering = ("due_on", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("enquiry", "subject"), name="enquirypart_once"),
            models.CheckConstraint(
                condition=~Q(state="answered") | ~Q(answer=""), name="enquirypart_has_answer"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("subject", "state", "due_on"), name="enquirypart_inbox"),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id}: {self.subject_id}"

    def get_absolute_url(self) -> str:
        return reverse("promotion:enquiry", args=[self.pk])


class EnquiryLine(models.Model):
    """One product of a part, with the amount in the buyer's words."""

    part = models.ForeignKey(EnquiryPart, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey("registry.Product", on_delete=models.PROTECT, related_name="+")
    amount = models.CharField(_("Số lượng"), max_length=60, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.product_id} × {self.amount}"
