"""Keys that sign, credentials that they signed, and the lists that say what became of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from scoring.domain.status_list import Purpose
from scoring.models.certificates import Certificate


def purpose_choices() -> list[tuple[str, str]]:
    return [(purpose.value, purpose.state.label) for purpose in Purpose]


class SigningKey(models.Model):
    """The public half of a key; the private half is a file that only the worker reads.

    A retired key signs no more and stays published, so that what it signed can be checked for
    ever; one that was compromised is withdrawn from publication.
    """

    kid = models.CharField(_("Tên khóa"), max_length=43, unique=True)
    x = models.CharField(_("Khóa công khai"), max_length=43)
    is_current = models.BooleanField(_("Đang dùng để ký"), default=True)
    created_at = models.DateTimeField(_("Tạo lúc"))
    retired_at = models.DateTimeField(_("Thôi ký lúc"), null=True)
    compromised_at = models.DateTimeField(_("Bị lộ lúc"), null=True)

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("Khóa ký")
        verbose_name_plural = _("Khóa ký")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("is_current",), condition=Q(is_current=True), name="signingkey_one_current"
            ),
            models.CheckConstraint(
                condition=Q(is_current=True, retired_at__isnull=True)
                | Q(is_current=False, retired_at__isnull=False),
                name="signingkey_current_or_retired",
            ),
        ]

    def __str__(self) -> str:
        return self.kid


class Credential(models.Model):
    """The signed credential of a certificate; made anew only when its key was compromised."""

    certificate = models.OneToOneField(
        Certificate, on_delete=models.CASCADE, related_name="credential"
    )
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="credentials")
    token = models.TextField(_("Chứng thư"))
    signed_at = models.DateTimeField(_("Ký lúc"))

    class Meta:
        ordering = ("certificate_id",)
        verbose_name = _("Chứng thư điện tử")
        verbose_name_plural = _("Chứng thư điện tử")

    def __str__(self) -> str:
        return f"{self.certificate_id}"


class StatusList(models.Model):
    """A status list as it was last signed; a newer one takes its place in the same row.

    `digest` names the places that are set, so that a run sees whether anything was decided since.
    """

    purpose = models.CharField(_("Ý nghĩa"), max_length=12, choices=purpose_choices)
    number = models.PositiveIntegerField(_("Số"))
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="status_lists")
    token = models.TextField(_("Danh sách"))
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField(_("Ký lúc"))

    class Meta:
        ordering = ("number", "purpose")
        verbose_name = _("Danh sách trạng thái")
        verbose_name_plural = _("Danh sách trạng thái")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("purpose", "number"), name="statuslist_once"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}/{self.number}"
