from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"

    def ready(self) -> None:
        from reporting import menu  # noqa: PLC0415 - models must be loaded first

        menu.register()
