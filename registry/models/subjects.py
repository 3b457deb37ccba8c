"""Subjects (chủ thể): those who make the products."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.domain.eligibility import SubjectKind
from registry.models.craft_villages import CraftVillage
from registry.models.units import Unit


class Gender(models.TextChoices):
    FEMALE = "female", _("Nữ")
    MALE = "male", _("Nam")
    OTHER = "other", _("Khác")


class Subject(models.Model):
    """A cooperative, enterprise, household … that registers products.

    `commune` is today's; `former_commune` is the unit it lay in before 1 July 2025 as the subject
    itself picked it, or null while nobody has said. `version` rises with each change.
    """

    name = models.CharField(_("Tên chủ thể"), max_length=200)
    kind = models.CharField(_("Loại hình"), max_length=20, choices=SubjectKind.choices)
    tax_code = models.CharField(_("Mã số thuế"), max_length=14, blank=True)
    registration_number = models.CharField(_("Số đăng ký kinh doanh"), max_length=50, blank=True)
    registered_on = models.DateField(_("Ngày đăng ký"), null=True, blank=True)
    representative_name = models.CharField(_("Người đại diện"), max_length=150)
    representative_gender = models.CharField(
        _("Giới tính người đại diện"), max_length=10, choices=Gender.choices, blank=True
    )
    representative_ethnicity = models.CharField(
        _("Dân tộc của người đại diện"), max_length=50, blank=True
    )
    representative_has_disability = models.BooleanField(
        _("Người đại diện là người khuyết tật"), default=False
    )
    phone = models.CharField(_("Điện thoại"), max_length=20)
    email = models.EmailField(_("Thư điện tử"), blank=True)
    address_line = models.CharField(_("Số nhà, đường, thôn"), max_length=200, blank=True)
    commune = models.ForeignKey(
        Unit, verbose_name=_("Xã, phường"), on_delete=models.PROTECT, related_name="subjects"
    )
    former_commune = models.ForeignKey(
        Unit,
        verbose_name=_("Xã, phường trước 1/7/2025"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="former_subjects",
    )
    workers = models.PositiveIntegerField(_("Số lao động"), null=True, blank=True)
    trained_workers = models.PositiveIntegerField(
        _("Trong đó lao động qua đào tạo"), null=True, blank=True
    )
    workers_year = models.PositiveSmallIntegerField(_("Số liệu năm"), null=True, blank=True)
    craft_village = models.ForeignKey(
        CraftVillage,
        verbose_name=_("Làng nghề"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="subjects",
    )
    has_circular_chain = models.BooleanField(_("Có chuỗi tuần hoàn, kinh tế xanh"), default=False)
    circular_note = models.CharField(_("Chuỗi tuần hoàn thế nào"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    search_text = models.TextField()

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("Chủ thể")
        verbose_name_plural = _("Chủ thể")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("tax_code",),
                condition=~models.Q(tax_code=""),
                name="subject_tax_code_once",
            ),
            models.CheckConstraint(
                condition=models.Q(workers__isnull=True)
                | models.Q(trained_workers__isnull=True)
                | models.Q(trained_workers__lte=models.F("workers")),
                name="subject_trained_among_workers",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("registry:subject-detail", args=[self.pk])
