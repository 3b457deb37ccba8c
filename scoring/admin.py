"""The admin looks, it does not write: every change of scoring goes through a service.

Sheets are not here: their pages know who may look.
"""

from django.contrib import admin

from ocop_portal.web.admin import ReadOnly, ReadOnlyAdmin
from scoring.models import (
    Certificate,
    Council,
    CouncilMember,
    Decision,
    Rating,
    RubricEdition,
    Session,
)


@admin.register(RubricEdition)
class RubricEditionAdmin(ReadOnlyAdmin):
    list_display = ("regime", "set_number", "name", "state", "published_at")
    list_filter = ("regime", "state")


class CouncilMemberInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg] # not subscriptable at run time
    model = CouncilMember
    extra = 0


@admin.register(Council)
class CouncilAdmin(ReadOnlyAdmin):
    list_display = ("name", "level", "unit", "decision_number", "starts_on", "ends_on")
    list_filter = ("level",)
    list_select_related = ("unit",)
    inlines = (CouncilMemberInline,)


@admin.register(Session)
class SessionAdmin(ReadOnlyAdmin):
    list_display = ("council", "starts_at", "place", "state")
    list_filter = ("state",)
    list_select_related = ("council",)


@admin.register(Rating)
class RatingAdmin(ReadOnlyAdmin):
    list_display = ("dossier", "level", "stars", "band", "outcome", "concluded_at")
    list_filter = ("regime", "level", "outcome")
    list_select_related = ("dossier__enrolment__product",)


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ("number", "unit", "decided_on", "state", "title")
    list_filter = ("state", "level")
    list_select_related = ("unit",)


@admin.register(Certificate)
class CertificateAdmin(ReadOnlyAdmin):
    list_display = ("number", "product_name", "stars", "issued_on", "valid_until", "state")
    list_filter = ("stars", "state", "regime")
    search_fields = ("number", "product_name", "subject_name")
