from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "ocop_portal.accounts"
    verbose_name = "Người dùng"
