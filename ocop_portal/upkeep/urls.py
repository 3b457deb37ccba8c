"""Addresses of upkeep."""

from django.urls import path

from ocop_portal.upkeep import views

app_name = "upkeep"

urlpatterns = [
    path("", views.checks, name="checks"),
]
