"""Certificates: what the decision gave, as it was on that day."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from scoring.domain import short_code
from scoring.domain.certificate_states import (
    CertificateState,
    CertificateStatus,
    RevocationGround,
    status_on,
)
from scoring.models.councils import level_choices
from scoring.models.decisions import Decision
from scoring.models.files import random_path
from scoring.models.ratings import Rating


def certificate_state_choices() -> list[tuple[str, str]]:
    return CertificateState.choices()


def ground_choices() -> list[tuple[str, str]]:
    return RevocationGround.choices()


class CertificateRegister(models.Model):
    """The last certificate number that an authority has given in a year."""

    unit = models.ForeignKey("registry.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("unit_id", "year")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("unit", "year"), name="certificateregister_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.year}: {self.last_number}"


class Certificate(models.Model):
    """The certificate of one product; names are those of the day it was issued.

    `state` is the last decision about it; whether it has expired is asked with a day. `pdf` is
    empty until the document has been made, and `sha256` names the stored file.

    `rating` is null where the recognition was decided before the portal and recorded from the
    register: nobody scored it here, its document is the authority's paper.
    """

    number = models.CharField(_("Số giấy chứng nhận"), max_length=60)
    code = models.CharField(_("Mã xác thực"), max_length=short_code.LENGTH, unique=True)
    rating = models.ForeignKey(
        Rating, null=True, on_delete=models.PROTECT, related_name="certificates"
    )
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="certificates")
    regime = models.CharField(_("Bộ quy định"), max_length=10)
    level = models.CharField(_("Cấp công nhận"), max_length=10, choices=level_choices)
    unit = models.ForeignKey("registry.Unit", on_delete=models.PROTECT, related_name="certificates")
    product = models.ForeignKey(
        "registry.Product", on_delete=models.PROTECT, related_name="certificates"
    )
    product_set = models.ForeignKey(
        "registry.ProductSet", on_delete=models.PROTECT, related_name="certificates"
    )
    product_name = models.CharField(_("Sản phẩm"), max_length=200)
    product_code = models.CharField(_("Mã sản phẩm"), max_length=40, blank=True)
    subject_name = models.CharField(_("Chủ thể"), max_length=200)
    subject_address = models.CharField(_("Địa chỉ"), max_length=400, blank=True)
    set_name = models.CharField(_("Bộ sản phẩm"), max_length=200)
    stars = models.PositiveSmallIntegerField(_("Hạng sao"))
    issued_on = models.DateField(_("Ngày cấp"))
    valid_until = models.DateField(_("Có giá trị đến hết ngày"))
    state = models.CharField(
        _("Trạng thái"),
        max_length=12,
        choices=certificate_state_choices,
        default=CertificateState.VALID,
    )
    state_changed_at = models.DateTimeField()
    ground = models.CharField(_("Căn cứ"), max_length=20, blank=True, choices=ground_choices)
    state_note = models.CharField(_("Lý do"), max_length=500, blank=True)
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes"
    )
    pdf = models.FileField(upload_to=random_path("certificates"), max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-issued_on", "-id")
        verbose_name = _("Giấy chứng nhận")
        verbose_name_plural = _("Giấy chứng nhận")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("unit", "number"), name="certificate_number_once"),
            models.UniqueConstraint(fields=("decision", "product"), name="certificate_once"),
            models.CheckConstraint(
                condition=Q(stars__gte=3, stars__lte=5), name="certificate_recognised_stars"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("issued_on")), name="certificate_ends_after_start"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("product", "-issued_on"), name="certificate_of_product"),
            models.Index(fields=("state", "valid_until"), name="certificate_in_force"),
            models.Index(
                fields=("id",),
                name="certificate_without_pdf",
                condition=Q(pdf="", rating__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("scoring:certificate-detail", args=[self.pk])

    @property
    def is_recorded(self) -> bool:
        """Decided before the portal, known from a register."""
        return self.rating_id is None

    @property
    def shown_code(self) -> str:
        """In groups of four, as printed."""
        return short_code.shown(self.code)

    def status_on(self, day: date) -> CertificateStatus:
        return status_on(CertificateState(self.state), self.valid_until, day)
