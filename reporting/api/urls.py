"""Addresses of the statistics endpoints."""

from django.urls import path

from reporting.api import views

urlpatterns = [
    path("statistics/targets/", views.TargetStatistics.as_view(), name="api-target-statistics"),
    path("statistics/stars/", views.StarStatistics.as_view(), name="api-star-statistics"),
]
