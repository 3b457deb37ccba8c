"""Addresses of the open data."""

from django.urls import path

from reporting.views import open_data

app_name = "open-data"

urlpatterns = [
    path("", open_data.index, name="index"),
    path("<str:name>", open_data.file, name="file"),
]
