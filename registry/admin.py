"""The admin looks, it does not write: every change of the register goes through a service."""

from django.contrib import admin

from ocop_portal.web.admin import ReadOnlyAdmin
from registry.models import (
    CraftVillage,
    Evidence,
    MaterialArea,
    Posting,
    Product,
    ProductSet,
    Subject,
    SubjectChange,
    Unit,
)


@admin.register(Unit)
class UnitAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "division", "level", "parent", "valid_from", "valid_to")
    list_filter = ("division", "level")
    list_select_related = ("parent",)
    search_fields = ("code", "search_text")


@admin.register(ProductSet)
class ProductSetAdmin(ReadOnlyAdmin):
    list_display = ("regime", "number", "name", "industry", "group", "has_rubric")
    list_filter = ("regime", "industry")
    search_fields = ("name",)


@admin.register(Subject)
class SubjectAdmin(ReadOnlyAdmin):
    list_display = ("name", "kind", "tax_code", "commune")
    list_filter = ("kind",)
    list_select_related = ("commune",)
    search_fields = ("search_text",)


@admin.register(SubjectChange)
class SubjectChangeAdmin(ReadOnlyAdmin):
    list_display = ("subject", "field", "before", "after", "decided_on", "changed_at")
    list_select_related = ("subject",)


@admin.register(CraftVillage)
class CraftVillageAdmin(ReadOnlyAdmin):
    list_display = ("name", "commune", "is_traditional", "recognised_on")
    list_select_related = ("commune",)
    search_fields = ("search_text",)


@admin.register(MaterialArea)
class MaterialAreaAdmin(ReadOnlyAdmin):
    list_display = ("name", "subject", "area_m2", "code", "certificate", "valid_until")
    list_select_related = ("subject",)
    search_fields = ("name", "code")


@admin.register(Product)
class ProductAdmin(ReadOnlyAdmin):
    list_display = ("name", "code", "subject", "commune")
    list_select_related = ("subject", "commune")
    search_fields = ("search_text", "code")


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "subject", "uploaded_at", "withdrawn_at")
    list_filter = ("kind",)
    list_select_related = ("subject",)
    search_fields = ("title", "sha256")
    exclude = ("file",)


@admin.register(Posting)
class PostingAdmin(ReadOnlyAdmin):
    list_display = ("user", "role", "unit", "subject", "starts_on", "ends_on")
    list_filter = ("role",)
    list_select_related = ("user", "unit", "subject")
    search_fields = ("user__email", "user__full_name")
