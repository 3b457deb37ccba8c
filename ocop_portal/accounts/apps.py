from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "ocop_portal.accounts"
    verbose_name = "Người dùng"

    def ready(self) -> None:
        from ocop_portal.accounts import (  # noqa: PLC0415 - models must be loaded first
            sessions,  # noqa: F401 - connects the receiver
        )
