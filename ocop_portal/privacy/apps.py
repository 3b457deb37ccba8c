from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "ocop_portal.privacy"
    verbose_name = "Dữ liệu cá nhân"

    def ready(self) -> None:
        from ocop_portal.privacy import notices  # noqa: PLC0415 - models must be loaded first

        notices.register()
