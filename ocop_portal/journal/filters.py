"""Filters of the outbox."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ocop_portal.accounts.searching import has_words
from ocop_portal.journal.models import Channel, Delivery, Notification


class OutboxFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """By state, way and the name of who gets it."""

    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"), choices=Delivery.choices, empty_label=_("Mọi tình trạng")
    )
    channel = django_filters.ChoiceFilter(
        label=_("Đường gửi"), choices=Channel.choices, empty_label=_("Mọi đường")
    )
    nguoi = django_filters.CharFilter(label=_("Tên người nhận"), method="to_person")

    def to_person(
        self, rows: QuerySet[Notification], _name: str, value: str
    ) -> QuerySet[Notification]:
        """By name, or by the address of somebody without an account."""
        return rows.filter(has_words(value, of="recipient__") | Q(address__icontains=value))

    class Meta:
        model = Notification
        fields = ("state", "channel")
