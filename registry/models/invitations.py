"""Invitations: a mail address is asked to work for a subject before it has an account."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.domain.roles import Role
from registry.models.subjects import Subject


class Invitation(models.Model):
    """A role on a subject, kept for the owner of an address; accepted once, or withdrawn.

    The link is signed and stands in no row: who reads the database opens no door.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("Thư điện tử"))
    role = models.CharField(_("Vai trò"), max_length=20, choices=Role.choices)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("Hết hạn lúc"))
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-invited_at", "-id")
        verbose_name = _("Lời mời")
        verbose_name_plural = _("Lời mời")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("subject", "email"),
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.role}"

    def is_open(self, at: datetime) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at
