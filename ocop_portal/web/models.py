"""The pulse of background processes."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Heartbeat(models.Model):
    """The last time a background process was seen alive; one row for each kind of process."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
