"""Addresses of the app's REST endpoints."""

from django.urls import URLPattern, URLResolver, path

from scoring.api import councils, results, rubrics, self_assessments, sheets

urlpatterns: list[URLPattern | URLResolver] = [
    path("rubrics/", rubrics.RubricList.as_view(), name="api-rubric-list"),
    path(
        "rubrics/<str:regime>/<int:number>/",
        rubrics.RubricDetail.as_view(),
        name="api-rubric-detail",
    ),
    path(
        "rubrics/<str:regime>/<int:number>/evaluate/",
        rubrics.RubricEvaluation.as_view(),
        name="api-rubric-evaluate",
    ),
    path(
        "dossiers/<int:pk>/self-assessment/",
        self_assessments.SelfAssessmentDetail.as_view(),
        name="api-self-assessment",
    ),
    path("councils/", councils.CouncilList.as_view(), name="api-council-list"),
    path("councils/<int:pk>/", councils.CouncilDetail.as_view(), name="api-council"),
    path("sessions/", councils.SessionList.as_view(), name="api-session-list"),
    path("sessions/<int:pk>/", councils.SessionDetail.as_view(), name="api-session"),
    path("agenda-items/", councils.ItemList.as_view(), name="api-agenda-item-list"),
    path("agenda-items/<int:pk>/sheet/", sheets.OwnSheet.as_view(), name="api-own-sheet"),
    path(
        "agenda-items/<int:pk>/sheet/submit/",
        sheets.OwnSheetSubmission.as_view(),
        name="api-own-sheet-submit",
    ),
    path("sheets/", sheets.SheetList.as_view(), name="api-sheet-list"),
    path("ratings/", results.RatingList.as_view(), name="api-rating-list"),
    path("ratings/<int:pk>/", results.RatingDetail.as_view(), name="api-rating"),
    path("decisions/", results.DecisionList.as_view(), name="api-decision-list"),
    path("certificates/", results.CertificateList.as_view(), name="api-certificate-list"),
    path(
        "certificate-rows/<int:pk>/", results.CertificateRow.as_view(), name="api-certificate-row"
    ),
]
