"""The admin looks, it does not write: every change of the cycle goes through a service.

Drafts of ideas, plans and texts are not here: they are read on their pages.
"""

from django.contrib import admin

from cycle.models import Dossier, Enrolment, Move, Round
from ocop_portal.web.admin import ReadOnlyAdmin


@admin.register(Round)
class RoundAdmin(ReadOnlyAdmin):
    list_display = ("name", "unit", "regime", "division", "opens_on", "closes_on", "closed_at")
    list_filter = ("regime", "year")
    list_select_related = ("unit",)


@admin.register(Enrolment)
class EnrolmentAdmin(ReadOnlyAdmin):
    list_display = ("product", "round", "kind", "step", "stars", "opened_at", "ended_at")
    list_filter = ("regime", "step", "kind")
    list_select_related = ("product", "round")
    search_fields = ("product__search_text",)


@admin.register(Dossier)
class DossierAdmin(ReadOnlyAdmin):
    list_display = ("code", "enrolment", "state", "level", "lodged_at", "due_on")
    list_filter = ("regime", "state", "level")
    list_select_related = ("enrolment__product", "enrolment__round")
    search_fields = ("code",)
    fields = (
        "enrolment",
        "kind",
        "regime",
        "product_set",
        "state",
        "level",
        "code",
        "lodged_at",
        "due_on",
        "rubric_hash",
        "version",
    )


@admin.register(Move)
class MoveAdmin(ReadOnlyAdmin):
    list_display = ("at", "name", "from_state", "to_state", "enrolment", "by")
    list_filter = ("name",)
    list_select_related = ("enrolment__product", "enrolment__round", "by")
