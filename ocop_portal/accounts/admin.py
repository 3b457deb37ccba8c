"""People in the administration: to read; services are the door for every change of an account."""

from django.contrib import admin

from ocop_portal.accounts.models import User
from ocop_portal.web.admin import ReadOnlyAdmin


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    list_display = ("email", "full_name", "is_active", "is_staff", "created_at")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "full_name")
    fields = (
        "email",
        "full_name",
        "phone",
        "language",
        "wants_mail",
        "digest",
        "is_active",
        "is_staff",
    )
