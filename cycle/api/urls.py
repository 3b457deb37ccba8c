"""Addresses of the cycle's REST endpoints."""

from django.urls import path

from cycle.api import dossiers, enrolments, lodgings, papers

urlpatterns = [
    path("rounds/", enrolments.RoundList.as_view(), name="api-round-list"),
    path("enrolments/", enrolments.EnrolmentList.as_view(), name="api-enrolment-list"),
    path("enrolments/<int:pk>/", enrolments.EnrolmentDetail.as_view(), name="api-enrolment"),
    path("enrolments/<int:pk>/idea/", papers.IdeaDetail.as_view(), name="api-idea"),
    path(
        "enrolments/<int:pk>/idea/submit/", papers.IdeaSubmission.as_view(), name="api-idea-submit"
    ),
    path("enrolments/<int:pk>/proposal/", lodgings.ProposalLink.as_view(), name="api-proposal"),
    path("enrolments/<int:pk>/plan/", papers.PlanDetail.as_view(), name="api-plan"),
    path(
        "enrolments/<int:pk>/plan/submit/", papers.PlanSubmission.as_view(), name="api-plan-submit"
    ),
    path("dossiers/", dossiers.DossierList.as_view(), name="api-dossier-list"),
    path("dossiers/<int:pk>/", dossiers.DossierDetail.as_view(), name="api-dossier"),
    path("dossiers/<int:pk>/papers/", lodgings.DossierPapers.as_view(), name="api-dossier-papers"),
    path(
        "dossiers/<int:pk>/papers/<slug:item>/<int:evidence>/",
        lodgings.DossierPaper.as_view(),
        name="api-dossier-paper",
    ),
    path(
        "dossiers/<int:pk>/confirmation/",
        lodgings.DossierConfirmation.as_view(),
        name="api-dossier-confirmation",
    ),
    path("dossiers/<int:pk>/lodge/", lodgings.DossierLodging.as_view(), name="api-dossier-lodge"),
]
