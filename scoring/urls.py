"""Addresses of the app's pages."""

from django.urls import path

from scoring.views import (
    certificates,
    corrections,
    councils,
    decisions,
    items,
    ratings,
    rubric_editions,
    self_assessments,
    sessions,
    sheets,
    signing,
    what_ifs,
)

app_name = "scoring"

urlpatterns = [
    path("", councils.council_list, name="council-list"),
    path("lap/", councils.council_create, name="council-create"),
    path("<int:pk>/", councils.council_detail, name="council-detail"),
    path("<int:pk>/thanh-vien/", councils.member_add, name="member-add"),
    path("thanh-vien/<int:pk>/thoi/", councils.member_end, name="member-end"),
    path("<int:pk>/trieu-tap/", sessions.session_call, name="session-call"),
    path("phien/<int:pk>/", sessions.session_detail, name="session-detail"),
    path("phien/<int:pk>/khai-mac/", sessions.session_open, name="session-open"),
    path("phien/<int:pk>/co-mat/", sessions.session_presence, name="session-presence"),
    path("phien/<int:pk>/ket-thuc/", sessions.session_close, name="session-close"),
    path("phien/<int:pk>/huy/", sessions.session_cancel, name="session-cancel"),
    path("phien/<int:pk>/bien-ban/", sessions.session_minutes, name="session-minutes"),
    path("muc/<int:pk>/", items.item_detail, name="item-detail"),
    path("muc/<int:pk>/bang/", items.item_board, name="item-board"),
    path("muc/<int:pk>/phieu/", sheets.sheet_edit, name="sheet-edit"),
    path("muc/<int:pk>/muc-toi-thieu/", items.gates_find, name="gates-find"),
    path("muc/<int:pk>/can-cu/", items.ground_find, name="ground-find"),
    path("muc/<int:pk>/can-cu/bo/", items.ground_withdraw, name="ground-withdraw"),
    path("muc/<int:pk>/dung-cham/", items.item_stop, name="item-stop"),
    path("muc/<int:pk>/cham-lai/", items.ballot_open, name="ballot-open"),
    path("muc/<int:pk>/ket-luan/", items.item_conclude, name="item-conclude"),
    path("muc/<int:pk>/rut/", items.item_remove, name="item-remove"),
    path("phieu/<int:pk>/", sheets.sheet_detail, name="sheet-detail"),
    path("phieu/<int:pk>/mo-lai/", sheets.sheet_reopen, name="sheet-reopen"),
    path("tu-danh-gia/<int:pk>/", self_assessments.self_assessment, name="self-assessment"),
    path("ket-qua/<int:pk>/", ratings.rating_detail, name="rating-detail"),
    path("ket-qua/<int:pk>/cach-xu-ly/", ratings.rating_choose, name="rating-choose"),
    path("ket-qua/<int:pk>/quy-dinh-khac/", what_ifs.rating_what_if, name="rating-what-if"),
    path("bo-tieu-chi/", rubric_editions.edition_list, name="edition-list"),
    path("bo-tieu-chi/<str:regime>/<int:number>/", rubric_editions.edition_set, name="edition-set"),
    path(
        "bo-tieu-chi/ban/<int:pk>/cong-bo/", rubric_editions.edition_publish, name="edition-publish"
    ),
    path("quyet-dinh/", decisions.decision_list, name="decision-list"),
    path("quyet-dinh/lap/<int:unit_pk>/", decisions.decision_create, name="decision-create"),
    path("quyet-dinh/<int:pk>/", decisions.decision_detail, name="decision-detail"),
    path("quyet-dinh/<int:pk>/sua/", decisions.decision_edit, name="decision-edit"),
    path("quyet-dinh/<int:pk>/bo/", decisions.decision_discard, name="decision-discard"),
    path("quyet-dinh/<int:pk>/trinh-ky/", decisions.decision_present, name="decision-present"),
    path("quyet-dinh/<int:pk>/ky/", signing.decision_sign, name="decision-sign"),
    path("quyet-dinh/<int:pk>/tra-lai/", signing.decision_hand_back, name="decision-hand-back"),
    path("quyet-dinh/<int:pk>/dinh-chinh/", corrections.decision_correct, name="decision-correct"),
    path(
        "quyet-dinh/so/<int:unit_pk>/<int:year>/",
        decisions.decision_register,
        name="decision-register",
    ),
    path("quyet-dinh/<int:pk>/pdf/", decisions.decision_pdf, name="decision-pdf"),
    path("giay-chung-nhan/", certificates.certificate_list, name="certificate-list"),
    path("giay-chung-nhan/<int:pk>/", certificates.certificate_detail, name="certificate-detail"),
    path("giay-chung-nhan/<int:pk>/pdf/", certificates.certificate_pdf, name="certificate-pdf"),
    path(
        "giay-chung-nhan/<int:pk>/tam-dung/",
        certificates.certificate_suspend,
        name="certificate-suspend",
    ),
    path(
        "giay-chung-nhan/<int:pk>/khoi-phuc/",
        certificates.certificate_restore,
        name="certificate-restore",
    ),
    path(
        "giay-chung-nhan/<int:pk>/thu-hoi/",
        certificates.certificate_revoke,
        name="certificate-revoke",
    ),
]
