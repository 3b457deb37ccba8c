"""Filters of the outbox."""

import django_filters
from django.utils.translation import gettext_lazy as _

from ocop_portal.journal.models import Channel, Delivery, Notification


class OutboxFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """By state, way and the name of who gets it."""

    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"), choices=Delivery.choices, empty_label=_("Mọi tình trạng")
    )
    channel = django_filters.ChoiceFilter(
        label=_("Đường gửi"), choices=Channel.choices, empty_label=_("Mọi đường")
    )
    nguoi = django_filters.CharFilter(
        label=_("Tên người nhận"), field_name="recipient__full_name", lookup_expr="icontains"
    )

    class Meta:
        model = Notification
        fields = ("state", "channel")
