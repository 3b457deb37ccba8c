"""Invitations: a mail address is asked to work for a subject or an office."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.domain.roles import Role
from registry.models.subjects import Subject
from registry.models.units import Unit


class Invitation(models.Model):
    """A role on a subject or a unit, kept for the owner of an address; accepted once, or withdrawn.

    `checked` says which papers an office saw before it named the representative of a subject from
    its register; empty where an owner invites. `starts_on` and `ends_on` are the dates of the
    posting to come, empty where it begins with the acceptance and has no end. The link is signed
    and stands in no row: who reads the database opens no door.
    """

    subject = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    email = models.EmailField(_("Thư điện tử"))
    role = models.CharField(_("Vai trò"), max_length=20, choices=Role.choices)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("Hết hạn lúc"))
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    checked = models.CharField(_("Giấy tờ đã kiểm tra"), max_length=300, blank=True)
    starts_on = models.DateField(_("Từ ngày"), null=True, blank=True)
    ends_on = models.DateField(_("Hết quyền từ ngày"), null=True, blank=True)

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
            models.UniqueConstraint(
                fields=("unit", "role", "email"),
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_to_office_once",
            ),
            models.CheckConstraint(
                condition=models.Q(unit__isnull=True) ^ models.Q(subject__isnull=True),
                name="invitation_to_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id or self.unit_id} {self.role}"

    @property
    def place_name(self) -> str:
        """The subject's name, or the unit's with those above it."""
        return self.unit.long_name if self.unit else str(self.subject)

    def is_open(self, at: datetime) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at
