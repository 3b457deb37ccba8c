"""Runs of the invariant checker and what they found."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class CheckRun(models.Model):
    """One walk over every rule; `ended_at` is null while it runs, or where it was cut off."""

    started_at = models.DateTimeField(_("Bắt đầu lúc"))
    ended_at = models.DateTimeField(_("Xong lúc"), null=True)
    with_files = models.BooleanField(_("Đọc mọi tệp"), default=False)
    rules = models.PositiveSmallIntegerField(_("Số quy tắc"), default=0)
    found = models.PositiveIntegerField(_("Số điều không khớp"), default=0)

    class Meta:
        ordering = ("-started_at", "-id")

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}: {self.found}"

    def get_absolute_url(self) -> str:
        return reverse("upkeep:checks")


class CheckFinding(models.Model):
    """What a rule found about a thing, as it was named then."""

    run = models.ForeignKey(CheckRun, on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=250, blank=True)
    url = models.CharField(max_length=250, blank=True)
    text = models.TextField()
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ("rule", "id")
        indexes: ClassVar = [models.Index(fields=("run", "rule"), name="checkfinding_of_run")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.name}"
