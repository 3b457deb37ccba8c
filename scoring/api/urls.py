"""Addresses of the app's REST endpoints."""

from django.urls import URLPattern, URLResolver, path

from scoring.api import rubrics

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
]
