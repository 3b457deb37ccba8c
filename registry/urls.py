"""Addresses of the register's pages."""

from django.urls import path

from registry.views import (
    capacities,
    craft_villages,
    eligibility,
    evidence,
    invitations,
    office_invitations,
    people,
    pictures,
    places,
    postings,
    production_places,
    products,
    subjects,
    unit_changes,
    units,
)

app_name = "registry"

urlpatterns = [
    path("ai-duoc-tham-gia/", eligibility.eligibility, name="eligibility"),
    path("ho-so/", subjects.producer_desk, name="desk"),
    path("ho-so/san-pham/", products.product_list, name="product-list"),
    path("ho-so/san-pham/<int:pk>/", products.product_detail, name="product-detail"),
    path("ho-so/san-pham/<int:pk>/sua/", products.product_edit, name="product-edit"),
    path(
        "ho-so/san-pham/<int:pk>/noi-lam/",
        production_places.production_places_edit,
        name="production-places",
    ),
    path(
        "ho-so/san-pham/<int:pk>/noi-lam/<int:commune_pk>/bo/",
        production_places.production_place_remove,
        name="production-place-remove",
    ),
    path("ho-so/san-pham/<int:pk>/anh/", pictures.picture_list, name="picture-list"),
    path("ho-so/anh/<int:pk>/sua/", pictures.picture_edit, name="picture-edit"),
    path("ho-so/anh/<int:pk>/bo/", pictures.picture_remove, name="picture-remove"),
    path("ho-so/anh/<int:pk>/xep/<slug:to>/", pictures.picture_shift, name="picture-shift"),
    path("ho-so/anh/<slug:token>/<slug:size>.webp", pictures.picture_file, name="picture-file"),
    path("chu-the/", subjects.subject_list, name="subject-list"),
    path("chu-the/dang-ky/", subjects.subject_create, name="subject-create"),
    path("chu-the/<int:pk>/", subjects.subject_detail, name="subject-detail"),
    path("chu-the/<int:pk>/sua/", subjects.subject_edit, name="subject-edit"),
    path(
        "chu-the/<int:pk>/nguoi-dai-dien/",
        subjects.representative_invite,
        name="representative-invite",
    ),
    path("chu-the/<int:pk>/nguoi/them/", subjects.member_create, name="member-create"),
    path(
        "chu-the/<int:pk>/loi-moi/<int:invitation_pk>/",
        invitations.invitation_detail,
        name="invitation-detail",
    ),
    path(
        "chu-the/<int:pk>/loi-moi/<int:invitation_pk>/rut/",
        invitations.invitation_withdraw,
        name="invitation-withdraw",
    ),
    path(
        "chu-the/<int:pk>/loi-moi/<int:invitation_pk>/gui-lai/",
        invitations.invitation_send_again,
        name="invitation-send-again",
    ),
    path("loi-moi/cua-toi/<int:pk>/", invitations.invitation_own, name="invitation-own"),
    path("loi-moi/<str:token>/", invitations.invitation_answer, name="invitation-answer"),
    path("chu-the/<int:pk>/nguoi/<int:posting_pk>/thoi/", subjects.member_end, name="member-end"),
    path("chu-the/<int:pk>/san-pham/them/", products.product_create, name="product-create"),
    path("chu-the/<int:pk>/nang-luc/", capacities.capacity_edit, name="capacity-edit"),
    path(
        "chu-the/<int:pk>/vung-nguyen-lieu/them/",
        capacities.material_area_create,
        name="material-area-create",
    ),
    path(
        "vung-nguyen-lieu/<int:pk>/sua/", capacities.material_area_edit, name="material-area-edit"
    ),
    path(
        "vung-nguyen-lieu/<int:pk>/bo/",
        capacities.material_area_remove,
        name="material-area-remove",
    ),
    path("lang-nghe/", craft_villages.craft_village_list, name="craft-village-list"),
    path("lang-nghe/them/", craft_villages.craft_village_create, name="craft-village-create"),
    path("lang-nghe/<int:pk>/sua/", craft_villages.craft_village_edit, name="craft-village-edit"),
    path("chu-the/<int:pk>/minh-chung/", evidence.evidence_list, name="evidence-list"),
    path("chu-the/<int:pk>/minh-chung/them/", evidence.evidence_create, name="evidence-create"),
    path("minh-chung/<int:pk>/", evidence.evidence_detail, name="evidence-detail"),
    path("minh-chung/<int:pk>/tep/", evidence.evidence_file, name="evidence-file"),
    path("minh-chung/<int:pk>/xem/", evidence.evidence_preview, name="evidence-preview"),
    path("minh-chung/<int:pk>/trang/<int:number>/", evidence.evidence_page, name="evidence-page"),
    path("minh-chung/<int:pk>/thay/", evidence.evidence_renew, name="evidence-renew"),
    path("minh-chung/<int:pk>/rut/", evidence.evidence_withdraw, name="evidence-withdraw"),
    path("dia-phuong/", units.unit_list, name="unit-list"),
    path("dia-phuong/<int:pk>/", units.unit_page, name="unit-page"),
    path(
        "dia-phuong/<int:pk>/thay-doi/<slug:kind>/",
        unit_changes.unit_change_create,
        name="unit-change-create",
    ),
    path("dia-phuong/thay-doi/", unit_changes.unit_change_list, name="unit-change-list"),
    path(
        "dia-phuong/thay-doi/<int:pk>/", unit_changes.unit_change_detail, name="unit-change-detail"
    ),
    path(
        "dia-phuong/thay-doi/<int:pk>/rut/",
        unit_changes.unit_change_withdraw,
        name="unit-change-withdraw",
    ),
    path("dia-phuong/tim/", places.unit_search, name="unit-search"),
    path("dia-phuong/xa-cu/", places.former_communes, name="former-communes"),
    path("vai-tro/", postings.posting_list, name="posting-list"),
    path("vai-tro/giao/", postings.posting_create, name="posting-create"),
    path("vai-tro/nguoi/", people.person_list, name="person-list"),
    path("vai-tro/nguoi/<int:pk>/", people.person_detail, name="person-detail"),
    path("vai-tro/nguoi/<int:pk>/ngung/", people.person_deactivate, name="person-deactivate"),
    path("vai-tro/nguoi/<int:pk>/dia-chi/", people.person_address, name="person-address"),
    path("vai-tro/nguoi/<int:pk>/mo-lai/", people.person_reactivate, name="person-reactivate"),
    path("vai-tro/nguoi/<int:pk>/go-khoa/", people.person_unlock, name="person-unlock"),
    path("vai-tro/nguoi/<int:pk>/chuyen-viec/", people.duty_list, name="duty-list"),
    path(
        "vai-tro/loi-moi/",
        office_invitations.office_invitation_list,
        name="office-invitation-list",
    ),
    path(
        "vai-tro/loi-moi/<int:pk>/rut/",
        office_invitations.office_invitation_withdraw,
        name="office-invitation-withdraw",
    ),
    path(
        "vai-tro/loi-moi/<int:pk>/gui-lai/",
        office_invitations.office_invitation_send_again,
        name="office-invitation-send-again",
    ),
    path("vai-tro/<int:pk>/thoi/", postings.posting_end, name="posting-end"),
]
