"""The admin looks, it does not write: every change goes through a service."""

from django.contrib import admin


def _never(*_args: object, **_kwargs: object) -> bool:
    return False


class ReadOnly:
    """Rows can be searched and read; mixed into the pages and inlines of the admin."""

    has_add_permission = _never
    has_change_permission = _never
    has_delete_permission = _never


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg] # not subscriptable at run time
    """The page of a model whose rows only services write."""
