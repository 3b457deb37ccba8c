"""News that an office publishes, and the files that come with it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.domain.documents import FileKind


def news_path(_file: "NewsFile", name: str) -> str:
    """A stored name that says nothing and cannot be guessed; only the ending is kept."""
    token = uuid.uuid4().hex
    return f"news/{token[:2]}/{token}.{name.rpartition('.')[2]}"


class NewsItem(models.Model):
    """A piece of news of an office; public from `published_at` until it is withdrawn.

    The text is plain; `version` counts the times it was saved, so that a stale page is noticed.
    """

    unit = models.ForeignKey(
        "registry.Unit",
        verbose_name=_("Cơ quan đăng"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    title_vi = models.CharField(_("Tiêu đề"), max_length=200)
    body_vi = models.TextField(_("Nội dung"), max_length=20_000)
    title_en = models.CharField(_("Tiêu đề tiếng Anh"), max_length=200, blank=True)
    body_en = models.TextField(_("Nội dung tiếng Anh"), max_length=20_000, blank=True)
    version = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Viết lúc"))
    revised_at = models.DateTimeField(_("Sửa lúc"))
    published_at = models.DateTimeField(_("Đăng lúc"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("Gỡ lúc"), null=True, blank=True)
    reason = models.CharField(_("Lý do gỡ"), max_length=300, blank=True)

    class Meta:
        ordering = ("-published_at", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(reason=""),
                name="newsitem_withdrawn_with_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("-published_at", "-id"), name="newsitem_by_newest"),
        ]

    def __str__(self) -> str:
        return self.title_vi

    def get_absolute_url(self) -> str:
        return reverse("promotion:news", args=[self.pk])

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.withdrawn_at is None


class NewsFile(models.Model):
    """A file that comes with a piece of news; public as long as the news is."""

    item = models.ForeignKey(NewsItem, on_delete=models.CASCADE, related_name="files")
    title = models.CharField(_("Tên tài liệu"), max_length=200)
    file = models.FileField(_("Tệp"), upload_to=news_path, max_length=120)
    original_name = models.CharField(_("Tên tệp"), max_length=160)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("Dung lượng"))
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("Tải lên lúc"))

    class Meta:
        ordering = ("item_id", "id")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("promotion:news-file", args=[self.pk])

    @property
    def file_kind(self) -> FileKind:
        return FileKind(str(self.file.name).rpartition(".")[2])
