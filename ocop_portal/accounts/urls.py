"""Addresses of a person's own account."""

from django.urls import path

from ocop_portal.accounts import views

app_name = "accounts"

urlpatterns = [
    path("giu-phien/", views.keep_alive, name="keep-alive"),
]
