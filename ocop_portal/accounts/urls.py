"""Addresses of a person's own account."""

from django.urls import path

from ocop_portal.accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.profile, name="profile"),
    path("dang-nhap/", views.log_in, name="login"),
    path("dang-xuat/", views.log_out, name="logout"),
    path("dang-ky/", views.sign_up, name="sign-up"),
    path("dang-ky/xong/", views.signed_up, name="signed-up"),
    path("xac-nhan/<str:who>/<str:token>/", views.confirm, name="confirm"),
    path("quen-mat-khau/", views.password_reset, name="password-reset"),
    path("quen-mat-khau/da-gui/", views.password_link_sent, name="password-link-sent"),
    path("mat-khau-moi/<str:who>/<str:token>/", views.password_set, name="password-set"),
    path("doi-mat-khau/", views.password_change, name="password-change"),
    path("doi-dia-chi/", views.address_change, name="address-change"),
    path("dia-chi-moi/<str:token>/", views.address_confirm, name="address-confirm"),
    path("phien/", views.session_list, name="session-list"),
    path("phien/khac/ket-thuc/", views.other_sessions_end, name="other-sessions-end"),
    path("phien/<slug:handle>/ket-thuc/", views.session_end, name="session-end"),
    path("giu-phien/", views.keep_alive, name="keep-alive"),
]
