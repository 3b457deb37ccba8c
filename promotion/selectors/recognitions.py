"""Who held a star on a day."""

from datetime import date

from django.db.models import QuerySet

from promotion.models import Recognition


def held(*, on: date) -> QuerySet[Recognition]:
    """The recognitions that were in force on the day; at most one for each product."""
    return Recognition.objects.filter(starts_on__lte=on, ends_on__gte=on)
