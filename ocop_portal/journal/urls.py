"""Addresses of notices and of the outbox."""

from django.urls import path

from ocop_portal.journal import views

app_name = "journal"

urlpatterns = [
    path("", views.notice_list, name="notice-list"),
    path("<int:pk>/", views.notice_open, name="notice-open"),
    path("da-doc-het/", views.notices_read, name="notices-read"),
    path("hop-thu-di/", views.outbox, name="outbox"),
    path("hop-thu-di/<int:pk>/gui-lai/", views.send_again, name="send-again"),
    path("hop-thu-di/<int:pk>/tat/", views.mute, name="mute"),
    path("hop-thu-di/cong-tac/", views.mute_list, name="mute-list"),
    path("hop-thu-di/cong-tac/<int:pk>/bat/", views.unmute, name="unmute"),
]
