"""Dossiers: what a subject lodges for evaluation, with its lodgings and the commune's report."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cycle.domain.dossier import DossierState
from cycle.domain.journey import EnrolmentKind
from cycle.models.enrolments import Enrolment
from registry.domain.regime import Level
from registry.models import Evidence, ProductSet


class Dossier(models.Model):
    """The papers of one enrolment for its evaluation.

    `level` is the level whose turn it is. `rubric_hash` pins the rubric that the subject assessed
    itself by. `code` is given at the first lodging. `due_on` is the day by which whoever must act
    has to, null where no rule sets a day. The texts are those the regime's checklist asks for.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="dossiers")
    kind = models.CharField(_("Loại"), max_length=20, choices=EnrolmentKind.choices)
    regime = models.CharField(_("Bộ quy định"), max_length=10)
    product_set = models.ForeignKey(
        ProductSet, verbose_name=_("Bộ sản phẩm"), on_delete=models.PROTECT, related_name="+"
    )
    rubric_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        _("Trạng thái"), max_length=20, choices=DossierState.choices, default=DossierState.DRAFT
    )
    level = models.CharField(_("Cấp"), max_length=10, choices=Level.choices)
    code = models.CharField(_("Mã hồ sơ"), max_length=30, blank=True)
    lodged_at = models.DateTimeField(_("Nộp lúc"), null=True, blank=True)
    due_on = models.DateField(_("Hạn xử lý"), null=True, blank=True)
    reason = models.TextField(_("Lý do trả lại"), blank=True)
    introduction = models.TextField(_("Giới thiệu chủ thể"), blank=True)
    plan_results = models.TextField(_("Kết quả thực hiện phương án"), blank=True)
    changes = models.TextField(_("Thay đổi từ lần công nhận trước"), blank=True)
    outlook = models.TextField(_("Kế hoạch phát triển"), blank=True)
    prefilled_from = models.ForeignKey(
        "self",
        verbose_name=_("Điền sẵn từ"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("Hồ sơ")
        verbose_name_plural = _("Hồ sơ")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("enrolment",),
                condition=~models.Q(state="withdrawn"),
                name="dossier_one_active",
            ),
            models.UniqueConstraint(
                fields=("code",), condition=~models.Q(code=""), name="dossier_code_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("state", "due_on"), name="dossier_due"),
            models.Index(fields=("state", "-created_at"), name="dossier_of_state"),
        ]

    def __str__(self) -> str:
        return self.code or f"{_('Hồ sơ')}: {self.enrolment.product}"

    def get_absolute_url(self) -> str:
        return reverse("cycle:dossier-detail", args=[self.pk])

    @property
    def snapshot(self) -> dict[str, Any] | None:
        """What the last lodging froze; None before the first."""
        lodging = self.lodgings.order_by("-number").first()
        return lodging.snapshot if lodging else None

    @property
    def texts(self) -> dict[str, str]:
        """The written parts by the names of the checklist."""
        return {
            "introduction": self.introduction,
            "plan_results": self.plan_results,
            "changes": self.changes,
            "outlook": self.outlook,
        }


class Lodging(models.Model):
    """One handing-in, frozen: `snapshot` holds the dossier as it was; never changed.

    `confirmed_by` is the representative who stands for it: the person who lodged, or the one
    whose code that person entered; null for lodgings from before there were codes.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="lodgings")
    number = models.PositiveSmallIntegerField(_("Lần nộp"))
    at = models.DateTimeField(_("Nộp lúc"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Người đại diện xác nhận"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    rubric_hash = models.CharField(max_length=64)
    snapshot = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ("dossier_id", "number")
        verbose_name = _("Lần nộp hồ sơ")
        verbose_name_plural = _("Các lần nộp hồ sơ")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("dossier", "number"), name="lodging_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} ({self.number})"

    @property
    def previous(self) -> int:
        """The number of the lodging before this one; 0 for the first."""
        return self.number - 1


class DossierEvidence(models.Model):
    """A paper of the subject's library that proves an item, and the criteria it speaks to."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="evidence")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="uses")
    item = models.CharField(_("Mục"), max_length=40)
    criteria = models.JSONField(_("Tiêu chí"), default=list, blank=True)

    class Meta:
        ordering = ("dossier_id", "item", "id")
        verbose_name = _("Minh chứng của hồ sơ")
        verbose_name_plural = _("Minh chứng của hồ sơ")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("dossier", "evidence", "item"), name="dossierevidence_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.evidence}"


class CommuneReport(models.Model):
    """The commune's four findings (QĐ 26/2026, Điều 7.1 and Mẫu 03); it scores nothing."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="commune_report")
    local_material = models.TextField(_("Nguyên liệu địa phương: hồ sơ nói gì, thực tế ra sao"))
    local_labour = models.TextField(_("Lao động địa phương"))
    origin_of_idea = models.TextField(_("Nguồn gốc ý tưởng sản phẩm"))
    local_identity = models.TextField(_("Bản sắc, trí tuệ địa phương"))
    reported_at = models.DateTimeField(_("Báo cáo lúc"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-reported_at", "-id")
        verbose_name = _("Báo cáo của UBND cấp xã")
        verbose_name_plural = _("Báo cáo của UBND cấp xã")

    def __str__(self) -> str:
        return f"{_('Báo cáo của xã')}: {self.dossier}"
