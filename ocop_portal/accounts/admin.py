"""People in the administration: to read; services are the door for every change of an account."""

from django.contrib import admin

from ocop_portal.accounts.models import User


def _never(*_args: object, **_kwargs: object) -> bool:
    return False


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # not subscriptable at run time
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
    has_add_permission = _never
    has_change_permission = _never
    has_delete_permission = _never
