"""Addresses of the cycle's pages."""

from django.urls import path

from cycle.views import (
    dossiers,
    enrolments,
    evidence,
    ideas,
    implementation,
    intake,
    pages,
    plans,
    rounds,
)

app_name = "cycle"

urlpatterns = [
    path("", pages.index, name="index"),
    path("dot/", rounds.round_list, name="round-list"),
    path("dot/mo/", rounds.round_open, name="round-open"),
    path("dot/<int:pk>/", rounds.round_detail, name="round-detail"),
    path("dot/<int:pk>/dong/", rounds.round_close, name="round-close"),
    path("tham-gia/<int:pk>/", enrolments.enrol, name="enrol"),
    path("luot/", pages.enrolment_list, name="enrolment-list"),
    path("luot/<int:pk>/", enrolments.enrolment_detail, name="enrolment-detail"),
    path("luot/<int:pk>/rut/", enrolments.enrolment_withdraw, name="enrolment-withdraw"),
    path("luot/<int:pk>/y-tuong/", ideas.idea, name="idea"),
    path("luot/<int:pk>/y-tuong/tham-dinh/", ideas.idea_appraise, name="idea-appraise"),
    path("luot/<int:pk>/phuong-an/", plans.plan, name="plan"),
    path("luot/<int:pk>/phuong-an/tham-dinh/", plans.plan_appraise, name="plan-appraise"),
    path("luot/<int:pk>/trien-khai/", implementation.implementation, name="implementation"),
    path(
        "luot/<int:pk>/trien-khai/ket-thuc/",
        implementation.implementation_finish,
        name="implementation-finish",
    ),
    path("luot/<int:pk>/ho-so/mo/", dossiers.dossier_start, name="dossier-start"),
    path("moc/<int:pk>/xong/", implementation.milestone_complete, name="milestone-complete"),
    path("moc/<int:pk>/bo/", implementation.milestone_drop, name="milestone-drop"),
    path("ho-so/", pages.dossier_list, name="dossier-list"),
    path("ho-so/<int:pk>/", dossiers.dossier_detail, name="dossier-detail"),
    path("ho-so/<int:pk>/noi-dung/", dossiers.dossier_text, name="dossier-text"),
    path("ho-so/<int:pk>/minh-chung/", evidence.evidence_list, name="evidence-list"),
    path("ho-so/<int:pk>/minh-chung/<slug:code>/", evidence.evidence_item, name="evidence-item"),
    path(
        "ho-so/<int:pk>/minh-chung/go/<int:link_pk>/",
        evidence.evidence_detach,
        name="evidence-detach",
    ),
    path("ho-so/<int:pk>/kiem-tra/", dossiers.dossier_check, name="dossier-check"),
    path("ho-so/<int:pk>/bien-nhan/", dossiers.dossier_receipt, name="dossier-receipt"),
    path(
        "ho-so/<int:pk>/ban-da-nop/<int:number>/",
        dossiers.dossier_snapshot,
        name="dossier-snapshot",
    ),
    path("ho-so/<int:pk>/rut/", dossiers.dossier_withdraw, name="dossier-withdraw"),
    path("ho-so/<int:pk>/bao-cao-xa/", intake.commune_report, name="commune-report"),
    path("ho-so/<int:pk>/tiep-nhan/", intake.intake, name="intake"),
    path("ho-so/<int:pk>/tiep-nhan/dong-y/", intake.dossier_receive, name="dossier-receive"),
]
