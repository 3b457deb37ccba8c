"""Editions of the rubrics: what was published stays as it was, for ever."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from scoring.domain.editions import EditionState


def edition_state_choices() -> list[tuple[str, str]]:
    return EditionState.choices()


class RubricEdition(models.Model):
    """One wording of one set's rubric under one regime.

    `content` is the whole table; `content_hash` names every word of it and `structure_hash` what
    scores. A draft may still change; a published edition never does: a correction is a new
    edition, and the former one is retired. Dossiers and ratings keep the content hash.
    """

    regime = models.CharField(_("Bộ quy định"), max_length=10)
    set_number = models.PositiveSmallIntegerField(_("Số của bộ"))
    product_set = models.ForeignKey(
        "registry.ProductSet",
        verbose_name=_("Bộ sản phẩm"),
        on_delete=models.PROTECT,
        related_name="rubric_editions",
    )
    name = models.CharField(_("Tên bộ"), max_length=200)
    title = models.CharField(_("Căn cứ"), max_length=300)
    content = models.JSONField(_("Nội dung"))
    content_hash = models.CharField(_("Mã nội dung"), max_length=64)
    structure_hash = models.CharField(_("Mã cấu trúc"), max_length=64)
    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=edition_state_choices, default=EditionState.DRAFT
    )
    created_at = models.DateTimeField(_("Lập lúc"))
    published_at = models.DateTimeField(_("Công bố lúc"), null=True)
    retired_at = models.DateTimeField(_("Thay thế lúc"), null=True)

    class Meta:
        ordering = ("regime", "set_number", "-id")
        verbose_name = _("Bản tiêu chí")
        verbose_name_plural = _("Bản tiêu chí")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("regime", "set_number"),
                condition=Q(state=EditionState.PUBLISHED.value),
                name="rubricedition_one_published",
            ),
            models.UniqueConstraint(
                fields=("regime", "set_number"),
                condition=Q(state=EditionState.DRAFT.value),
                name="rubricedition_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(state=EditionState.DRAFT.value, published_at__isnull=True)
                | (~Q(state=EditionState.DRAFT.value) & Q(published_at__isnull=False)),
                name="rubricedition_published_is_dated",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("content_hash",), name="rubricedition_by_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.regime}/{self.set_number}: {self.name}"

    @property
    def status(self) -> EditionState:
        return EditionState(self.state)

    @property
    def is_published(self) -> bool:
        return self.status is EditionState.PUBLISHED
