"""Addresses of a person's programs and of the page for programmers."""

from django.urls import path

from ocop_portal.clients import views

app_name = "clients"

urlpatterns = [
    path("", views.guide, name="guide"),
    path("ma-truy-cap/", views.token_list, name="token-list"),
    path("ma-truy-cap/<int:pk>/thu-hoi/", views.token_revoke, name="token-revoke"),
    path("nhan-tin/", views.webhook_list, name="webhook-list"),
    path("nhan-tin/<int:pk>/", views.webhook_detail, name="webhook-detail"),
    path("nhan-tin/<int:pk>/dung/", views.webhook_end, name="webhook-end"),
    path("tin/<int:pk>/gui-lai/", views.delivery_send_again, name="delivery-send-again"),
]
