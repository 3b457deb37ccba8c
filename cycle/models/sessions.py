"""Information and training sessions, who comes, and what is handed out."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cycle.domain.sessions import SessionKind
from registry.domain.documents import FileKind
from registry.models import Unit


def material_path(_material: "SessionMaterial", name: str) -> str:
    """A stored name that says nothing and cannot be guessed; only the ending is kept."""
    token = uuid.uuid4().hex
    return f"sessions/{token[:2]}/{token}.{name.rpartition('.')[2]}"


class InformationSession(models.Model):
    """A meeting at which an office informs or trains people; null capacity means no limit."""

    title = models.CharField(_("Tên lớp"), max_length=200)
    kind = models.CharField(_("Loại"), max_length=12, choices=SessionKind.choices)
    unit = models.ForeignKey(
        Unit, verbose_name=_("Đơn vị tổ chức"), on_delete=models.PROTECT, related_name="+"
    )
    place = models.CharField(_("Địa điểm"), max_length=250)
    starts_at = models.DateTimeField(_("Bắt đầu lúc"))
    ends_at = models.DateTimeField(_("Kết thúc lúc"))
    registration_closes_at = models.DateTimeField(_("Nhận đăng ký đến"))
    capacity = models.PositiveIntegerField(_("Số chỗ"), null=True, blank=True)
    description = models.TextField(_("Nội dung"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(_("Hủy lúc"), null=True, blank=True)
    reason = models.TextField(_("Lý do hủy"), blank=True)

    class Meta:
        ordering = ("-starts_at", "-id")
        verbose_name = _("Lớp tuyên truyền, tập huấn")
        verbose_name_plural = _("Lớp tuyên truyền, tập huấn")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="informationsession_times_in_order",
            ),
            models.UniqueConstraint(
                fields=("unit", "title", "starts_at"),
                condition=models.Q(cancelled_at__isnull=True),
                name="informationsession_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("starts_at", "id"), name="informationsession_by_time"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cycle:session-detail", args=[self.pk])

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    def has_begun(self, at: datetime) -> bool:
        return self.starts_at <= at

    def takes_registrations(self, at: datetime) -> bool:
        return not self.is_cancelled and at < self.registration_closes_at


class SessionAttendee(models.Model):
    """A person who comes: with an account, or written down by name and phone by the office.

    `person_key` is the same for the same person in every session, so that a person is counted
    once. `attended_at` says that the office saw the person there.
    """

    session = models.ForeignKey(
        InformationSession, on_delete=models.PROTECT, related_name="attendees"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    name = models.CharField(_("Họ và tên"), max_length=150)
    phone = models.CharField(_("Điện thoại"), max_length=20)
    person_key = models.CharField(max_length=200)
    is_official = models.BooleanField(_("Cán bộ làm công tác OCOP"), default=False)
    registered_at = models.DateTimeField(_("Đăng ký lúc"))
    attended_at = models.DateTimeField(_("Có mặt, ghi lúc"), null=True, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering = ("session_id", "name", "id")
        verbose_name = _("Người dự lớp")
        verbose_name_plural = _("Người dự lớp")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("session", "person_key"), name="sessionattendee_once"),
        ]

    def __str__(self) -> str:
        return self.name


class SessionMaterial(models.Model):
    """A file handed out with a session; everybody may take it."""

    session = models.ForeignKey(
        InformationSession, on_delete=models.PROTECT, related_name="materials"
    )
    title = models.CharField(_("Tên tài liệu"), max_length=200)
    file = models.FileField(_("Tệp"), upload_to=material_path, max_length=120)
    original_name = models.CharField(_("Tên tệp"), max_length=160)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("Dung lượng"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("Tải lên lúc"))

    class Meta:
        ordering = ("session_id", "id")
        verbose_name = _("Tài liệu của lớp")
        verbose_name_plural = _("Tài liệu của lớp")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cycle:session-material", args=[self.pk])

    @property
    def file_kind(self) -> FileKind:
        return FileKind(str(self.file.name).rpartition(".")[2])
