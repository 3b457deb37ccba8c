"""The journal in the administration: to read, never to change."""

from django.contrib import admin

from ocop_portal.journal.models import Entry, Notification
from ocop_portal.web.admin import ReadOnlyAdmin


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
