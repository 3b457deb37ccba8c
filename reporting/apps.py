from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"

    def ready(self) -> None:
        from reporting import menu, notices  # noqa: PLC0415 - models must be loaded first

        notices.register()
        menu.register()
