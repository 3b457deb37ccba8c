"""Addresses of the cycle's REST endpoints."""

from django.urls import path

from cycle.api import dossiers, enrolments, papers

urlpatterns = [
    path("rounds/", enrolments.RoundList.as_view(), name="api-round-list"),
    path("enrolments/", enrolments.EnrolmentList.as_view(), name="api-enrolment-list"),
    path("enrolments/<int:pk>/", enrolments.EnrolmentDetail.as_view(), name="api-enrolment"),
    path("enrolments/<int:pk>/idea/", papers.IdeaDetail.as_view(), name="api-idea"),
    path(
        "enrolments/<int:pk>/idea/submit/", papers.IdeaSubmission.as_view(), name="api-idea-submit"
    ),
    path("enrolments/<int:pk>/plan/", papers.PlanDetail.as_view(), name="api-plan"),
    path(
        "enrolments/<int:pk>/plan/submit/", papers.PlanSubmission.as_view(), name="api-plan-submit"
    ),
    path("dossiers/", dossiers.DossierList.as_view(), name="api-dossier-list"),
    path("dossiers/<int:pk>/", dossiers.DossierDetail.as_view(), name="api-dossier"),
]
