"""What is written in the steps two to four: idea, business plan, milestones."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cycle.domain.appraisal import AppraisalState, ProductCriterion
from cycle.models.enrolments import Enrolment


class Appraised(models.Model):
    """What an idea and a plan have in common: a state, a reason, who decided, a version.

    `due_on` is the last day for the appraiser's answer, null while nobody waits for one.
    """

    state = models.CharField(
        _("Trạng thái"),
        max_length=12,
        choices=AppraisalState.choices,
        default=AppraisalState.DRAFT,
    )
    submitted_at = models.DateTimeField(_("Gửi lúc"), null=True, blank=True)
    due_on = models.DateField(_("Trả lời trước hết ngày"), null=True, blank=True)
    decided_at = models.DateTimeField(_("Thẩm định lúc"), null=True, blank=True)
    reason = models.TextField(_("Ý kiến của cơ quan thẩm định"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Idea(Appraised):
    """Step two: one short page (QĐ 490/2018), with the three product criteria in own words.

    `assisted_by` is the officer who last wrote it for the subject; null where nobody did.
    """

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="idea")
    description = models.TextField(_("Sản phẩm là gì, làm từ gì, làm thế nào"), blank=True)
    difference = models.TextField(_("Khác sản phẩm cùng loại ở chỗ nào"), blank=True)
    local_speciality = models.TextField(_("Vì sao là đặc sản, thế mạnh của địa phương"), blank=True)
    value_added = models.TextField(_("Làm tăng giá trị cho địa phương ra sao"), blank=True)
    no_harm = models.TextField(_("Giữ môi trường thế nào"), blank=True)
    market = models.TextField(_("Ai mua, bán ở đâu"), blank=True)
    support_wanted = models.TextField(_("Cần hỗ trợ gì"), blank=True)
    assisted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Cán bộ soạn hộ"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering = ("-id",)
        verbose_name = _("Ý tưởng sản phẩm")
        verbose_name_plural = _("Ý tưởng sản phẩm")

    def __str__(self) -> str:
        return f"{_('Ý tưởng')}: {self.enrolment.product}"

    def get_absolute_url(self) -> str:
        return reverse("cycle:idea", args=[self.enrolment_id])


class IdeaFinding(models.Model):
    """What the appraiser found for one of the three product criteria."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="findings")
    criterion = models.CharField(_("Tiêu chí"), max_length=20, choices=ProductCriterion.choices)
    met = models.BooleanField(_("Đạt"))
    note = models.TextField(_("Nhận xét"), blank=True)

    class Meta:
        ordering = ("idea_id", "id")
        verbose_name = _("Kết luận về ý tưởng")
        verbose_name_plural = _("Kết luận về ý tưởng")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("idea", "criterion"), name="ideafinding_once"),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} {self.criterion}: {self.met}"

    @property
    def label(self) -> str:
        return ProductCriterion(self.criterion).label


class BusinessPlan(Appraised):
    """Step three: the plan or project of production and business."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="plan")
    goals = models.TextField(_("Mục tiêu"), blank=True)
    material_area = models.TextField(_("Vùng nguyên liệu"), blank=True)
    technology = models.TextField(_("Công nghệ, quy trình, thiết bị"), blank=True)
    quality = models.TextField(_("Bảo đảm chất lượng"), blank=True)
    market = models.TextField(_("Thị trường, cách bán"), blank=True)
    organisation = models.TextField(_("Tổ chức, lao động"), blank=True)
    investment = models.PositiveBigIntegerField(_("Vốn cần có (đồng)"), null=True, blank=True)
    own_capital = models.PositiveBigIntegerField(
        _("Trong đó vốn tự có (đồng)"), null=True, blank=True
    )
    finance = models.TextField(_("Hiệu quả tài chính"), blank=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("Phương án sản xuất kinh doanh")
        verbose_name_plural = _("Phương án sản xuất kinh doanh")

    def __str__(self) -> str:
        return f"{_('Phương án')}: {self.enrolment.product}"

    def get_absolute_url(self) -> str:
        return reverse("cycle:plan", args=[self.enrolment_id])


class Milestone(models.Model):
    """Step four: a thing to be done by a day; done when `completed_on` says so."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("Việc cần làm"), max_length=200)
    due_on = models.DateField(_("Làm xong trước hết ngày"))
    completed_on = models.DateField(_("Xong ngày"), null=True, blank=True)
    cost = models.PositiveBigIntegerField(_("Chi phí (đồng)"), null=True, blank=True)
    note = models.TextField(_("Kết quả"), blank=True)

    class Meta:
        ordering = ("due_on", "id")
        verbose_name = _("Mốc thực hiện")
        verbose_name_plural = _("Mốc thực hiện")

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        return self.completed_on is not None
