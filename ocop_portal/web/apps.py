from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ocop_portal.web"
    verbose_name = "Bộ công cụ trang web"

    def ready(self) -> None:
        from ocop_portal.web import (  # noqa: PLC0415 - once everything is loaded
            checks,  # noqa: F401 - registers the system checks
            desk,
            navigation,
            tracing,  # noqa: F401 - hands the request's id to tasks
        )

        navigation.register(desk.entries)
