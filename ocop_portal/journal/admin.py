"""The journal in the administration: to read, never to change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ocop_portal.journal.models import Entry, Notification


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # not subscriptable at run time
    """Rows that only services write."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - its signature
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - its signature
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - its signature
        return False


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "kind", "subject_type", "subject_id", "actor")
    list_filter = ("kind",)
    list_select_related = ("actor",)
    show_full_result_count = False


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    list_display = ("id", "channel", "state", "recipient", "address", "title", "attempts", "due_at")
    list_filter = ("state", "channel")
    list_select_related = ("recipient",)
    show_full_result_count = False
