"""Addresses of the guidance pages."""

from django.urls import path

from promotion.views import guidance

app_name = "guidance"

urlpatterns = [
    path("", guidance.index, name="index"),
    path("<slug:slug>/", guidance.page, name="page"),
]
