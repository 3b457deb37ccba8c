"""Addresses that belong to no single app."""

from django.urls import path

from ocop_portal.web import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("ban-lam-viec/", views.desk_home, name="desk"),
    path("robots.txt", views.robots, name="robots"),
]
