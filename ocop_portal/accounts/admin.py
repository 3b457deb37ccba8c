"""People in the administration; passwords are set by their owners through the mail link."""

from django.contrib import admin

from ocop_portal.accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # not subscriptable at run time
    list_display = ("email", "full_name", "is_active", "is_staff", "created_at")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "full_name")
    fields = ("email", "full_name", "phone", "language", "wants_mail", "is_active", "is_staff")
    readonly_fields = ("is_staff",)
