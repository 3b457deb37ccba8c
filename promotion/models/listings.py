"""What the public sees of a recognised product, and on which days it held its star."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.models import Unit
from scoring.domain.certificate_states import CertificateState


def state_choices() -> list[tuple[str, str]]:
    return CertificateState.choices()


class Listing(models.Model):
    """The public face of one product: copied fields of its current certificate, for fast search.

    The row is made by the first certificate and kept in step by what scoring announces; it is
    derived and can be rebuilt at any time. Only `hidden` and its reason are its own.
    """

    product = models.OneToOneField(
        "registry.Product", on_delete=models.PROTECT, related_name="listing"
    )
    certificate = models.ForeignKey(
        "scoring.Certificate", on_delete=models.PROTECT, related_name="+"
    )
    subject = models.ForeignKey("registry.Subject", on_delete=models.PROTECT, related_name="+")
    province = models.ForeignKey("registry.Unit", on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey("registry.Unit", on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(_("Địa chỉ trang"), max_length=120, unique=True)
    name = models.CharField(_("Tên sản phẩm"), max_length=250)
    subject_name = models.CharField(_("Chủ thể"), max_length=250)
    set_name = models.CharField(_("Bộ sản phẩm"), max_length=250)
    group = models.SlugField(_("Mã ngành hàng"), max_length=80, db_index=False)
    group_name = models.CharField(_("Ngành hàng"), max_length=120)
    regime = models.CharField(_("Bộ quy định"), max_length=20)
    stars = models.PositiveSmallIntegerField(_("Hạng sao"))
    potential_five = models.BooleanField(_("Tiềm năng 5 sao"), default=False)
    state = models.CharField(_("Trạng thái"), max_length=20, choices=state_choices)
    issued_on = models.DateField(_("Ngày công nhận"))
    valid_until = models.DateField(_("Có hiệu lực đến"))
    search_text = models.TextField(blank=True)
    sort_key = models.CharField(max_length=600)
    published_at = models.DateTimeField(_("Công khai từ"))
    hidden = models.BooleanField(_("Đang ẩn"), default=False)
    hidden_reason = models.CharField(_("Lý do ẩn"), max_length=300, blank=True)

    class Meta:
        ordering = ("sort_key", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(stars__range=(3, 5)), name="listing_stars"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("issued_on")), name="listing_valid_after_issue"
            ),
            models.CheckConstraint(
                condition=Q(hidden=False) | ~Q(hidden_reason=""), name="listing_hidden_with_reason"
            ),
        ]
        indexes: ClassVar = [
            # The facets are read from this index alone.
            models.Index(
                fields=("state", "stars", "group", "province", "regime", "valid_until", "hidden"),
                name="listing_facets",
            ),
            models.Index(fields=("-stars", "sort_key", "id"), name="listing_by_stars"),
            models.Index(fields=("sort_key", "id"), name="listing_by_name"),
            models.Index(fields=("-issued_on", "-id"), name="listing_by_newest"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("promotion:product", args=[self.slug])


class Recognition(models.Model):
    """One unbroken run of days on which a product held a star (both ends included).

    Derived from the certificate and its history; every figure "as of" a day counts these rows.
    `former_unit` is the smallest unit of before 1 July 2025 in which the product surely lay;
    `subject_kind` the legal form on these days, `is_away` whether the product lies in another
    province than its maker. A run that `ends_naturally` ended by expiry, and `next_starts_on` is
    when the product held a star again.
    """

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="recognitions")
    certificate = models.ForeignKey(
        "scoring.Certificate", on_delete=models.PROTECT, related_name="+"
    )
    stars = models.PositiveSmallIntegerField(_("Hạng sao"))
    group = models.SlugField(_("Mã ngành hàng"), max_length=80, db_index=False)
    regime = models.CharField(_("Bộ quy định"), max_length=20)
    province = models.ForeignKey("registry.Unit", on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey("registry.Subject", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("Năm công nhận"))
    commune = models.ForeignKey(
        "registry.Unit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    former_unit = models.ForeignKey(
        "registry.Unit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    subject_kind = models.CharField(_("Loại hình chủ thể"), max_length=20, blank=True)
    level = models.CharField(_("Cấp công nhận"), max_length=10, blank=True)
    turn = models.CharField(_("Lần công nhận"), max_length=10, blank=True)
    is_away = models.BooleanField(_("Ở tỉnh khác chủ thể"), default=False)
    ends_naturally = models.BooleanField(default=True)
    next_starts_on = models.DateField(null=True)
    starts_on = models.DateField(_("Từ ngày"))
    ends_on = models.DateField(_("Đến ngày"))

    class Meta:
        ordering = ("listing", "starts_on", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="recognition_ends_after_start"
            ),
            models.UniqueConstraint(fields=("listing", "starts_on"), name="recognition_one_a_day"),
        ]
        indexes: ClassVar = [
            # Figures are read from this index alone.
            models.Index(
                fields=(
                    "ends_on",
                    "starts_on",
                    "stars",
                    "group",
                    "province",
                    "regime",
                    "year",
                    "subject_kind",
                    "level",
                    "turn",
                    "subject",
                ),
                name="recognition_figures",
            ),
            models.Index(
                fields=("ends_on", "starts_on"),
                name="recognition_away",
                condition=Q(is_away=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.stars} ({self.starts_on} – {self.ends_on})"

    @property
    def place(self) -> Unit:
        """The commune of these days; where none is known, today's."""
        return self.commune or self.listing.commune
