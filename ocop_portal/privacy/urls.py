"""Addresses of personal data: the note for everybody, one's own data, the requests of an area."""

from django.urls import path

from ocop_portal.privacy import views

app_name = "privacy"

urlpatterns = [
    path("", views.note, name="note"),
    path("cua-toi/", views.own, name="own"),
    path("cua-toi/tai-ve/", views.own_export, name="own-export"),
    path("cua-toi/tep/<int:pk>/", views.own_file, name="own-file"),
    path("cua-toi/yeu-cau/<slug:kind>/", views.own_request, name="own-request"),
    path("cua-toi/rut/<int:pk>/", views.own_withdraw, name="own-withdraw"),
    path("yeu-cau/", views.request_list, name="request-list"),
    path("yeu-cau/<int:pk>/", views.request_answer, name="request-answer"),
]
