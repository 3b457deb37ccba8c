from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ocop_portal.web"
    verbose_name = "Bộ công cụ trang web"

    def ready(self) -> None:
        from ocop_portal.web import checks  # noqa: F401, PLC0415 - registers the system checks
