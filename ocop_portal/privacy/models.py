"""What people ask about their own data, and the files that answer it."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RequestKind(models.TextChoices):
    CORRECTION = "correction", _("Sửa dữ liệu")
    DELETION = "deletion", _("Xóa dữ liệu")


class RequestState(models.TextChoices):
    WAITING = "waiting", _("Đang chờ trả lời")
    APPROVED = "approved", _("Sẽ được làm trong đêm")
    DONE = "done", _("Đã làm")
    REFUSED = "refused", _("Không làm được")
    WITHDRAWN = "withdrawn", _("Đã rút")


OPEN = (RequestState.WAITING, RequestState.APPROVED)


def request_kind_choices() -> list[tuple[str, str]]:
    return [(each.value, str(each.label)) for each in RequestKind]


def request_state_choices() -> list[tuple[str, str]]:
    return [(each.value, str(each.label)) for each in RequestState]


class DataRequest(models.Model):
    """A person asks that the portal's data about him or her be corrected or deleted.

    It is answered by `due_at`; an approved deletion is done in the night after, and may be
    withdrawn until then.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Người yêu cầu"),
        on_delete=models.PROTECT,
        related_name="data_requests",
    )
    kind = models.CharField(_("Yêu cầu"), max_length=12, choices=request_kind_choices)
    text = models.TextField(_("Nội dung"), blank=True)
    asked_at = models.DateTimeField(_("Gửi lúc"))
    due_at = models.DateTimeField(_("Hạn trả lời"))
    state = models.CharField(
        _("Trạng thái"),
        max_length=10,
        choices=request_state_choices,
        default=RequestState.WAITING,
    )
    answer = models.TextField(_("Trả lời"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(_("Xong lúc"), null=True)

    class Meta:
        ordering = ("due_at", "id")
        verbose_name = _("Yêu cầu về dữ liệu cá nhân")
        verbose_name_plural = _("Yêu cầu về dữ liệu cá nhân")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("person", "kind"),
                condition=Q(state__in=("waiting", "approved")),
                name="datarequest_open_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("state", "due_at"), name="datarequest_due")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}: {self.state}"

    def is_late(self, at: datetime) -> bool:
        return self.state == RequestState.WAITING and self.due_at <= at


def export_path(_export: "DataExport", _name: str) -> str:
    """A stored name that says nothing and cannot be guessed."""
    token = uuid.uuid4().hex
    return f"personal/{token[:2]}/{token}.zip"


class DataExport(models.Model):
    """A file with what the portal holds about a person, made once, for that person alone.

    The row is the queue: without a file and without a fault it waits to be made.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="data_exports"
    )
    asked_at = models.DateTimeField(_("Yêu cầu lúc"))
    made_at = models.DateTimeField(_("Làm xong lúc"), null=True)
    expires_at = models.DateTimeField(_("Tải được đến"))
    file = models.FileField(upload_to=export_path, max_length=120, blank=True)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-asked_at", "-id")

    def __str__(self) -> str:
        return f"{self.person_id} {self.asked_at:%Y-%m-%d}"

    def is_ready(self, at: datetime) -> bool:
        return bool(self.file) and at < self.expires_at
